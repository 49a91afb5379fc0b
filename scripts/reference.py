"""The reference pages of docs/, from the command line's own help and the records of the configuration."""

from __future__ import annotations

import importlib
import inspect
import re
from collections import abc
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from itertools import groupby
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import click

from sitegen import config
from sitegen.cli.program import COMMANDS

DOCS = Path(__file__).resolve().parents[1] / "docs"
_MADE = "<!-- Made by scripts/docs: edit {} instead. -->\n"
_COMMANDS = """\
Every command has `--help` and `--json`: one object on standard output, with `ok` and, where something is
wrong, `problems`. They end with 0 fine, 1 content errors, 2 usage or configuration, 3 merge conflict, 75
another command at work in the same folder.
"""
_KEYS = """\
Every key has a default, and an unknown one is refused. `sitegen config` shows what is in force, and where
each value comes from.
"""
_SAID = re.compile(r"^    (\w+) {2,}(.+(?:\n {6,}.+)*)", re.MULTILINE)
# Examples that a test cannot run in a scratch digest: a pattern for their beginning, and why.
NOT_RUN = {
    "sitegen serve": "it goes on until Ctrl-C",
    "sitegen check --external": "it asks other sites",
    r"sitegen forget \w+$": "it asks you first",
    "xclip": "it reads a desktop's clipboard",
    "sitegen add https": "it asks another site",
    "sitegen build --executor": "it needs a cluster",
}


# ---------------------------------------------------------------- commands


def commands() -> str:
    """docs/commands.md."""
    parts = ["# The commands\n", _MADE.format("the help of the command, in sitegen/cli/")]
    parts.append(_COMMANDS)
    for name in COMMANDS:
        parts += _command(f"sitegen {name}", importlib.import_module(f"sitegen.cli.{name}").command)
    return "\n".join(parts)


def _command(title: str, command: click.Command) -> Iterator[str]:
    words, examples = _help(command)
    arguments = [_argument(one) for one in command.params if isinstance(one, click.Argument)]
    yield f"## {' '.join([title, *arguments])}\n"
    yield f"{words}\n"
    options = [one for one in command.params if isinstance(one, click.Option) and not one.hidden]
    if options:
        yield "\n".join(["| option | what it does |", "|---|---|", *map(_option, options)]) + "\n"
    yield from _examples(examples)
    if isinstance(command, click.Group):
        for name in sorted(command.commands):
            yield from _command(f"{title} {name}", command.commands[name])


def _help(command: click.Command) -> tuple[str, list[str]]:
    """What a command says of itself, a paragraph a line, and its examples."""
    words, _, examples = inspect.cleandoc(command.help or "").partition("\b\nExample:\n")
    text = "\n\n".join(" ".join(part.split()) for part in words.split("\n\n"))
    return text.strip(), [line.strip() for line in examples.splitlines() if line.strip()]


def _argument(one: click.Argument) -> str:
    return one.make_metavar(click.Context(click.Command("sitegen")))


def _option(one: click.Option) -> str:
    names = ", ".join(f"`{name}`" for name in (*one.opts, *one.secondary_opts))
    if isinstance(one.type, click.Choice):
        names += f" {' &#124; '.join(map(str, one.type.choices))}"
    elif not one.is_flag:
        names += f" {one.metavar or one.type.name.upper()}"
    text = re.sub(r"\.? *\[default: ([^\]]*)\]", r". Default: \1.", one.help or "")
    if one.show_default and one.default is not None:
        text += f" Default: {one.default}."
    return f"| {names} | {text} |"


def _examples(lines: list[str]) -> Iterator[str]:
    """Blocks of shell: what cannot be run by a test stands in one of its own, with the reason."""
    for why, block in groupby(lines, key=_not_run):
        mark = f"<!-- not run: {why} -->\n" if why else ""
        yield mark + "\n".join(["```sh", *block, "```"]) + "\n"


def _not_run(line: str) -> str:
    return next((why for pattern, why in NOT_RUN.items() if re.match(pattern, line)), "")


# ---------------------------------------------------------------- configuration


def configuration() -> str:
    """docs/configuration.md."""
    parts = ["# sitegen.yaml\n", _MADE.format("the records in sitegen/config/settings.py")]
    parts.append(_KEYS)
    parts += _record(config.SiteConfig, "")
    return "\n".join(parts)


def _record(kind: type[Any], path: str) -> Iterator[str]:
    said, hints, below = described(kind), get_type_hints(kind), []
    rows = []
    for item in fields(kind):
        nested = _nested(hints[item.name])
        if nested:
            below.append((nested, _path(path, item.name, hints[item.name])))
        rows.append(
            f"| `{item.name}` | {_kind(hints[item.name])} | {_default(item)} | {said.get(item.name, '')} |"
        )
    yield "\n".join(["| key | what it holds | default | what it says |", "|---|---|---|---|", *rows]) + "\n"
    for nested, where in below:
        yield f"## {where}\n"
        yield " ".join((inspect.getdoc(nested) or "").split("\n\n")[0].split("\n")) + "\n"
        yield from _record(nested, where)


def described(kind: type[Any]) -> Mapping[str, str]:
    """What a record's docstring says of each key."""
    found = _SAID.findall("\n" + (kind.__doc__ or ""))
    return {name: " ".join(text.split()) for name, text in found}


def _path(above: str, name: str, annotation: Any) -> str:
    inside = {tuple: "[]", abc.Mapping: ".NAME"}.get(get_origin(annotation), "")
    return ".".join(part for part in (above, name + inside) if part)


def _nested(annotation: Any) -> type[Any] | None:
    """The record in an annotation, if there is one."""
    candidates = (annotation, *get_args(annotation))
    return next((one for one in candidates if inspect.isclass(one) and is_dataclass(one)), None)


def _kind(annotation: Any) -> str:
    """What may stand there, in words."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return ", ".join(f"`{one}`" for one in args)
    if origin in (Union, UnionType):
        return " or ".join(_kind(one) for one in args if one is not NoneType)
    if origin is tuple:
        return "a list of mappings, see below" if _nested(annotation) else f"a list of {_kind(args[0])}"
    if origin is not None and issubclass(origin, Mapping):
        return "names, each with a mapping, see below" if _nested(annotation) else "a mapping"
    return {str: "text", int: "a number", bool: "true or false"}.get(annotation, "a mapping, see below")


def _default(item: Any) -> str:
    if item.default is MISSING and item.default_factory is MISSING:
        return "must be given"
    value = item.default if item.default is not MISSING else item.default_factory()
    if is_dataclass(value) or value is None or value == "" or value == () or value == {}:
        return ""
    if isinstance(value, tuple):
        return f"`[{', '.join(map(str, value))}]`"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


PAGES = {"commands.md": commands, "configuration.md": configuration}

if __name__ == "__main__":
    for page, make in PAGES.items():
        (DOCS / page).write_text(make(), encoding="utf-8", newline="\n")
        print(f"wrote docs/{page}")
