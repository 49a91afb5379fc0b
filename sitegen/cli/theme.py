from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from sitegen import config
from sitegen.cli import digest, say


@click.group("theme")
def command() -> None:
    """List the themes at hand, begin one of your own, check one.

    \b
    Example:
      sitegen theme list
      sitegen theme copy gazette --to themes/harbour
      sitegen theme check
    """


@command.command("list")
@digest.at_root
@digest.as_json
def list_themes(root: Path | None, as_json: bool) -> None:
    """List the themes that this digest could use: the shipped ones and its own.

    \b
    Example:
      sitegen theme list --json
    """
    from sitegen.render import library

    folder = digest.find_root(root)
    chosen = config.load(folder).theme
    themes = library.listed(folder)
    if as_json:
        say.result({"theme": chosen, "themes": [asdict(theme) for theme in themes]})
        return
    width = max(len(theme.name) for theme in themes)
    for theme in themes:
        mark = "*" if theme.name == chosen else " "
        origin = "shipped" if theme.shipped else "yours"
        api = f"api {theme.api}" if theme.api is not None else "its theme.yaml cannot be read"
        extends = f", extends {theme.extends}" if theme.extends else ""
        say.line(f"{mark} {theme.name:<{width}}  {origin:<7}  {api}{extends}  {theme.description}".rstrip())


@command.command("copy")
@click.argument("name")
@click.option("--to", metavar="FOLDER", help="Where it goes  [default: themes/my-NAME]")
@click.option("--whole", is_flag=True, help="Copy every template too, to be edited.")
@digest.at_root
@digest.as_json
def copy_theme(name: str, to: str | None, whole: bool, root: Path | None, as_json: bool) -> None:
    """Begin a theme of your own that extends NAME and, until you add to it, looks the same.

    \b
    Example:
      sitegen theme copy gazette
      sitegen theme copy briefing --to themes/own --whole
    """
    from sitegen.render import library

    folder = digest.find_root(root)
    place = to or f"themes/my-{name}"
    made = library.copy(folder, name, place, whole=whole)
    if as_json:
        say.result({"created": made})
        return
    for path in made:
        say.line(f"made  {path}")
    say.line(f"\nNext: write “theme: {Path(place).name}” into sitegen.yaml.")
    say.line("What a theme can change stands in docs/themes.md.")


@command.command("check")
@click.argument("name", required=False)
@click.option("--strict", is_flag=True, help="Warnings are errors.")
@digest.at_root
@digest.as_json
@click.pass_context
def check_theme(ctx: click.Context, name: str | None, strict: bool, root: Path | None, as_json: bool) -> None:
    """Check a theme, by default the one in use: templates, the names in them, contrast, weight.

    \b
    Example:
      sitegen theme check
      sitegen theme check mine --json
    """
    from sitegen.render import inspect

    folder = digest.find_root(root)
    settings = config.load(folder)
    report = inspect.check(folder, name or settings.theme, settings.language)
    errors = sum(strict or problem.severity == "error" for problem in report.problems)
    if as_json:
        pairs = [{**asdict(pair), "enough": pair.enough} for pair in report.contrasts]
        say.result(
            {"ok": not errors, "theme": report.name, "templates": report.templates, "style": report.style,
             "contrasts": pairs, "problems": [p.as_dict() for p in report.problems]}
        )  # fmt: skip
    else:
        say.problems(report.problems)
        say.line(
            f"{report.name}: {say.plural(report.templates, 'template')}, "
            f"{say.plural(len(report.contrasts), 'pair')} of colours, {report.style:,} bytes of CSS gzipped: "
            f"{say.plural(len(report.problems), 'problem') if report.problems else 'nothing to mend'}."
        )
    if errors:
        ctx.exit(1)
