"""Figures, changes and dates in words: a table of what is given and what a reader sees."""

from __future__ import annotations

from datetime import UTC, datetime
from datetime import date as Day

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen import wording
from sitegen.model import Amount, Change, KeyFigure, Number
from sitegen.render import compare, format
from sitegen.views import NumberRow
from tests.render_fixtures import COST, TONNAGE, WAIT, WORDS


def test_a_series_on_one_scale() -> None:
    def rows(*values: int) -> list[NumberRow]:
        return [NumberRow(KeyFigure("f1", "x", value), "T", "/t/", None, None) for value in values]

    drawn = compare.series(rows(5, 10, -10))
    assert drawn is not None
    assert [(bar.y, bar.height) for bar in drawn.bars] == [
        ("15.0", "15.0"),
        ("0.0", "30.0"),
        ("30.0", "30.0"),
    ]
    assert (drawn.base, drawn.width) == ("30.0", "108")
    assert compare.series(rows(5)) is None
    flat = compare.series(rows(0, 0))
    assert flat is not None and flat.bars[0].height == "1.0"
    many = compare.series(rows(*range(24)))
    assert many is not None and many.width == "480"


def figure(as_written: str, value: Number | tuple[Number, Number], **more: object) -> KeyFigure:
    return KeyFigure("f1", as_written, value, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (figure("512.3 billion yuan", 512_300_000_000, currency="CNY"), "512.3bn yuan"),
        (figure("$98.57 billion", 98_570_000_000, currency="USD"), "$98.57bn"),
        (figure("98.57 billion dollars a year", 98_570_000_000, currency="USD"), "$98.57bn a year"),
        (figure("418 million crowns", 418_000_000, currency="XCR"), "418m crowns"),
        (figure("CA$5 million", 5_000_000, currency="CAD"), "CA$5m"),
        (figure("5 million Canadian dollars", 5_000_000, currency="CAD"), "5m Canadian dollars"),
        (figure("1,000 million pounds", 10**9, currency="GBP"), "£1bn"),
        (figure("two trillion won", 2 * 10**12, currency="KRW"), "2tn won"),
        (figure("$11.40 a tonne", 11.4, currency="USD"), "$11.40 a tonne"),
        (figure("9.9 per cent", 9.9, unit="percentage"), "9.9%"),
        (figure("84% in favour", 84, unit="percentage"), "84% in favour"),
        (figure("5 to 7 percent", (5, 7), unit="percentage"), "5 to 7%"),
        (figure("1,912 calls", 1912, unit="call"), "1,912 calls"),
        (figure("two dozen lorries", 24, unit="lorry"), "24 lorries"),
        (figure("a single box", 1, unit="box"), "1 box"),
        (figure("212 kilometres", 212, unit="kilometre"), "212 km"),
        (figure("7 degrees", 7, unit="degree Celsius"), "7°C"),
        (figure("-3.5 degrees", -3.5, unit="degree celsius"), "−3.5°C"),
        (figure("5 to 7 billion yuan", (5 * 10**9, 7 * 10**9), currency="CNY"), "5 to 7bn yuan"),
        (figure("800 million to 1 billion yuan", (8 * 10**8, 10**9), currency="CNY"), "800m to 1bn yuan"),
        (figure("$5bn-$7bn", (5 * 10**9, 7 * 10**9), currency="USD"), "$5bn to $7bn"),
        (figure("nearly 2 million", 2_000_000, bound="about"), "about 2m"),
        (figure("over 30 boats", 30, unit="boat", bound="more"), "more than 30 boats"),
        (figure("under 30 boats", 30, unit="boat", bound="less"), "less than 30 boats"),
        (figure("1,234,567 boxes", 1_234_567, unit="box"), "1,234,567 boxes"),
        (figure("1.234567 billion boxes", 1_234_567_000, unit="box"), "1.235bn boxes"),
        (figure("5.0 hours", 5.0, unit="hour"), "5.0 hours"),
        (figure("five hours", 5.0, unit="hour"), "5 hours"),
        (figure("a third of a load", 11199.666666667, unit="load"), "11,199.67 loads"),
        (figure("500", 500), "500"),
        (figure("0.004 grams", 0.004, unit="gram"), "0.004 grams"),
        (figure("30 men and women who stand on the quay", 30, unit="person"), "30 people"),
    ],
)
def test_amounts(given: KeyFigure, shown: str) -> None:
    assert format.amount(given, WORDS).text == shown


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (
            Change("up 9.9%", 9.9, "percentage", "up", "same period in 2019"),
            "up 9.9% on the same period in 2019",
        ),
        (Change("down 8%", 8, "percentage", "down", "this year"), "down 8% on this year"),
        (Change("up 3%", 3, "percentage", "up", "a year earlier"), "up 3% on a year earlier"),
        (Change("up 3%", 3, "percentage", "up", "first half of 2025"), "up 3% on the first half of 2025"),
        (Change("up 3%", 3, "percentage", "up"), "up 3%"),
        (WAIT.change, "down 77% from 11.4 hours in 2022"),
        (
            Change("up 3%", 3, "percentage", "up", "a year earlier", Amount("5m", 5_000_000)),
            "up 3% from 5m a year earlier",
        ),
        (Change("up 3%", 3, "percentage", "up", None, Amount("5m", 5_000_000)), "up 3% from 5m"),
        (Change("doubled", 2), "doubled"),
        (Change("up 40 boats", 40, "boat", "up"), "up 40 boats"),
    ],
)
def test_changes(given: Change, shown: str) -> None:
    assert format.change(given, WORDS).text == shown


