"""The command line: one small file a command; each parses, calls, and prints text or JSON."""

from sitegen.cli.program import main

__all__ = ["main"]
