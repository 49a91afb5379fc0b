"""A theme's `words/LANGUAGE.yaml` as a record.

English is complete in the base theme; another language, or a child theme, need only hold what
differs, key by key.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sitegen import records, strictyaml
from sitegen.errors import ThemeError
from sitegen.wording import Words


def merge(files: Iterable[tuple[str, str]], language: str) -> Words:
    """One record from the words files of a theme's chain, the most general first.

    `files` are pairs of path and text. Raises ThemeError with every fault of the file at fault.
    """
    merged: dict[str, Any] = {"language": language}
    path = ""
    for path, text in files:
        data = _parse(path, text)
        faults = [fault for fault in records.build(Words, data)[1] if fault.code != "key-missing"]
        if faults:
            raise ThemeError.of(fault.within(path, text) for fault in faults)
        for key, value in data.items():
            old = merged.get(key)
            merged[key] = {**old, **value} if isinstance(old, dict) and isinstance(value, dict) else value
    made, faults = records.build(Words, merged)
    if made is None:
        raise ThemeError.of(fault.within(path, "") for fault in faults)
    return made


def _parse(path: str, text: str) -> dict[str, Any]:
    try:
        data = strictyaml.load(text, path=path)
    except strictyaml.YamlError as error:
        raise ThemeError.of(error.problems) from None
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise ThemeError(
            "a words file must be a list of “key: value” lines", code="theme-words", path=path, line=1
        )
    return data
