"""The site as a visitor meets it: links, pictures, feeds and pages of an output folder, and nothing else.

page    the HTML of one page → what it links to, shows and says of itself
tree    the output folder → its pages, files and redirects
rules   what is wrong with them: a table of named rules
feeds   RSS, Atom and JSON Feed by the rules of their standards
report  the problems as text, JSON or SARIF
"""

from sitegen.check.report import sarif
from sitegen.check.rules import check
from sitegen.check.tree import Site, read

__all__ = ["Site", "check", "read", "sarif"]
