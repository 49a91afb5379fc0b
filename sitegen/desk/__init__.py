"""The editor's desk: what conversion was not sure of in an article, and the small corrections to it.

A sheet shows one article's quotes, figures and dropped lines; an act changes one thing in the
article's file and nothing else; undo takes the last act back. An editor who saves the file
meanwhile always wins.
"""

from sitegen.desk.acts import ACTS, Act, acted
from sitegen.desk.desk import Desk, Dropped, Sheet, Waiting
from sitegen.desk.doubts import Doubt, doubts

__all__ = ["ACTS", "Act", "Desk", "Doubt", "Dropped", "Sheet", "Waiting", "acted", "doubts"]
