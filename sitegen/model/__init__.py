"""The frozen records in which the rooms speak to each other.

All are immutable and made of plain values, so that a page's view can be compared, hashed and
sent to another process. Times are aware `datetime`s; `Day` is a date alone. Addresses (`url`)
are site-relative and begin with a slash: `/articles/a-slug/`.
"""

from sitegen.model.article import (
    Amount,
    Article,
    Attribution,
    Bound,
    Change,
    Correction,
    Direction,
    Image,
    KeyFigure,
    Number,
    Picture,
    Quote,
    Rendition,
    Retraction,
    Rights,
    SeedRef,
    Source,
    Status,
    Value,
)
from sitegen.model.page import Output, Page, Promise, SocialCard, Staged, file_of
from sitegen.model.seed import Block, Label, Link, Seed
from sitegen.model.site import Edition, EditionSection, FeedFormat, FeedOf, Name, Site, StaticPage

__all__ = [
    "Amount",
    "Article",
    "Attribution",
    "Block",
    "Bound",
    "Change",
    "Correction",
    "Direction",
    "Edition",
    "EditionSection",
    "FeedFormat",
    "FeedOf",
    "Image",
    "KeyFigure",
    "Label",
    "Link",
    "Name",
    "Number",
    "Output",
    "Page",
    "Picture",
    "Promise",
    "Quote",
    "Rendition",
    "Retraction",
    "Rights",
    "Seed",
    "SeedRef",
    "Site",
    "SocialCard",
    "Source",
    "Staged",
    "StaticPage",
    "Status",
    "Value",
    "file_of",
]
