"""What is wrong with a published site: a table of named rules, each from a site to its problems."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from sitegen.check import feeds
from sitegen.check.page import Page
from sitegen.check.tree import Site
from sitegen.errors import Problem, Severity
from sitegen.records import suggestion

Rule = Callable[[Site], Iterator[Problem]]

PAGE_BUDGET = 100_000  # bytes of HTML, styles and scripts, without pictures
_NOT_LISTED = ("404.html",)


def links_lead_somewhere(site: Site) -> Iterator[Problem]:
    for page in site.pages.values():
        for reference in page.references:
            target = site.resolve(page, reference.address)
            if target is None or reference.use in ("canonical", "picture"):
                continue
            if site.file_at(target) is None and not site.redirected(target):
                kind = "link" if reference.use == "link" else reference.use
                yield Problem(
                    f"this {kind} leads nowhere: {reference.address}", "link-broken",
                    _in(site, page), reference.line, reference.column, _nearest(site, target),
                )  # fmt: skip


def anchors_are_there(site: Site) -> Iterator[Problem]:
    for page in site.pages.values():
        for reference in page.references:
            target = site.resolve(page, reference.address)
            if target is None or "#" not in target or reference.use != "link":
                continue
            address, _, name = target.partition("#")
            other = site.pages.get(site.file_at(address) or "")
            if other and name not in other.ids and name not in ("", "top") and ":~:" not in name:
                yield Problem(
                    f"there is no “{name}” on {other.address}", "anchor-missing",
                    _in(site, page), reference.line, reference.column,
                    suggestion(name, other.ids) if other.ids else None,
                )  # fmt: skip


def pictures_are_there(site: Site) -> Iterator[Problem]:
    for page in site.pages.values():
        for reference in page.references:
            target = site.resolve(page, reference.address)
            if reference.use == "picture" and target and site.file_at(target) is None:
                yield Problem(
                    f"there is no picture {reference.address}", "picture-missing",
                    _in(site, page), reference.line, reference.column,
                    "put the file beside the article or in static/",
                )  # fmt: skip


def pictures_have_words(site: Site) -> Iterator[Problem]:
    for page in site.pages.values():
        for picture in page.pictures:
            if picture.alt is None:
                yield Problem(
                    f"the picture {picture.address} has no alt text", "picture-alt",
                    _in(site, page), picture.line, picture.column,
                    "say what it shows in `alt:`; an empty one for a picture that only decorates",
                )  # fmt: skip


def pictures_hold_their_place(site: Site) -> Iterator[Problem]:
    for page in site.pages.values():
        for picture in page.pictures:
            if not picture.sized:
                yield Problem(
                    f"the picture {picture.address} has no width and height: the text jumps as it loads",
                    "picture-size", _in(site, page), picture.line, picture.column,
                    "a template that draws pictures itself takes both from `image.picture`",
                )  # fmt: skip


def ids_stand_once(site: Site) -> Iterator[Problem]:
    for page in site.pages.values():
        twice = sorted({name for name in page.ids if page.ids.count(name) > 1}) if _repeats(page) else ()
        for name in twice:
            yield Problem(f"the id “{name}” stands twice on this page", "id-twice", _in(site, page))


def titles_tell_pages_apart(site: Site) -> Iterator[Problem]:
    by_title: dict[str, list[Page]] = defaultdict(list)
    for page in _listed(site):
        by_title[page.title].append(page)
    for title, found in by_title.items():
        if title and len(found) > 1:
            others = ", ".join(page.address for page in found[1:4]) + (" …" if len(found) > 4 else "")
            yield Problem(
                f"{len(found)} pages have the title “{title}”: also {others}", "title-twice",
                _in(site, found[0]), hint="a search engine and a reader's tabs show nothing else",
            )  # fmt: skip


def pages_say_what_they_are(site: Site) -> Iterator[Problem]:
    for page in site.pages.values():
        if not page.title:
            yield Problem("this page has no title", "page-untitled", _in(site, page))
        if not page.language:
            yield Problem("this page does not say its language", "page-language", _in(site, page))
        if page.headings.count("h1") != 1:
            count = page.headings.count("h1") or "no"
            yield Problem(f"this page has {count} h1 headings, not one", "page-heading", _in(site, page))
        for above, below in zip(page.headings, page.headings[1:], strict=False):
            if int(below[1]) > int(above[1]) + 1:
                yield Problem(f"a heading {below} follows an {above}", "heading-skipped", _in(site, page))
                break


def pages_can_be_reached(site: Site) -> Iterator[Problem]:
    linked = {
        site.file_at(target)
        for page in site.pages.values()
        for reference in page.references
        if reference.use == "link"
        and (target := site.resolve(page, reference.address)) is not None
        and site.file_at(target) != page.path
    }
    for page in _listed(site):
        if page.path not in linked | site.unlisted and page.path != "index.html":
            yield Problem(
                "no other page links to this one", "page-orphan", _in(site, page),
                hint="give the article a topic, or put it into an edition",
            )  # fmt: skip


def pages_are_light(site: Site) -> Iterator[Problem]:
    for page in site.pages.values():
        used = {
            name
            for reference in page.references
            if reference.use == "asset" and (target := site.resolve(page, reference.address)) is not None
            if (name := site.file_at(target)) is not None and name.endswith((".css", ".js", ".mjs"))
        }
        weight = page.size + sum(site.files[name] for name in used)
        if weight > PAGE_BUDGET:
            yield Problem(
                f"{weight:,} bytes of HTML, styles and scripts are more than {PAGE_BUDGET:,}", "page-heavy",
                _in(site, page),
            )  # fmt: skip


def redirects_lead_somewhere(site: Site) -> Iterator[Problem]:
    for rule in site.redirects:
        inside = rule.to.startswith("/") and ":" not in rule.to
        if inside and site.file_at(rule.to) is None and not site.redirected(rule.to):
            yield Problem(
                f"{rule.start} is sent on to {rule.to}, where nothing is", "redirect-broken",
                f"{site.folder}/_redirects", rule.line,
            )  # fmt: skip


def the_site_knows_its_address(site: Site) -> Iterator[Problem]:
    if not site.origin and site.texts:
        yield Problem(
            "feeds and the sitemap have no whole addresses: the site does not know its own", "site-address",
            "sitegen.yaml", hint="add a line “url: https://digest.example/”",
        )  # fmt: skip
    elif not site.placed and site.texts:
        yield Problem(
            f"feeds and the sitemap lead to {site.origin}, where nobody can read this site", "site-address",
            "sitegen.yaml", hint="write its own address, “url:”, in sitegen.yaml, or build with --url",
        )  # fmt: skip


def feeds_can_be_read(site: Site) -> Iterator[Problem]:
    if not site.origin:
        return
    for name, data in site.texts.items():
        for message, line in feeds.faults(data, name):
            yield Problem(message, "feed-invalid", f"{site.folder}/{name}", line)


RULES: tuple[tuple[Severity, Rule], ...] = (
    ("error", links_lead_somewhere),
    ("error", anchors_are_there),
    ("error", pictures_are_there),
    ("error", redirects_lead_somewhere),
    ("error", feeds_can_be_read),
    ("error", ids_stand_once),
    ("warning", the_site_knows_its_address),
    ("warning", pictures_have_words),
    ("warning", pictures_hold_their_place),
    ("warning", pages_say_what_they_are),
    ("warning", titles_tell_pages_apart),
    ("warning", pages_can_be_reached),
    ("warning", pages_are_light),
)


def check(site: Site) -> tuple[Problem, ...]:
    """Every problem of a published site, by file and place. Pure."""
    found = [_weighed(problem, severity) for severity, rule in RULES for problem in rule(site)]
    return tuple(sorted(found, key=lambda one: (one.path or "", one.line or 0, one.column or 0, one.code)))


def _weighed(problem: Problem, severity: Severity) -> Problem:
    return Problem(
        problem.message, problem.code, problem.path, problem.line, problem.column, problem.hint,
        severity=severity,
    )  # fmt: skip


def _in(site: Site, page: Page) -> str:
    return f"{site.folder}/{page.path}"


def _listed(site: Site) -> Iterator[Page]:
    return (page for page in site.pages.values() if page.path not in _NOT_LISTED and not page.hidden)


def _repeats(page: Page) -> bool:
    return len(set(page.ids)) < len(page.ids)


def _nearest(site: Site, target: str) -> str | None:
    known = [page.address for page in site.pages.values()]
    hint = suggestion(target.partition("#")[0], known)
    return hint if hint.startswith("did you mean") else None
