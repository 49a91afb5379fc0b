"""What is wrong with a value of a file, by its key; a problem, once the text of the file is at hand."""

from __future__ import annotations

from collections.abc import Sequence

from sitegen.errors import Problem
from sitegen.frozen import record
from sitegen.strictyaml import KeyPath, locate


@record
class Fault:
    """Something wrong with the value at `key`, or with a line of the text below (from 1)."""

    key: KeyPath
    message: str
    code: str
    hint: str | None = None
    line: int | None = None

    def at(self, path: str, text: str, line: int, column: int) -> Problem:
        """The fault as a problem of a file: `text` is the whole file."""
        lines = text.splitlines() or [""]
        return Problem(
            self.message, self.code, path, line, column, self.hint, lines[min(line, len(lines)) - 1]
        )

    def within(self, path: str, text: str) -> Problem:
        """The same where the whole file is YAML and the fault's key says where."""
        return self.at(path, text, *locate(text, self.key, name=self.about_the_name))

    @property
    def about_the_name(self) -> bool:
        """Whether the key's name is wrong, not its value."""
        return self.code == "key-unknown"


def suggestion(word: str, known: Sequence[str]) -> str:
    """The hint for an unknown word: the nearest known one, or all of them."""
    import difflib  # only where there is something to complain about

    near = difflib.get_close_matches(word, known, 1, 0.6)
    return f"did you mean “{near[0]}”?" if near else f"the keys here are: {', '.join(known)}"
