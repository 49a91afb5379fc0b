"""What a command writes to begin with: a new digest, a new article. Nothing that exists is changed."""

from sitegen.scaffold.article import new_article
from sitegen.scaffold.digest import init, requirement

__all__ = ["init", "new_article", "requirement"]
