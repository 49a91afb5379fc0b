"""sitegen.yaml → SiteConfig. Unknown keys are refused with a suggestion; every key has a default."""

from sitegen.config.checks import mailbox
from sitegen.config.reading import FILE, about_key, effective, load
from sitegen.config.settings import (
    Ask,
    Canonical,
    ConvertConfig,
    EditionsConfig,
    EmailConfig,
    FeedConfig,
    Host,
    PicturesConfig,
    RobotsConfig,
    SiteConfig,
    SourceConfig,
    SourceFeed,
)

__all__ = [
    "FILE", "Ask", "Canonical", "ConvertConfig", "EditionsConfig", "EmailConfig", "FeedConfig", "Host",
    "PicturesConfig", "RobotsConfig", "SiteConfig", "SourceConfig", "SourceFeed", "about_key", "effective",
    "load", "mailbox",
]  # fmt: skip
