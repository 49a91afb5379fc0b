"""Problems for other programs: SARIF 2.1.0, which code hosts show beside the files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from sitegen.errors import Problem

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif(problems: Sequence[Problem], version: str) -> dict[str, Any]:
    """The problems as one run of a SARIF log (OASIS, version 2.1.0)."""
    codes = sorted({problem.code for problem in problems})
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "sitegen",
                        "version": version,
                        "rules": [{"id": code} for code in codes],
                    }
                },
                "results": [_result(problem, codes.index(problem.code)) for problem in problems],
            }
        ],
    }


def _result(problem: Problem, rule: int) -> dict[str, Any]:
    text = problem.message + (f" ({problem.hint})" if problem.hint else "")
    made: dict[str, Any] = {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": problem.severity,
        "message": {"text": text},
    }
    if problem.path:
        # GitHub wants a line of every result; a problem of a whole file stands at its first.
        region = {"startLine": problem.line or 1}
        if problem.line and problem.column:
            region["startColumn"] = problem.column
        place = {"artifactLocation": {"uri": quote(problem.path)}, "region": region}
        made["locations"] = [{"physicalLocation": place}]
    return made
