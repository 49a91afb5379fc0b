"""Templates as Python: what Jinja compiles them to, made to run fast, and kept from build to build.

Jinja's own code hands every piece of a page up through all the templates that it extends, and wraps
each printed word in a `Markup` of its own, only to join them all. Ours gathers the pieces of a template
in a list and prints words as plain text that is escaped already. Where its environment is `direct`, it
also takes `card.url` for the attribute that it nearly always is, and not for an item of a mapping or for
what may not be there: who uses that makes the page again without it when anything goes wrong. Where
nothing does, the pages are the same.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable
from keyword import iskeyword
from typing import Any, ClassVar

import markupsafe
from jinja2 import BytecodeCache, nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

from sitegen.cache import Shelf, digest

# What `escape` does before it makes a Markup, twenty times faster than that; not every version has it.
_escaped: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)
_MOST_COMPILED = 500


def printed(value: Any) -> str:
    """What `{{ value }}` puts on the page."""
    kind = type(value)
    if kind is str:
        return _escaped(value)
    return value if kind is Markup else escape(value)


class Generator(CodeGenerator):
    """The compiler. A template or a block is a function that fills a list and gives it as one text."""

    _gathered = False

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        # Jinja writes an include without context as `yield from`, whoever gathers around it.
        self._gathered = all(include.with_context for include in node.find_all(nodes.Include))
        self.writeline(f"from {__name__} import printed")
        super().visit_Template(node, frame)

    def enter_frame(self, frame: Frame) -> None:
        super().enter_frame(frame)
        if self._gathers(frame):
            self.buffer(frame)

    def leave_frame(self, frame: Frame, with_python_scope: bool = False) -> None:
        if self._gathers(frame):
            self.writeline(f"yield concat({frame.buffer})")
        super().leave_frame(frame, with_python_scope)

    def _gathers(self, frame: Frame) -> bool:
        return self._gathered and (frame.rootlevel or frame.block_frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        if not getattr(self.environment, "direct", False) or not _is_plain(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write("printed(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write(")")


def _is_plain(name: str) -> bool:
    """Whether Python takes the name as it stands."""
    return name.isidentifier() and name.isascii() and not name.startswith("__") and not iskeyword(name)


class Compiled(BytecodeCache):
    """Templates as compiled before, by their name and text: in this process, and on a `shelf`."""

    _here: ClassVar[dict[bytes, Any]] = {}

    def __init__(self, shelf: Shelf | None) -> None:
        self._shelf = shelf

    @staticmethod
    def _key(bucket: Bucket) -> bytes:
        return digest(bucket.key, bucket.checksum, str(getattr(bucket.environment, "direct", False)))

    def load_bytecode(self, bucket: Bucket) -> None:
        key = self._key(bucket)
        kept = self._shelf.get(key) if self._shelf is not None else None
        code = self._here.get(key) or (marshal.loads(kept) if kept else None)
        if code is not None:
            self._here[key] = bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        if len(self._here) >= _MOST_COMPILED:
            self._here.clear()
        key = self._key(bucket)
        assert bucket.code is not None
        self._here[key] = bucket.code
        if self._shelf is not None:
            self._shelf.put(key, marshal.dumps(bucket.code))
