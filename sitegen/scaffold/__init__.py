"""What a command writes to begin with: a new digest, article, edition. Nothing that exists is changed."""

from sitegen.scaffold.article import new_article
from sitegen.scaffold.digest import init, requirement
from sitegen.scaffold.edition import draft_edition, edition_text, write_edition

__all__ = ["draft_edition", "edition_text", "init", "new_article", "requirement", "write_edition"]
