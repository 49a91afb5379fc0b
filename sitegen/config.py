"""sitegen.yaml → SiteConfig. Unknown keys are refused with a suggestion; every key has a default.

The records below are the documentation of the file: a key is a field, its default is the
default, and a nested record is a nested mapping. docs/configuration.md is made of them: what a docstring
says of a key stands in a line of its own that begins with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, field, fields, is_dataclass, replace
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from sitegen import CONFIG_FILE, records, strictyaml
from sitegen.errors import ConfigError, SiteError
from sitegen.frozen import record
from sitegen.model import FeedFormat, FeedOf, Rights, Status

FILE = CONFIG_FILE
Canonical = Literal["self", "source"]
Ask = Literal["allow", "refuse"]
Host = Literal["netlify", "cloudflare", "github", "folder"]


@record
class SourceConfig:
    """What is known about a newsroom, by its name.

    url        its own site
    rights     how much of its articles may be shown; without it, as `rights` of the site says
    canonical  which address of them search engines are pointed to; else as `canonical` of the site says
    """

    url: str | None = None
    rights: Rights | None = None
    canonical: Canonical | None = None


@record
class ConvertConfig:
    """How new seeds become articles.

    status          `draft` for newsrooms that review before anything is public
    max_text_bytes  the largest text or Markdown seed
    max_page_bytes  the largest saved page or news file
    """

    status: Status = "published"
    max_text_bytes: int = 1 << 20
    max_page_bytes: int = 8 << 20


@record
class EditionsConfig:
    """Editions that no file makes.

    every  `week` groups by ISO week what no edition file covers; `never` leaves it ungrouped
    """

    every: Literal["week", "never"] = "week"


@record
class FeedConfig:
    """The feeds of the site itself.

    items    how many of the newest articles stand in each
    formats  which there are of each
    of       what there are feeds of
    hub      the address of a WebSub hub, to which whoever publishes the site says that it changed
    """

    items: int = 20
    formats: tuple[FeedFormat, ...] = ("rss", "atom", "json")
    of: tuple[FeedOf, ...] = ("site", "sections", "topics", "people", "editions")
    hub: str = ""


@record
class EmailConfig:
    """What the mail of an edition says beside the edition.

    sender       whom it comes from, such as `The Harbour Wire <news@wire.example>`
    unsubscribe  where a reader ends it: an address, or what your sending service puts one in place of
    postal       the postal address at its foot, which the law asks for in many places
    """

    sender: str = ""
    unsubscribe: str = ""
    postal: str = ""


@record
class RobotsConfig:
    """What robots.txt asks of the crawlers behind language models.

    write     `false` leaves the file to static/
    training  what those are asked that gather text to train them: a digest of other newsrooms' work cannot
              give it away for that
    answers   what those are asked that read to answer a question
    refuse    other crawlers that are refused, by name
    """

    write: bool = True
    training: Ask = "refuse"
    answers: Ask = "allow"
    refuse: tuple[str, ...] = ()


@record
class PicturesConfig:
    """Pictures beside the articles and in static/, in the forms that pages load. They are made with the extra
    `images`; without it, pictures are published as they are.

    widths   how wide the forms are, in pixels; none leaves pictures as they are
    formats  modern formats, the one to be preferred first, beside the one that every reader can show
    quality  of what is encoded, from 1 to 100
    """

    widths: tuple[int, ...] = (480, 960, 1600)
    formats: tuple[Literal["webp", "avif"], ...] = ("webp",)
    quality: int = 80


@record
class SourceFeed:
    """A feed that `fetch` turns into seeds.

    url     its address
    source  the newsroom, as in `sources`
    topics  added to those of each item
    rights  how much of its articles may be shown
    items   how many of the newest items are looked at
    full    for feeds that only tease: the page that an item links to is kept as the seed
    """

    url: str
    source: str | None = None
    topics: tuple[str, ...] = ()
    rights: Rights | None = None
    items: int = 20
    full: bool = False


@record
class SiteConfig:
    """The whole of sitegen.yaml.

    title        the name of the digest
    tagline      a few words under it
    description  a sentence about it, for search engines and feeds
    url          the address at which it will stand; a path in it (https://host/repo/) is the base of every
                 link
    language     what it is written in, such as en-GB
    timezone     whose clock decides what is scheduled and expired, such as Europe/Lisbon
    host         where it is published: netlify and cloudflare heed the files _headers and _redirects; for
                 github and folder the pages say themselves what those say
    theme        gazette, briefing, or a folder in themes/
    editor       who signs editions that nobody else signs
    rights       how much of an article may be shown whose source says nothing: full, the excerpt (the first
                 two paragraphs and the callouts), the summary (standfirst and figures), or a link
    canonical    which address of an article search engines are pointed to: its own, or that of its source
    forgotten    what stands at the address of an article after `sitegen forget`
    page_size    how many articles stand on a page of a list
    editions     editions that no file makes
    convert      how new seeds become articles
    pictures     pictures beside the articles and in static/
    search       whether there is a page to search from: an index of everything, and with the extra `search` a
                 field that searches every word, the only script of the site
    cards        whether each article and edition gets a picture that stands for it where its link is shared:
                 its title, its first figure or quote, in the colours of the theme. They are drawn with the
                 extra `images`; without it there are none
    feed         the feeds of the site itself
    robots       what robots.txt asks of the crawlers behind language models
    email        the mail that `sitegen edition email` writes
    sources      what is known about newsrooms
    feeds        feeds that `fetch` turns into seeds
    extra        anything that a theme of yours wants
    """

    title: str = "A news digest"
    tagline: str = ""
    description: str = ""
    url: str = "http://localhost/"
    language: str = "en"
    timezone: str = "UTC"
    host: Host = "netlify"
    theme: str = "gazette"
    editor: str = ""
    rights: Rights = "full"
    forgotten: Literal["notice", "nothing"] = "notice"
    page_size: int = 30
    editions: EditionsConfig = EditionsConfig()
    convert: ConvertConfig = ConvertConfig()
    pictures: PicturesConfig = PicturesConfig()
    search: bool = True
    cards: bool = True
    feed: FeedConfig = FeedConfig()
    canonical: Canonical = "self"
    robots: RobotsConfig = RobotsConfig()
    email: EmailConfig = EmailConfig()
    sources: Mapping[str, SourceConfig] = field(default_factory=dict)
    feeds: tuple[SourceFeed, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def pages_alone(self) -> bool:
        """Whether the host gives pages without heeding _headers and _redirects."""
        return self.host in ("github", "folder")

    @property
    def base(self) -> str:
        """The path under which the site stands: "" or "/repo"."""
        return urlsplit(self.url).path.rstrip("/")

    @property
    def origin(self) -> str:
        """Scheme and host: "https://host"."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"


def load(root: Path, overrides: Mapping[str, Any] | None = None) -> SiteConfig:
    """The config of the digest in `root`; a missing file gives the defaults.

    `overrides` are values from the command line, by field name. Raises ConfigError with every
    problem of the file.
    """
    text = _read(root / FILE)
    data = _parse(text)
    config, faults = records.build(SiteConfig, data)
    faults += [
        records.Fault((key,), message, f"config-{key}", hint)
        for key, (check, hint) in _CHECKS.items()
        if isinstance(data.get(key), str | int) and (message := check(data[key]))
    ]
    faults += _check_feeds(config.feeds) if config else ()
    faults += _check_feed(config.feed) if config else ()
    faults += _check_robots(config.robots) if config else ()
    faults += _check_email(config.email) if config else ()
    faults += _check_pictures(config.pictures) if config else ()
    if faults or config is None:
        raise ConfigError.of(fault.within(FILE, text) for fault in faults)
    return _with(config, overrides or {})


def about_key(root: Path, key: str, error: SiteError) -> SiteError:
    """The same error with the place of the key that led to it, where it names no file itself."""
    text = _read(root / FILE)
    if any(problem.path for problem in error.problems) or key not in _parse(text):
        return error
    line, column = strictyaml.locate(text, (key,))
    source = text.splitlines()[line - 1]
    return type(error).of(
        replace(problem, path=FILE, line=line, column=column, source=source) for problem in error.problems
    )


def effective(config: SiteConfig, root: Path) -> list[tuple[str, Any, str]]:
    """Every key with its value and where it came from: (key, value, "sitegen.yaml:LINE" or "default")."""
    text = _read(root / FILE)
    data = _parse(text)
    rows: list[tuple[str, Any, str]] = []

    def walk(record: Any, given: Any, path: strictyaml.KeyPath) -> None:
        for item in fields(record):
            value = getattr(record, item.name)
            here = (*path, item.name)
            there = given.get(item.name) if isinstance(given, Mapping) else None
            if is_dataclass(value):
                walk(value, there, here)
                continue
            if isinstance(value, Mapping | tuple):
                value = records.plain(value)
            origin = "default"
            if isinstance(given, Mapping) and item.name in given:
                same = value == there or isinstance(there, Mapping | list)
                origin = f"{FILE}:{strictyaml.locate(text, here)[0]}" if same else "command line"
            elif item.default is not MISSING and value != item.default:
                origin = "command line"
            rows.append((".".join(map(str, here)), value, origin))

    walk(config, data, ())
    return rows


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot be read: {error}", code="config-unreadable", path=FILE) from None


def _parse(text: str) -> dict[str, Any]:
    try:
        data = strictyaml.load(text, path=FILE)
    except strictyaml.YamlError as error:
        raise ConfigError.of(error.problems) from None
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise ConfigError(
            "sitegen.yaml must be a list of “key: value” lines", code="config-shape", path=FILE, line=1
        )
    return data


def _check_url(url: Any) -> str | None:
    parts = urlsplit(str(url))
    fine = parts.scheme in ("http", "https") and parts.netloc and not parts.query and not parts.fragment
    return None if fine else "“url” must be the whole address of the site"


def _check_zone(name: Any) -> str | None:
    try:
        ZoneInfo(str(name))
    except (OSError, ValueError, KeyError):  # not there, a path, a folder: zoneinfo raises them all
        return f"“{name}” is no time zone"
    return None


def _check_page_size(size: Any) -> str | None:
    return None if not isinstance(size, int) or size > 0 else "“page_size” must be a whole number above 0"


def _check_feeds(feeds: tuple[SourceFeed, ...]) -> Iterator[records.Fault]:
    """Feeds are asked by machines: their addresses are whole, hold no password, and stand once."""
    seen: set[str] = set()
    for number, feed in enumerate(feeds):
        key = ("feeds", number, "url")
        try:
            parts = urlsplit(feed.url)
            whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            whole = False
        if not whole or not feed.url.isprintable() or " " in feed.url:
            hint = "for example https://courier.example/feed.xml"
            yield records.Fault(key, "“url” must be the whole address of a feed", "config-feeds", hint)
        elif "@" in parts.netloc:
            hint = "this file is for everybody to read"
            yield records.Fault(key, "a feed's address holds no name and password", "config-feeds", hint)
        elif feed.url in seen:
            yield records.Fault(key, "this feed is named twice", "config-feeds", "take one of them away")
        seen.add(feed.url)
        if feed.items < 1:
            wrong = "“items” must be a whole number above 0"
            yield records.Fault(("feeds", number, "items"), wrong, "config-feeds")


def _check_feed(feed: FeedConfig) -> Iterator[records.Fault]:
    if feed.items < 1:
        wrong = "“items” must be a whole number above 0"
        yield records.Fault(("feed", "items"), wrong, "config-feed", "`of: []` makes no feeds")
    if feed.hub and _check_url(feed.hub):
        hint = "for example https://hub.example/"
        yield records.Fault(("feed", "hub"), "“hub” must be a whole address", "config-feed", hint)


def _check_robots(robots: RobotsConfig) -> Iterator[records.Fault]:
    for number, name in enumerate(robots.refuse):
        if not re.fullmatch(r"[A-Za-z0-9_.*-]+", name):
            hint = "the name alone, as its operator writes it: ExampleBot"
            yield records.Fault(
                ("robots", "refuse", number), f"“{name}” is no name of a crawler", "config-robots", hint
            )


# An address, or what a service puts one in place of: {{ unsubscribe }} *|UNSUB|* %unsubscribe_url%
_UNSUBSCRIBE = re.compile(r"(?:https?://|mailto:)[^\s<>\"]+|[{*%\[][^<>\"]*[}*%\]]")


def _check_email(email: EmailConfig) -> Iterator[records.Fault]:
    if email.sender and mailbox(email.sender) is None:
        hint = "for example “The Harbour Wire <news@wire.example>”"
        yield records.Fault(("email", "sender"), "“sender” must hold a mail address", "config-email", hint)
    if email.unsubscribe and not _UNSUBSCRIBE.fullmatch(email.unsubscribe):
        hint = "a whole address, or what your service writes there, such as “{{ unsubscribe }}”"
        wrong = "“unsubscribe” is neither an address nor a placeholder"
        yield records.Fault(("email", "unsubscribe"), wrong, "config-email", hint)


_ADDRESS = r"[^\s<>,;:\"()@\\]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?"
_MAILBOX = re.compile(rf"(?:(?P<name>[^<>@]+?)\s*<(?P<named>{_ADDRESS})>|(?P<bare>{_ADDRESS}))")


def mailbox(text: str) -> tuple[str, str] | None:
    """Name and address of `Name <address>` or of an address alone; None for anything else."""
    found = _MAILBOX.fullmatch(text.strip()) if text.isprintable() else None
    return ((found["name"] or "").strip('" '), found["named"] or found["bare"]) if found else None


def _check_pictures(pictures: PicturesConfig) -> Iterator[records.Fault]:
    for number, width in enumerate(pictures.widths):
        if not 16 <= width <= 8192:
            wrong = f"{width} is no width of a picture: 16 to 8192 pixels"
            yield records.Fault(("pictures", "widths", number), wrong, "config-pictures")
    if not 1 <= pictures.quality <= 100:
        yield records.Fault(("pictures", "quality"), "“quality” is a number from 1 to 100", "config-pictures")


_CHECKS = {
    "url": (_check_url, "for example https://example.org/digest/"),
    "timezone": (_check_zone, "time zones are written like Europe/Lisbon"),
    "page_size": (_check_page_size, None),
}


def _with(config: SiteConfig, overrides: Mapping[str, Any]) -> SiteConfig:
    given = {name: value for name, value in overrides.items() if value is not None}
    for key, (check, hint) in _CHECKS.items():
        if key in given and (message := check(given[key])):
            raise ConfigError(message, code=f"config-{key}", hint=hint)
    return replace(config, **given)
