"""Jinja, set up strictly: autoescape always, undefined names are errors, errors point at the template.

Templates see the fields of their view by name (see sitegen/views.py), the words of the interface
as `words`, and the filters below.
"""

from __future__ import annotations

import json
import re
import traceback
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time
from datetime import date as Day
from email.utils import format_datetime
from functools import cached_property, lru_cache
from types import TracebackType
from typing import Any

from jinja2 import (
    Environment,
    FunctionLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
    nodes,
    pass_context,
)
from jinja2.runtime import Context
from markupsafe import Markup

from sitegen import markdown, records, wording
from sitegen.cache import Shelf
from sitegen.errors import SiteError, ThemeError
from sitegen.frozen import record
from sitegen.model import Article, Image, Picture
from sitegen.render import body, compare, format, host, linked, markup, plaintext, table, tokens
from sitegen.render import dated as dates
from sitegen.render.compiling import Compiled, Generator
from sitegen.render.once import Once
from sitegen.views import Card, FeedItem, NumberRow
from sitegen.wording import Words


@record
class Source:
    """A template's text; `path` is where it stands, for error messages."""

    path: str
    text: str


class _Page(Context):
    """What a template is given."""

    @cached_property
    def base(self) -> str:
        """The path before every address: it is asked for by every link of a page."""
        return str(self["site"].base)


class _Strict(Environment):
    """Jinja without a way to turn autoescape off."""

    code_generator_class = Generator
    context_class = _Page

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for node in tree.find_all((nodes.ScopedEvalContextModifier, nodes.EvalContextModifier)):
            raise TemplateSyntaxError("autoescape is always on", node.lineno, name, filename)
        return tree


def environment(
    templates: Mapping[str, Source],
    words: Words,
    assets: Mapping[str, str],
    stylesheet: str,
    shelf: Shelf | None = None,
    css: str = "",
) -> Environment:
    """The Jinja environment of a theme. `assets` maps an asset's name to its site-relative address;
    `shelf` remembers compiled templates; `css` is the text of the style sheet."""

    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        source = templates.get(name)
        return (source.text, source.path, lambda: True) if source else None

    made = _Strict(
        loader=FunctionLoader(load),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=Compiled(shelf),
    )
    made.filters.update(_filters(words, assets))
    made.filters["token"] = _tokens(css)
    for unsteady in ("lipsum", "cycler", "joiner", "dict"):
        del made.globals[unsteady]
    del made.filters["random"]  # the same inputs give the same bytes
    del made.filters["safe"]  # what is safe to print as it is comes as such
    made.globals.update(
        words=dict(words.say),
        direction=words.direction,
        stylesheet=stylesheet,
        policy=host.IN_PAGE,
        picture_sizes=markup.SIZES,
    )
    return made


def render(env: Environment, templates: Mapping[str, Source], name: str, context: Mapping[str, Any]) -> str:
    """A template's text for a context. Raises ThemeError with the template's path, line and source line."""
    try:
        return env.get_template(name).render(context)
    except SiteError:
        raise
    except TemplateSyntaxError as error:
        raise _fault(
            error.message or "syntax error", "template-syntax", templates, error.filename, error.lineno
        ) from None
    except Exception as error:
        path, line = _innermost(error.__traceback__, templates)
        if path is None and not isinstance(error, TemplateNotFound):
            raise
        raise _explained(error, templates, path, line) from error


def _explained(
    error: Exception, templates: Mapping[str, Source], path: str | None, line: int | None
) -> ThemeError:
    if isinstance(error, TemplateNotFound):
        hint = records.suggestion(str(error.name), sorted(templates))
        return _fault(f"there is no template “{error.name}”", "template-missing", templates, path, line, hint)
    if isinstance(error, UndefinedError):
        hint = "docs/themes.md lists what each template is given; test with “is defined” what may be absent"
        return _fault(error.message or str(error), "template-undefined", templates, path, line, hint)
    if isinstance(error, RecursionError):
        hint = "does a template include itself?"
        return _fault("templates nest without end", "template-recursion", templates, path, line, hint)
    message = f"{type(error).__name__}: {error}"
    return _fault(message, "template-error", templates, path, line)


def _fault(
    message: str,
    code: str,
    templates: Mapping[str, Source],
    path: str | None,
    line: int | None,
    hint: str | None = None,
) -> ThemeError:
    text = next((source.text for source in templates.values() if source.path == path), "")
    lines = text.splitlines()
    shown = lines[line - 1] if line and line <= len(lines) else None
    return ThemeError(message, code=code, path=path, line=line, source=shown, hint=hint)


def _innermost(trace: TracebackType | None, templates: Mapping[str, Source]) -> tuple[str | None, int | None]:
    """The deepest line of a template in a traceback: Jinja maps its compiled code back to template lines."""
    paths = {source.path for source in templates.values()}
    frames = [frame for frame in traceback.extract_tb(trace, limit=None) if frame.filename in paths]
    return (frames[-1].filename, frames[-1].lineno) if frames else (None, None)


# ---------------------------------------------------------------- filters