@pytest.mark.parametrize(
    ("style", "shown"),
    [
        ("full", "20 November 2026"),
        ("weekday", "Friday 20 November 2026"),
        ("short", "20 Nov"),
        ("short_year", "20 Nov 2026"),
        ("day", "20 November"),
        ("month", "November 2026"),
        ("year", "2026"),
    ],
)
def test_dates(style: str, shown: str) -> None:
    assert wording.date(Day(2026, 11, 20), style, WORDS) == shown
    assert wording.date(datetime(2026, 11, 20, 23, 59, tzinfo=UTC), style, WORDS) == shown


def test_counted_things() -> None:
    assert wording.count(1, "story", WORDS) == "1 story"
    assert wording.count(0, "story", WORDS) == "0 stories"
    assert wording.count(1912, "figure", WORDS) == "1,912 figures"


@pytest.mark.parametrize(
    ("unit", "plural"),
    [
        ("box", "boxes"),
        ("lorry", "lorries"),
        ("quay", "quays"),
        ("kilometre per hour", "kilometres per hour"),
        ("person", "people"),
        ("people", "people"),
        ("metric tonne", "metric tonnes"),
        ("aircraft", "aircraft"),
    ],
)
def test_plurals(unit: str, plural: str) -> None:
    assert format.plural(unit, WORDS.plurals) == plural


def test_a_value_for_machines() -> None:
    assert format.machine(671.0) == "671"
    assert format.machine(0.25) == "0.25"
    assert format.machine((5, 7.5)) == "5..7.5"
    assert format.machine(10**21) == "1" + "0" * 21


@given(st.text(max_size=30), st.floats(-1e18, 1e18, allow_nan=False) | st.integers(-(10**18), 10**18))
def test_any_figure_has_words(written: str, value: Number) -> None:
    for more in ({"currency": "USD"}, {"unit": "percentage"}, {"unit": "tonne"}, {}):
        shown = format.amount(figure(written, value, **more), WORDS)
        assert any(c.isdigit() for c in shown.number)
        assert "{" not in shown.number


def test_bars_show_now_beside_then() -> None:
    drawn = compare.bars(TONNAGE)
    assert drawn is not None
    assert (drawn.now, drawn.then, drawn.implied) == ("72.0%", "58.5%", True)
    assert (drawn.now_label, drawn.then_label) == ("2026", "2025")
    fell = compare.bars(WAIT)
    assert fell is not None
    assert (fell.now, fell.then, fell.implied) == ("16.4%", "72.0%", False)  # 2.6 beside 11.4


def test_a_range_is_one_bar_from_its_low_end() -> None:
    assert compare.bars(figure("5 to 20", (5, 20))) == compare.Bars("54.0%", start="18.0%")
    assert compare.bars(figure("-5 to 20", (-5, 20))) is None
    assert compare.bars(figure("5 to 5", (5, 5))) is None


def test_no_bars_without_a_comparison() -> None:
    assert compare.bars(COST) is None
    share = figure("9%", 9, unit="percentage", change=Change("up 2%", 2, "percentage", "up", "2025"))
    assert compare.bars(share) is None, "per cent of per cent may mean points"
    gone = figure("0", 0, change=Change("down 100%", 100, "percentage", "down", "2025"))
    assert compare.bars(gone) is None


def test_shifts_are_on_one_scale() -> None:
    up = compare.shift(Change("up 23%", 23, "percentage", "up"))
    down = compare.shift(Change("down 77%", 77, "percentage", "down"))
    far = compare.shift(Change("up 300%", 300, "percentage", "up"))
    assert up == compare.Shift("50.0%", "11.5%", up=True)
    assert down == compare.Shift("11.5%", "38.5%", up=False)
    assert far == compare.Shift("50.0%", "50.0%", up=True)
    assert compare.shift(Change("up 3 boats", 3, "boat", "up")) is None
    assert compare.shift(None) is None
