"""sitegen.yaml → SiteConfig, with the place of everything that is wrong in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from sitegen import CONFIG_FILE, records, strictyaml
from sitegen.config import checks
from sitegen.config.settings import SiteConfig
from sitegen.errors import ConfigError, SiteError

FILE = CONFIG_FILE


def load(root: Path, overrides: Mapping[str, Any] | None = None) -> SiteConfig:
    """The config of the digest in `root`; a missing file gives the defaults.

    `overrides` are values from the command line, by field name. Raises ConfigError with every
    problem of the file.
    """
    text = _read(root / FILE)
    data = _parse(text)
    config, faults = records.build(SiteConfig, data)
    faults += [
        records.Fault((key,), message, f"config-{key}", hint)
        for key, (check, hint) in checks.VALUES.items()
        if isinstance(data.get(key), str | int) and (message := check(data[key]))
    ]
    faults += checks.faults(config) if config else ()
    if faults or config is None:
        raise ConfigError.of(fault.within(FILE, text) for fault in faults)
    return _with(config, overrides or {})


def about_key(root: Path, key: str, error: SiteError) -> SiteError:
    """The same error with the place of the key that led to it, where it names no file itself."""
    text = _read(root / FILE)
    if any(problem.path for problem in error.problems) or key not in _parse(text):
        return error
    line, column = strictyaml.locate(text, (key,))
    source = text.splitlines()[line - 1]
    return type(error).of(
        replace(problem, path=FILE, line=line, column=column, source=source) for problem in error.problems
    )


def effective(config: SiteConfig, root: Path) -> list[tuple[str, Any, str]]:
    """Every key with its value and where it came from: (key, value, "sitegen.yaml:LINE" or "default")."""
    text = _read(root / FILE)
    data = _parse(text)
    rows: list[tuple[str, Any, str]] = []

    def walk(record: Any, given: Any, path: strictyaml.KeyPath) -> None:
        for item in fields(record):
            value = getattr(record, item.name)
            here = (*path, item.name)
            there = given.get(item.name) if isinstance(given, Mapping) else None
            if is_dataclass(value):
                walk(value, there, here)
                continue
            if isinstance(value, Mapping | tuple):
                value = records.plain(value)
            origin = "default"
            if isinstance(given, Mapping) and item.name in given:
                same = value == there or isinstance(there, Mapping | list)
                origin = f"{FILE}:{strictyaml.locate(text, here)[0]}" if same else "command line"
            elif item.default is not MISSING and value != item.default:
                origin = "command line"
            rows.append((".".join(map(str, here)), value, origin))

    walk(config, data, ())
    return rows


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot be read: {error}", code="config-unreadable", path=FILE) from None


def _parse(text: str) -> dict[str, Any]:
    try:
        data = strictyaml.load(text, path=FILE)
    except strictyaml.YamlError as error:
        raise ConfigError.of(error.problems) from None
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise ConfigError(
            "sitegen.yaml must be a list of “key: value” lines", code="config-shape", path=FILE, line=1
        )
    return data


def _with(config: SiteConfig, overrides: Mapping[str, Any]) -> SiteConfig:
    given = {name: value for name, value in overrides.items() if value is not None}
    for key, (check, hint) in checks.VALUES.items():
        if key in given and (message := check(given[key])):
            raise ConfigError(message, code=f"config-{key}", hint=hint)
    return replace(config, **given)
