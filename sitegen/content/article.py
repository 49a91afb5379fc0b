"""One Markdown file → one Article, with every problem of the file at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any, TypeVar

from sitegen import frontmatter, markdown, records, strictyaml
from sitegen.config import SiteConfig
from sitegen.content import rules
from sitegen.errors import Problem
from sitegen.model import Article, Picture
from sitegen.slugs import slugify

Record = TypeVar("Record")


def parse(text: str, path: str, config: SiteConfig) -> tuple[Article | None, list[Problem]]:
    """The article of a file, or None where it has errors; warnings come with either.

    What the file leaves open is filled in: the slug from the file's name, `rights` from the
    source's or the site's setting.
    """
    data, body, problems = _read(text, path)
    if problems:
        return None, problems
    given = {"path": path, "body": body, "words": len(body.split()), "pictures": pictured(body)}
    made, faults = records.build(Article, data, zone=config.zone, given=given)
    if made is None:
        return None, _problems(faults, path, text)
    slug = made.slug or slugify(PurePosixPath(path).stem)
    rights = made.rights if "rights" in data else rights_of(config, made.source.name)
    # A large record is not copied for nothing.
    article = made if (slug, rights) == (made.slug, made.rights) else replace(made, slug=slug, rights=rights)
    problems = [
        problem if severity == "error" else replace(problem, severity=severity)
        for severity, rule in rules.RULES
        for problem in _problems(rule(article), path, text)
    ]
    fine = all(problem.severity == "warning" for problem in problems)
    return (article if fine else None), problems


def pictured(body: str) -> tuple[Picture, ...]:
    """The pictures of the site's own in a Markdown text, as far as it says: nobody has looked at them yet."""
    return tuple([Picture(src) for src in markdown.pictures(body)])


def parse_record(
    kind: type[Record], text: str, path: str, config: SiteConfig
) -> tuple[Record | None, str, list[Problem]]:
    """Front matter as a record, the body, and what is wrong with the front matter."""
    data, body, problems = _read(text, path)
    if problems:
        return None, body, problems
    made, faults = records.build(kind, data, zone=config.zone)
    return made, body, _problems(faults, path, text)


def _read(text: str, path: str) -> tuple[dict[str, Any], str, list[Problem]]:
    """Front matter, body, and what is wrong where there is no front matter to speak of."""
    try:
        data, body = frontmatter.load(text, path=path)
    except strictyaml.YamlError as error:
        return {}, "", list(error.problems)
    if data or frontmatter.split(text).yaml is not None:
        return data, body, []
    first = (text.splitlines() or [""])[0]
    message = "there is no front matter"
    hint = "begin the file with a line ---, “key: value” lines, and another line ---"
    if first.strip() == "---":
        message, hint = "the front matter does not end", "add a line --- after its last “key: value” line"
    return {}, body, [Problem(message, "front-matter-missing", path, 1, 1, hint, first)]


def rights_of(config: SiteConfig, source: str | None) -> Any:
    """What may be shown of a source's articles: its own setting, else the site's."""
    known = config.sources.get(source or "")
    return (known.rights if known else None) or config.rights


def _problems(faults: Iterable[records.Fault], path: str, text: str) -> list[Problem]:
    return [fault.at(path, text, *_place(fault, text)) for fault in faults]


def _place(fault: records.Fault, text: str) -> tuple[int, int]:
    """Where a fault stands: at its key, or, where it quotes a line of the body, at that line."""
    if fault.line is None:
        return frontmatter.locate(text, fault.key, name=fault.about_the_name)
    return fault.line + frontmatter.split(text).body_line - 1, 1
