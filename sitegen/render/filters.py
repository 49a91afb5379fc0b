"""The filters that templates may use; docs/themes.md describes them.

Those that print addresses know the page they stand on: its base path, and the site's own address.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time
from datetime import date as Day
from functools import cached_property, lru_cache
from typing import Any

from jinja2 import UndefinedError, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from sitegen import markdown, records, wording
from sitegen.model import Article, Image, Picture
from sitegen.render import body, compare, format, linked, markup, tokens
from sitegen.render import dated as dates
from sitegen.render import table as tables
from sitegen.render.once import Once
from sitegen.views import Card, FeedItem, NumberRow
from sitegen.wording import Words

Filters = dict[str, Callable[..., Any]]


class OnPage(Context):
    """What a template is given."""

    @cached_property
    def base(self) -> str:
        """The path before every address: it is asked for by every link of a page."""
        return str(self["site"].base)


def filters(words: Words, assets: Mapping[str, str], css: str) -> Filters:
    """Every filter by name. `assets` are addresses by name, `css` is the text of the style sheet."""
    return {
        **_in_words(words),
        **_addresses(assets),
        **_texts(words),
        **_for_machines(),
        "token": _tokens(css),
    }


def _in_words(words: Words) -> Filters:
    # By year, month and day: one instant is a different day in another zone.
    @lru_cache(maxsize=4096)
    def dated(year: int, month: int, day: int, style: str) -> str:
        return wording.date(Day(year, month, day), style, words)

    return {
        "date": lambda day, style="full": dated(day.year, day.month, day.day, style),
        "count": lambda number, thing: wording.count(number, thing, words),
        "grouped": lambda number: wording.grouped(number, words),
        "amount": lambda given: format.amount(given, words),
        "moved": lambda change: format.change(change, words),
        "dated": lambda blocks: dates.dated(blocks, words),
        "fill": lambda pattern, **values: wording.fill(pattern, **{k: str(v) for k, v in values.items()}),
        "capital": lambda text: text[:1].upper() + text[1:],
        "week": lambda day: day.isocalendar().week,
        "bars": compare.bars,
        "shift": compare.shift,
        "series": compare.series,
    }


def _addresses(assets: Mapping[str, str]) -> Filters:
    def asset(context: OnPage, name: str) -> str:
        if name not in assets:
            raise UndefinedError(f"there is no asset “{name}”; {records.suggestion(name, sorted(assets))}")
        return context.base + assets[name]

    def sources(context: OnPage, picture: Picture) -> list[tuple[str, str]]:
        return markup.sources(picture, _local(context))

    return {
        "url": pass_context(lambda context, address: markup.based(address, context.base)),
        "absolute": pass_context(lambda context, address, page="/": _whole(context, page)(address)),
        "asset": pass_context(asset),
        "anchor": lambda name, kind: body.anchor(kind, name),
        "loadable": loadable,
        "sources": pass_context(sources),
    }


def _texts(words: Words) -> Filters:
    shown_whole = Once(most=64)  # a feed is drawn in its formats one right after the other

    def public(context: OnPage, article: Article, *, whole: bool = False) -> body.Shown:
        if not whole:
            return body.public(article, _local(context), words.say["picture"])
        resolve = _whole(context, article.url)
        picture = words.say["picture"]
        return shown_whole(
            article, lambda one: body.public(one, resolve, picture, plain=True), context["site"].url
        )

    def blocks(context: OnPage, text: str, pictures: tuple[Picture, ...] = ()) -> tuple[body.Block, ...]:
        return body.page_blocks(text, _local(context), words.say["picture"], pictures)

    def prose(
        context: OnPage,
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

    def plain(context: OnPage, text: str) -> str:
        from sitegen.render import plaintext  # only mail asks for it

        return plaintext.of(prose(context, text, whole=True))

    return {
        "public": pass_context(public),
        "blocks": pass_context(blocks),
        "prose": pass_context(prose),
        "plain": pass_context(plain),
        "drawn": pass_context(_drawn()),
    }


def _drawn() -> Callable[..., Markup]:
    """The filter that draws a record with a partial once for all the pages that show it."""
    shared = Once(most=4096)  # what a thousand articles are in each format
    listed = Once(most=32768)  # what is in many lists: half a kilobyte each

    def drawn(context: Context, item: FeedItem | Card | NumberRow, partial: str) -> Markup:
        site = context["site"]
        template = context.environment.get_template(partial)
        name = (partial, site.url, site.language)
        kept = shared if isinstance(item, FeedItem) else listed
        return kept(item, lambda item: Markup(template.render(site=site, item=item)), name)

    return drawn


def _for_machines() -> Filters:
    return {
        "rfc822": rfc822,
        "machine": format.machine,
        "xml": lambda text: Markup.escape(str(text)),
        "json": as_json,
        "linked": pass_context(
            lambda context, article: linked.news_article(article, context["site"], _whole(context, "/"))
        ),
        "data": pass_context(lambda context, items, what: linked.data(items, what, _whole(context, "/"))),
        "table": pass_context(lambda context, items: Markup(tables.figures(items, _whole(context, "/")))),
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
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    # In English whatever the locale. The library's own function brings a mail client with it.
    day, month = _WEEKDAYS[moment.weekday()], _MONTHS[moment.month - 1]
    return f"{day}, {moment.day:02d} {month} {moment.year:04d} {moment:%H:%M:%S %z}"


_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


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


def _local(context: OnPage) -> Callable[[str], str]:
    base = context.base
    return lambda address: markup.based(address, base)


def _whole(context: Context, page: str) -> Callable[[str], str]:
    site = str(context["site"].url)
    return lambda address: markup.absolute(address, site, page)
