"""A theme's colours, read from its style sheet, and the contrast of every pair that stands on each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, Scheme] = ("light", "dark")
TEXT, LINES = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11

_GROUNDS = ("paper", "panel")
# What stands on the grounds, and the least contrast it needs; `--on-NAME` on `--NAME` is text as well.
_ON_GROUNDS = {"ink": TEXT, "soft": TEXT, "accent": TEXT, "edge": LINES}
_AND = (("paper", "ink", TEXT),)  # a button under the pointer

_AT_RULE = re.compile(r"@[^{};]+\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_BY_SYSTEM = re.compile(r"@media\s*\(\s*prefers-color-scheme:\s*(light|dark)\s*\)\s*\{")
_ROOT = re.compile(r"(?:^|[}{\s])(?::root|html)\s*\{([^{}]*)\}")
_TOKEN = re.compile(r"--([\w-]+)\s*:\s*([^;{}]*)")
_PAIR = re.compile(
    r"var\(--day,\s*([^()]*)\)\s*var\(--night,\s*([^()]*)\)|light-dark\(\s*([^(),]*),\s*([^(),]*)\)"
)
_TO_TOKEN = re.compile(r"var\(--([\w-]+)\)")
_HEX = re.compile(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})\Z")
_NAMED = {"white": "#fff", "black": "#000"}


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two tokens, one on the other, in one scheme; `ratio` is None if a colour cannot be read."""

    over: str
    ground: str
    scheme: Scheme
    ratio: float | None
    least: float

    @property
    def enough(self) -> bool:
        return self.ratio is not None and self.ratio >= self.least


def contrasts(css: str) -> tuple[Contrast, ...]:
    """Every pair of colour tokens of a style sheet that may stand on each other, in both schemes."""
    made = []
    for scheme, colours in colour_tokens(css).items():
        for over, ground, least in _pairs(colours):
            one, other = _parsed(colours[over]), _parsed(colours[ground])
            ratio = round(_ratio(one, other), 2) if one and other else None
            made.append(Contrast(over, ground, scheme, ratio, least))
    return tuple(made)


def colour_tokens(css: str) -> dict[Scheme, dict[str, str]]:
    """The tokens of `:root` by scheme, as they are written; later ones stand before earlier ones.

    What other rules say, those for print among them, is left out; what stands in a media query for
    light or dark counts for that scheme.
    """
    found: dict[Scheme, dict[str, str]] = {"light": {}, "dark": {}}
    for name, value in _declared(_AT_RULE.sub("", css)):
        pair = _PAIR.search(value)
        halves = [half.strip() for half in pair.groups() if half is not None] if pair else [value, value]
        for scheme, half in zip(SCHEMES, halves, strict=True):
            found[scheme][name] = half
    for rule in _AT_RULE.findall(css):
        if system := _BY_SYSTEM.match(rule):
            scheme = SCHEMES[system.group(1) == "dark"]
            found[scheme].update(_declared(rule))
    return found


def settled(css: str) -> dict[Scheme, dict[str, str]]:
    """The tokens with what they stand for where one is another: for places that know no custom properties."""

    def value(tokens: Mapping[str, str], name: str, depth: int = 0) -> str:
        other = _TO_TOKEN.fullmatch(tokens[name])
        known = other is not None and other.group(1) in tokens and depth < len(tokens)
        return value(tokens, other.group(1), depth + 1) if other and known else tokens[name]

    return {
        scheme: {name: value(tokens, name) for name in tokens}
        for scheme, tokens in colour_tokens(css).items()
    }


def _declared(css: str) -> Iterator[tuple[str, str]]:
    for block in _ROOT.findall(css):
        for name, value in _TOKEN.findall(block):
            yield name, value.strip()


def _pairs(colours: Mapping[str, str]) -> Iterator[tuple[str, str, float]]:
    every = [(over, ground, least) for over, least in _ON_GROUNDS.items() for ground in _GROUNDS]
    every += [(name, name.removeprefix("on-"), TEXT) for name in colours if name.startswith("on-")]
    yield from (pair for pair in (*every, *_AND) if pair[0] in colours and pair[1] in colours)


def _parsed(colour: str) -> tuple[float, ...] | None:
    """Red, green and blue from 0 to 1; None for what is no plain hexadecimal colour."""
    match = _HEX.match(_NAMED.get(colour.lower(), colour))
    if not match:
        return None
    digits = match.group(1)
    whole = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    return tuple(int(whole[at : at + 2], 16) / 255 for at in (0, 2, 4))


def _ratio(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """Contrast as WCAG 2.2 defines it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: tuple[float, ...]) -> float:
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))
