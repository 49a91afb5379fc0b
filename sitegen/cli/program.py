"""`sitegen`: the table of commands, and how every one of them ends."""

from __future__ import annotations

import importlib
import sys
from typing import Any

import click
from click.shell_completion import CompletionItem

from sitegen import __version__
from sitegen.cli import say
from sitegen.errors import SiteError

# name → what the list of commands says; the module is imported only when the command is called.
COMMANDS = {
    "init": "Begin a new digest in a folder.",
    "new": "Begin an article of your own.",
    "add": "Add one seed: a file, standard input, or an address.",
    "fetch": "Fetch what is new in the feeds of sitegen.yaml into seeds/.",
    "convert": "Turn new seeds into articles.",
    "explain": "Show what conversion sees in a seed, and why.",
    "edition": "Draft the next edition, write the mail of one.",
    "build": "Convert new seeds and publish the site to public/.",
    "check": "Check the published site: links, pictures, feeds, titles, weight.",
    "theme": "List themes, begin one of your own, check one.",
    "serve": "Preview the site in a browser, live.",
    "list": "List articles with their state.",
    "config": "Show the configuration in force, and where it comes from.",
    "rollback": "Bring the site before the last build back, until the next build.",
    "forget": "Remove an article for good, everywhere, as after a legal takedown.",
}
INTERNAL = 70  # EX_SOFTWARE of sysexits.h: a fault of ours


class Program(click.Group):
    """Looks commands up in the table."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"sitegen.cli.{name}").command
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """From the table too: a shell that asks for names loads no command."""
        found = [CompletionItem(n, help=said) for n, said in COMMANDS.items() if n.startswith(incomplete)]
        return [*found, *click.Command.shell_complete(self, ctx, incomplete)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        from sitegen.records import suggestion

        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            ctx.fail(f"there is no command “{args[0]}”; {suggestion(args[0], list(COMMANDS))}")
        return super().resolve_command(ctx, args)


@click.group(
    cls=Program,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Every command has --json, and --help with an example. Try: sitegen init my-digest",
)
@click.version_option(__version__, prog_name="sitegen")
def program() -> None:
    """From pasted articles to a published digest."""


def main(args: list[str] | None = None) -> None:
    """Run the command line and exit: 0 fine, 1 content, 2 usage or config, 3 conflict, 75 locked."""
    say.use_utf8()
    given = sys.argv[1:] if args is None else args
    as_json = "--json" in given
    try:
        status = program.main(args=given, prog_name="sitegen", standalone_mode=False)
        sys.exit(status if isinstance(status, int) else 0)
    except SiteError as error:
        say.failed(error, as_json)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        say.misused(error, as_json)
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        say.close_quietly()
        sys.exit(1)
    except Exception as error:
        say.broken(error, as_json)
        sys.exit(INTERNAL)
