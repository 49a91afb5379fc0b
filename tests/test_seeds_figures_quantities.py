"""Quantities: values, units, currencies, ranges, and the numbers that are none. And any text at all."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.model import Block, Value
from sitegen.seeds.figures import figures
from sitegen.seeds.figures.quantities import quantities
from sitegen.seeds.figures.quantity import Quantity
from tests.conftest import times


def found(text: str) -> list[Quantity]:
    return quantities(text, 0, len(text), "en")


@pytest.mark.parametrize(
    ("text", "value", "unit", "currency"),
    [
        ("It cost 4.2 billion yuan.", 4_200_000_000, "chinese yuan", "CNY"),
        ("It cost $97.31 million.", 97_310_000, "dollar", "USD"),
        ("It cost US $61.40.", 61.40, "dollar", "USD"),
        ("It cost C$300m.", 300_000_000, "canadian dollar", "CAD"),
        ("It cost Rs 25 lakh.", 2_500_000, "indian rupee", "INR"),
        ("It cost ₹1,00,000.", 100_000, "indian rupee", "INR"),
        ("It cost 3 crore rupees.", 30_000_000, "indian rupee", "INR"),
        ("It cost RM18.20.", 18.2, "malaysian ringgit", "MYR"),
        ("It cost EUR52m.", 52_000_000, "euro", "EUR"),
        ("It cost 94 million Danish kroner.", 94_000_000, "danish krone", "DKK"),
        ("It cost half a million pounds sterling.", 500_000, "pound sterling", "GBP"),
        ("It costs €57 a barrel.", 57, "euro per barrel", "EUR"),
        ("It costs €15/hour.", 15, "euro per hour", "EUR"),
        ("They grew 9.5%.", 9.5, "percentage", None),
        ("They grew three percentage points.", 3, "percentage point", None),
        ("They went 80km/h.", 80, "kilometre per hour", None),
        ("They went 50 mph.", 50, "mile per hour", None),
        ("It holds 14.3m tonnes.", 14_300_000, "metric ton", None),
        ("It is 37m long.", 37, "metre", None),
        ("It was -6.6°C.", -6.6, "celsius", None),
        ("It was minus six-point-six degrees Celsius.", -6.6, "celsius", None),
        ("It took five years and three months.", 5.25, "year", None),
        ("It took two and a half hours.", 2.5, "hour", None),
        ("It has twenty-seven thousand six hundred and two pupils.", 27_602, "pupil", None),
        ("It has 1,400 stranded ferry passengers.", 1400, "stranded ferry passenger", None),
        ("A town of 50,000 slept.", 50_000, "people", None),
        ("It has 300 men.", 300, "man", None),
        ("Tens of thousands of people came.", (10_000, 100_000), "people", None),
        ("It runs 5-1/2 miles.", 5.5, "mile", None),
        ("Two-thirds are wet.", 2 / 3, None, None),
        ("One in five agreed.", 0.2, None, None),
        ("A 12-page letter came.", 12, "page", None),
        ("The 12 page letter came.", 12, "page", None),
        ("A two-year-old dog barked.", 2, "year of age", None),
        ("Ida Ames, 66, said so.", 66, "year of age", None),
    ],
)
def test_values_and_units(text: str, value: Value, unit: str | None, currency: str | None) -> None:
    (quantity,) = found(text)
    assert (quantity.value, quantity.unit, quantity.currency) == (value, unit, currency)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("between €47,000 and €88,000 a year", (47_000, 88_000), "euro per year"),
        ("€10 to €15 billion", (10_000_000_000, 15_000_000_000), "euro"),
        ("from €200 to €4 million", (200, 4_000_000), "euro"),
        ("5–10%", (5, 10), "percentage"),
        ("0 to 80km/h", (0, 80), "kilometre per hour"),
        ("three or four years", (3, 4), "year"),
        ("40 to 50 questions", (40, 50), "question"),
        ("from 31 miles per gallon in 2004 to 35 miles per gallon", (31, 35), "mile per gallon"),
    ],
)
def test_ranges(text: str, value: Value, unit: str) -> None:
    (quantity,) = found(text)
    assert (quantity.value, quantity.unit) == (value, unit)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("It rose €2 to €40.", [2, 40]),
        ("a 7- or 8-inch screen", [7, 8]),
        ("3 million sets, up from 2 million in 2017", [3_000_000, 2_000_000]),
    ],
)
def test_two_quantities_that_are_no_range(text: str, values: list[float]) -> None:
    both = found(text)
    assert [quantity.value for quantity in both] == values
    assert both[0].unit == both[1].unit


@pytest.mark.parametrize(
    "text",
    [
        "in 2019",
        "the 1960s",
        "the 2013-14 season",
        "on Oct. 31",
        "Sept. 20-24",
        "on 4 March",
        "2019-09-01",
        "at 4:33pm",
        "at 2 p.m.",
        "by 0401 GMT",
        "the 10th place",
        "a 5G mast",
        "the S23 and the F-16",
        "an iPhone 12",
        "on page 12",
        "phase two",
        "won 3-1",
        "open 24/7",
        "version 3.5.2",
        "at 571 Harbour Road",
        "call 020 7946 0018",
        "1) first",
        "no one came",
        "the two of them",
        "the Famous Five sang",
    ],
)
def test_decoys(text: str) -> None:
    assert found(text) == []


_PIECES = st.sampled_from(
    [
        "$", "€", "1,00", "9.9%", "½", "-", "–", " to ", " from ", "twenty", " two", " half", " a ", "bn",
        "m", "million", " of ", "(", ")", "up ", "fell ", "by ", " per ", "/", "km", "°C", "years", "-old",
        "2019", "Oct. ", "×10", "⁻⁹", "1⁄0", ".", ",", "\n", "\u00a0", "٣", "Rs", "0", "9" * 20, "point",
        "'", "”", "ﬁ", "İ", " than ",
    ]
)  # fmt: skip


@settings(max_examples=times(400), deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=30).map("".join)))
def test_any_text_is_read(text: str) -> None:
    """Nothing raises; every figure stands there, with finite values, in order and apart."""
    behind = 0
    for item in figures.find(text, [Block(0, len(text), "body", "any")], "en"):
        assert text[item.start : item.end].split() == item.figure.as_written.split()
        assert behind <= item.start < item.end
        behind = item.end
        values = item.figure.value if isinstance(item.figure.value, tuple) else (item.figure.value,)
        assert all(math.isfinite(value) for value in values)
        assert list(values) == sorted(values)
