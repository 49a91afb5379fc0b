"""The records that sitegen.yaml is read into: the documentation of the file.

A key is a field, its default is the default, and a nested record is a nested mapping. docs/configuration.md
is made of them: what a docstring says of a key stands in a line of its own that begins with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from sitegen.frozen import record
from sitegen.model import FeedFormat, FeedOf, Rights, Status

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
    scheme_switch  whether readers get a button for light and dark, remembered by their browser: a small
                 script on every page. Without it pages are light or dark as the reader's system says
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
                 field that searches every word, the only script of a site without `scheme_switch`
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
    scheme_switch: bool = False
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

    @property
    def is_placed(self) -> bool:
        """Whether others can read at the address: it is not this machine's, nor the one that `init` puts
        where nobody said another."""
        return urlsplit(self.url).hostname not in ("localhost", "127.0.0.1", "::1", "example.org")
