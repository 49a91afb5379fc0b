"""What an article says elsewhere of a bare unit: whose kroner, which degrees, pounds of money or of mass."""

from __future__ import annotations

import re
from dataclasses import replace

from sitegen.seeds.figures.quantity import Quantity
from sitegen.seeds.figures.sentences import Figure


def on_one_scale(found: list[Figure]) -> list[Figure]:
    """The same, with the bare units that the rest of the article makes plain."""
    found = _priced(found)
    for name, rule in _RULES:
        bare = [figure for figure in found if (figure.quantity.unit or "").startswith(name)]
        if not bare or not (full := rule(found)):
            continue
        found = [
            _renamed(figure, name, *full) if figure in bare and _fits(figure) else figure for figure in found
        ]
    return found


def _priced(found: list[Figure]) -> list[Figure]:
    """“It cost €310 million. The new one will cost 140 million”: the money of the figure before."""
    made: list[Figure] = []
    money: Figure | None = None
    for figure in found:
        bare = figure.quantity.unit is None and figure.quantity.scaled
        if bare and money and money.block == figure.block and _PRICED.search(figure.before[-32:]):
            figure = _renamed(figure, "", str(money.quantity.unit), "money", money.quantity.currency)
        elif figure.quantity.dimension == "money" and not figure.quantity.per and figure.within is None:
            money = figure
        made.append(figure)
    return made


Full = tuple[str, str, str | None]


def _degrees(found: list[Figure]) -> Full | None:
    """The one temperature scale that is named, if any is."""
    scales = {figure.quantity.unit for figure in found} & {"celsius", "fahrenheit"}
    return (str(scales.pop()), "temperature", None) if len(scales) == 1 else None


def _kroner(found: list[Figure]) -> Full | None:
    """The one country’s kroner that are named."""
    named = {(str(figure.quantity.unit).split(" per ")[0], figure.quantity.currency) for figure in found}
    full = [(name, code) for name, code in named if name.endswith(" krone")]
    return (full[0][0], "money", full[0][1]) if len(full) == 1 else None


def _pounds(found: list[Figure]) -> Full | None:
    """Sterling, where the article has such amounts and no other weight of that system."""
    sterling = any(figure.quantity.currency == "GBP" for figure in found)
    weights = any(figure.quantity.unit in ("ounce", "stone") for figure in found)
    return ("pound sterling", "money", "GBP") if sterling and not weights else None


_RULES = (("degree", _degrees), ("krone", _kroner), ("pound-mass", _pounds))
_PRICED = re.compile(
    r"\b(?:for|costs?|pay|pays|paid|spent?|worth|earns?|earned|fined|price of|fee of) [^.]{0,16}\Z"
)
_WEIGHED = re.compile(r" of\b")


def _fits(figure: Figure) -> bool:
    """Whether pounds are paid here rather than weighed; anything else fits."""
    if figure.quantity.unit != "pound-mass":
        return True
    return bool(_PRICED.search(figure.before[-32:])) and not _WEIGHED.match(figure.behind)


def _renamed(figure: Figure, name: str, full: str, dimension: str, currency: str | None) -> Figure:
    quantity: Quantity = figure.quantity
    unit = full + (quantity.unit or "").removeprefix(name)
    quantity = quantity._replace(unit=unit, dimension=dimension, currency=currency)
    moved = figure.moved
    if moved and name and (moved.change.unit or "").startswith(name):
        previous = moved.change.previous and replace(moved.change.previous, unit=unit, currency=currency)
        moved = moved._replace(change=replace(moved.change, unit=unit, currency=currency, previous=previous))
    return figure._replace(said=figure.said._replace(quantity=quantity), moved=moved)