def _filters(words: Words, assets: Mapping[str, str]) -> dict[str, Callable[..., Any]]:
    """Every filter a template may use, by name; docs/themes.md describes them in this order."""

    def asset(context: _Page, name: str) -> str:
        if name not in assets:
            raise UndefinedError(f"there is no asset “{name}”; {records.suggestion(name, sorted(assets))}")
        return context.base + assets[name]

    shown_whole = Once(most=64)  # a feed is drawn in its formats one right after the other
    shared = Once(most=4096)  # what a thousand articles are in each format
    listed = Once(most=32768)  # what is in many lists: half a kilobyte each

    def public(context: _Page, article: Article, *, whole: bool = False) -> body.Shown:
        if not whole:
            return body.public(article, _local(context), words.say["picture"])
        resolve = _whole(context, article.url)
        picture = words.say["picture"]
        return shown_whole(
            article, lambda one: body.public(one, resolve, picture, plain=True), context["site"].url
        )

    def blocks(context: _Page, text: str, pictures: tuple[Picture, ...] = ()) -> tuple[body.Block, ...]:
        return body.page_blocks(text, _local(context), words.say["picture"], pictures)

    def prose(
        context: _Page,
        text: str,
        top: int = 3,
        *,
        whole: bool = False,
        pictures: tuple[Picture, ...] = (),
    ) -> Markup:
        outline = markup.Outline(top, ids=False)
        resolve = _whole(context, "/") if whole else _local(context)
        shown = markup.Shown({one.src: one for one in pictures}, plain=whole) if pictures else None
        return Markup(markup.finished(markdown.html(text), outline, resolve, words.say["picture"], shown))

    def sources(context: _Page, picture: Picture) -> list[tuple[str, str]]:
        return markup.sources(picture, _local(context))

    def drawn(context: Context, item: FeedItem | Card | NumberRow, partial: str) -> Markup:
        site = context["site"]
        template = context.environment.get_template(partial)
        name = (partial, site.url, site.language)
        kept = shared if isinstance(item, FeedItem) else listed
        return kept(item, lambda item: Markup(template.render(site=site, item=item)), name)

    # By year, month and day: one instant is a different day in another zone.
    @lru_cache(maxsize=4096)
    def dated(year: int, month: int, day: int, style: str) -> str:
        return wording.date(Day(year, month, day), style, words)

    return {
        "url": pass_context(lambda context, address: markup.based(address, context.base)),
        "absolute": pass_context(lambda context, address, page="/": _whole(context, page)(address)),
        "asset": pass_context(asset),
        "date": lambda day, style="full": dated(day.year, day.month, day.day, style),
        "rfc822": rfc822,
        "count": lambda number, thing: wording.count(number, thing, words),
        "grouped": lambda number: wording.grouped(number, words),
        "amount": lambda given: format.amount(given, words),
        "moved": lambda change: format.change(change, words),
        "machine": format.machine,
        "bars": compare.bars,
        "shift": compare.shift,
        "series": compare.series,
        "anchor": lambda name, kind: body.anchor(kind, name),
        "capital": lambda text: text[:1].upper() + text[1:],
        "fill": lambda pattern, **values: wording.fill(pattern, **{k: str(v) for k, v in values.items()}),
        "public": pass_context(public),
        "dated": lambda blocks: dates.dated(blocks, words),
        "blocks": pass_context(blocks),
        "prose": pass_context(prose),
        "plain": pass_context(lambda context, text: plaintext.of(prose(context, text, whole=True))),
        "loadable": loadable,
        "sources": pass_context(sources),
        "week": lambda day: day.isocalendar().week,
        "xml": lambda text: Markup.escape(str(text)),
        "json": as_json,
        "linked": pass_context(
            lambda context, article: linked.news_article(article, context["site"], _whole(context, "/"))
        ),
        "data": pass_context(lambda context, items, what: linked.data(items, what, _whole(context, "/"))),
        "table": pass_context(lambda context, items: Markup(table.figures(items, _whole(context, "/")))),
        "drawn": pass_context(drawn),
    }


def _tokens(css: str) -> Callable[..., Markup]:
    """The filter that says a token of the style sheet, for mail: `"ink"|token`, `"ink"|token("dark")`."""
    found: dict[tokens.Scheme, dict[str, str]] = {}

    def token(name: str, scheme: tokens.Scheme = "light") -> Markup:
        if not found:  # few commands ask for any
            found.update(tokens.settled(css))
        if name not in found[scheme]:
            raise UndefinedError(
                f"there is no token “--{name}”; {records.suggestion(name, sorted(found[scheme]))}"
            )
        # It stands in a style sheet and from there in an attribute: neither may end at it.
        return Markup(_ENDS_A_STYLE.sub("", found[scheme][name].replace('"', "'")))

    return token


_ENDS_A_STYLE = re.compile("[<>&;{}]")


def rfc822(moment: datetime | Day) -> str:
    """A time as RSS wants it (RFC 822 with a four-digit year); a day alone is its first moment, UTC."""
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time(), UTC)
    return format_datetime(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def as_json(value: object) -> Markup:
    """JSON for a file of its own and for a script element alike: no character of it means anything to HTML
    or to JavaScript. Times are put as ISO 8601 has them; what no page may hold is left out."""
    text = json.dumps(_sayable(value), ensure_ascii=False, separators=(",", ":"))
    return Markup(_UNSAFE_IN_SCRIPT.sub(lambda match: f"\\u{ord(match.group()):04x}", text))


# What HTML could take for markup, and the two line ends that are none in JSON but were in JavaScript.
_UNSAFE_IN_SCRIPT = re.compile("[<>&\u2028\u2029]")


def _sayable(value: Any) -> Any:
    if isinstance(value, str):
        return markup.printable(value)
    if isinstance(value, Mapping):
        return {name: _sayable(item) for name, item in value.items()}
    if isinstance(value, tuple | list):
        return [_sayable(item) for item in value]
    return value.isoformat() if isinstance(value, Day) else value  # a datetime is a Day, too


def loadable(image: Image) -> bool:
    """Whether a picture is the site's own: others are linked to."""
    return markdown.local_url(image.src)


def _local(context: _Page) -> Callable[[str], str]:
    base = context.base
    return lambda address: markup.based(address, base)


def _whole(context: Context, page: str) -> Callable[[str], str]:
    site = str(context["site"].url)
    return lambda address: markup.absolute(address, site, page)
