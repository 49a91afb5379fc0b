from __future__ import annotations

import json
import os
from pathlib import Path

import click

from sitegen import __version__, config
from sitegen.cli import digest, say


@click.command("check")
@digest.at_root
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    help="The published site  [default: the output folder of the digest]",
)
@click.option("--external", is_flag=True, help="Ask other sites too whether the links to them hold.")
@click.option("--strict", is_flag=True, help="Warnings are errors.")
@click.option(
    "--sarif", "sarif_file", type=click.Path(path_type=Path), help="Write the problems as SARIF to this file."
)
@digest.at_now
@digest.as_json
@click.pass_context
def command(
    ctx: click.Context,
    root: Path | None,
    output: Path | None,
    external: bool,
    strict: bool,
    sarif_file: Path | None,
    now: str | None,
    as_json: bool,
) -> None:
    """Check the published site: links, anchors, pictures, titles, feeds, weight; and what the articles
    themselves leave in doubt.

    Nothing of yours is changed. Other sites are asked only with --external: one request at a time to
    each, and what they answer is remembered for two weeks, a broken link for a day.

    \b
    Example:
      sitegen check
      sitegen check --strict --sarif check.sarif
      sitegen check --external
    """
    from sitegen import check, content, pictures
    from sitegen.model import file_of

    folder = digest.find_root(root)
    settings = config.load(folder)
    public = output or folder / "public"
    shown = public.relative_to(folder).as_posix() if public.is_relative_to(folder) else str(public)
    # An article with an error is a problem among others: the site was published without it, or before.
    loaded = content.load(folder, settings, digest.read_now(now, settings), skip_faulty=True)
    # What the site no longer lists, and keeps all the same: notices, and last pages.
    off = (*(one for one in loaded.articles if one.retracted), *loaded.faulty)
    unlisted = frozenset(file_of(article.url) for article in off)
    site = check.read(
        public,
        origin=settings.origin,
        base=settings.base,
        shown=shown,
        unlisted=unlisted,
        placed=settings.is_placed,
    )
    named = pictures.wrong(folder, loaded.site, loaded.body.text)
    problems = (*loaded.problems, *named, *check.check(site))
    if external:
        from sitegen import fetch

        client = fetch.client_for(
            digest.read_now(now, settings), [feed.url for feed in settings.feeds], os.environ
        )
        problems += fetch.broken(folder, site, client, lambda text: None if as_json else say.line(text))
    if sarif_file:
        sarif_file.write_text(
            json.dumps(check.sarif(problems, __version__), indent=1) + "\n", encoding="utf-8"
        )
    errors = sum(strict or problem.severity == "error" for problem in problems)
    if as_json:
        say.result({"ok": not errors, "pages": len(site.pages), "problems": [p.as_dict() for p in problems]})
    else:
        say.problems(problems)
        say.line(
            f"{say.plural(len(site.pages), 'page')}, {say.plural(len(site.files), 'file')}: "
            f"{say.plural(len(problems), 'problem') if problems else 'nothing to mend'}."
        )
    if errors:
        ctx.exit(1)
