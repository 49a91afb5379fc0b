"""What most commands share: where the digest is, what time it is, and the options that say so."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sitegen import CONFIG_FILE
from sitegen.errors import UsageError

if TYPE_CHECKING:
    from sitegen.config import SiteConfig

Function = TypeVar("Function", bound=Callable[..., Any])

as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
at_root = click.option(
    "-C",
    "--root",
    type=click.Path(path_type=Path),
    help="The digest's folder  [default: this one, or the nearest above]",
)
at_now = click.option("--now", metavar="TIME", help="Build as of this time, such as 2026-11-22T06:17:00Z.")


def find_root(given: Path | None) -> Path:
    """The digest's folder: the one given, else the nearest with a sitegen.yaml. Raises UsageError."""
    if given is not None:
        if not given.is_dir():
            raise UsageError(
                f"there is no folder {given}", code="root-missing", hint="`sitegen init FOLDER` makes one"
            )
        return given.resolve()
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / CONFIG_FILE).is_file():
            return folder
    raise UsageError(
        "this is no digest: there is no sitegen.yaml here or above",
        code="root-missing",
        hint="`sitegen init .` makes one here; -C FOLDER names one elsewhere",
    )


def read_now(given: str | None, settings: SiteConfig) -> datetime:
    """The one instant of this run, in UTC. Raises UsageError."""
    if given is None:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        moment = datetime.fromisoformat(given)
    except ValueError:
        raise UsageError(
            f"“{given}” is no time", code="now-invalid", hint="write it like 2026-11-22T06:17:00Z"
        ) from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=settings.zone)).astimezone(UTC)


def has_screen() -> bool:
    """Whether a browser could show anything here; on a server xdg-open only complains."""
    return sys.platform in ("darwin", "win32") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


def in_ci() -> bool:
    """In CI nothing that is written gets committed, unless somebody says so."""
    return os.environ.get("CI", "").lower() in ("1", "true")
