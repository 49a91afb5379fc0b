"""The command line: one small file a command."""


def main() -> None:
    raise SystemExit("not yet")
