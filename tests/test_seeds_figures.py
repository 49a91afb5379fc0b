"""Figures of an article: what is found, what it says of them, and what an editor would put into the box."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sitegen.model import Block, KeyFigure, Label
from sitegen.seeds.figures import figures
from sitegen.seeds.found import FoundFigure


def find(*paragraphs: str, labels: tuple[Label, ...] = ()) -> tuple[FoundFigure, ...]:
    """The figures of an article whose blocks are these paragraphs, body text unless said otherwise."""
    text, blocks = "", []
    for number, paragraph in enumerate(paragraphs):
        label = labels[number] if number < len(labels) else "body"
        blocks.append(Block(len(text), len(text) + len(paragraph), label, "test"))
        text += paragraph + "\n\n"
    found = figures.find(text, blocks, "en")
    for item in found:
        assert text[item.start : item.end] == item.figure.as_written
    return found


def only(sentence: str) -> FoundFigure:
    (found,) = find(sentence)
    return found


def key(*paragraphs: str, labels: tuple[Label, ...] = ()) -> list[KeyFigure]:
    return [item.figure for item in find(*paragraphs, labels=labels) if item.key]


# ---------------------------------------------------------------- what it says of a figure


@pytest.mark.parametrize(
    ("sentence", "bound"),
    [
        ("The bakery sold more than 900 loaves.", "more"),
        ("It takes at least 40 litres.", "more"),
        ("Nearly 300 ferries were late.", "about"),
        ("Some 40 km of track are closed.", "about"),
        ("Guests pay up to €80.", "less"),
        ("The bridge cost just under £5m.", "less"),
        ("Bring 20 litres or more.", "more"),
        ("The pump moves ~40 litres.", "about"),
        ("The bridge cost £5m.", None),
    ],
)
def test_bound(sentence: str, bound: str | None) -> None:
    assert only(sentence).figure.bound == bound


@pytest.mark.parametrize(
    ("sentence", "direction"),
    [
        ("Fares rose 4%.", "up"),
        ("Fares fell by about 4 per cent.", "down"),
        ("Ostlund shares were up €2.", "up"),
        ("The yard cut prices by 12%.", "down"),
        ("Barley at -3% led the losses.", "down"),
        ("Barley made up 70% of the crop.", None),
        ("Barley cost €70.", None),
    ],
)
def test_direction(sentence: str, direction: str | None) -> None:
    assert only(sentence).direction == direction


@pytest.mark.parametrize(
    ("sentence", "against"),
    [
        ("Fares rose 4% from the same period in 2019.", "same period in 2019"),
        ("Fares are 4% higher than a year ago.", "year ago"),
        ("Fares rose 4% year on year.", "year on year"),
        ("Fares rose 4% over the past decade.", None),
    ],
)
def test_versus(sentence: str, against: str | None) -> None:
    assert find(sentence)[0].versus == against


@pytest.mark.parametrize(
    ("sentence", "period"),
    [
        (
            "Ferries carried 90,000 cars in the first nine months of the year 2024.",
            "first nine months of 2024",
        ),
        ("In March 2024, ferries carried 90,000 cars.", "March 2024"),
        ("Ferries carried 90,000 cars last year.", "last year"),
        ("Ferries carried 90,000 cars.", None),
    ],
)
def test_period(sentence: str, period: str | None) -> None:
    assert next(item for item in find(sentence) if item.figure.unit == "car").figure.period == period


@pytest.mark.parametrize(
    ("sentence", "label"),
    [
        ("Ostlund’s results for the winter showed that revenue totalled €40m.", "Ostlund revenue"),
        ("The clinic reports a recovery rate of 91%.", "recovery rate"),
        ("Ticket sales in the north fell by more than 12%.", "Ticket sales in the north"),
        ("The town signed a €90,000 contract.", "contract"),
        ("A 7% drop in harbour traffic followed.", "harbour traffic"),
        ("The survey asked 60% of pupils.", "share of pupils asked"),
        ("In the flood 140 cattle were killed.", "cattle killed"),
    ],
)
def test_label(sentence: str, label: str) -> None:
    assert only(sentence).figure.label == label


# ---------------------------------------------------------------- change and equivalents


def test_a_change_behind_the_figure_and_its_equivalent() -> None:
    money, dollars, share = find(
        "Ostlund’s sales reached 40 million euros ($46m), up 9.5% from the same quarter in 2023."
    )
    assert money.figure.currency == "EUR"
    assert money.figure.unit == "euro"
    assert [(equal.value, equal.currency) for equal in money.figure.equivalents] == [(46_000_000, "USD")]
    change = money.figure.change
    assert change is not None
    assert (change.as_written, change.value, change.unit) == ("up 9.5%", 9.5, "percentage")
    assert (change.direction, change.versus) == ("up", "same quarter in 2023")
    assert money.key
    assert not dollars.key
    assert not share.key


@pytest.mark.parametrize(
    ("sentence", "written", "value", "direction"),
    [
        ("Exports fell 7% to €40m.", "fell 7%", 7, "down"),
        ("Exports reached €40m in June, an increase of 7% on the year.", "an increase of 7%", 7, "up"),
        ("The index gained 0.4 per cent at 812 points.", "gained 0.4 per cent", 0.4, "up"),
        ("Exports grew by €2m to €40m.", "grew by €2m", 2_000_000, "up"),
    ],
)
def test_another_number_states_the_change(sentence: str, written: str, value: float, direction: str) -> None:
    changes = [item.figure.change for item in find(sentence) if item.key]
    assert [(change.as_written, change.value, change.direction) for change in changes if change] == [
        (written, value, direction)
    ]
    assert len(changes) == 1


def test_a_figure_that_is_a_change_itself() -> None:
    change = only("Fares fell 3 per cent.").figure.change
    assert change is not None
    assert (change.as_written, change.value, change.direction) == ("fell 3 per cent", 3, "down")


@pytest.mark.parametrize(
    ("sentence", "earlier", "direction"),
    [
        ("Unemployment fell from 11.4% to 2.6%.", 11.4, "down"),
        ("Profit rose to €40m from €38m a year earlier.", 38_000_000, "up"),
        ("The port handled 3m tonnes, compared with 4m tonnes in 2019.", 4_000_000, "down"),
    ],
)
def test_the_earlier_value(sentence: str, earlier: float, direction: str) -> None:
    change = find(sentence)[0].figure.change
    assert change is not None
    assert change.previous is not None
    assert (change.previous.value, change.direction) == (earlier, direction)


def test_a_movement_is_shown_where_it_ended() -> None:
    found = find("Unemployment fell from 11.4% to 2.6%.")[0]
    assert (found.figure.as_written, found.figure.value, found.span) == ("2.6%", 2.6, (11.4, 2.6))
    assert found.figure.change is not None
    assert (found.figure.change.as_written, found.figure.change.value) == ("from 11.4% to 2.6%", 8.8)


def test_the_change_in_the_next_sentence() -> None:
    price = find("The average flat sold for €240,000. That's down by 6% compared to a year ago.")[0]
    assert price.figure.change is not None
    assert (price.figure.change.value, price.figure.change.direction) == (6, "down")


def test_a_spread_is_no_change() -> None:
    spread = only("Prices range from €200 to €400.").figure
    assert spread.value == (200, 400)
    assert spread.change is None


def test_bare_degrees_are_on_the_scale_the_article_names() -> None:
    assert [
        item.figure.unit for item in find("It was 31 degrees Celsius in Alder Bay.", "Morrow had 28 degrees.")
    ] == ["celsius", "celsius"]
    assert only("The sail turned 28 degrees.").figure.unit == "degree"


# ---------------------------------------------------------------- the box


@pytest.mark.parametrize(
    "sentence",
    [
        "The iPhone 12 and a 5G mast stood in the hall in 2019.",
        "Ida Ames, 44, met her 15-year-old cousin on 14 June at 4:33pm.",
        "Morrow beat Alder 3-1, the 3rd win in a row.",
        "Call 020 7946 0018 or write to 12 Harbour Road.",
        "The two sides met one day in Room 9.",
        "It all began ten years ago.",
    ],
)
def test_decoys_are_not_key(sentence: str) -> None:
    assert key(sentence) == []


def test_at_most_five_and_numbered_in_the_order_of_the_text() -> None:
    chosen = key(*(f"Plant {name} made €{name}0m." for name in range(2, 11)))
    assert [figure.id for figure in chosen] == ["f1", "f2", "f3", "f4", "f5"]
    assert chosen[0].as_written == "€20m"


def test_one_value_is_key_once() -> None:
    chosen = key("Sales hit €40m", "Ostlund said sales hit €40m.", labels=("title", "body"))
    assert [figure.as_written for figure in chosen] == ["€40m"]


def test_debris_byline_and_dateline_are_not_read() -> None:
    assert find("Win €900!", "By Ida Ames, €5", "MORROW, €5", labels=("debris", "byline", "dateline")) == ()


def test_ids_only_for_key_figures() -> None:
    found = [(item.key, item.figure.id) for item in find("Two boats cost €40m.")]
    assert found == [(False, ""), (True, "f1")]


def test_a_prison_term_is_key_and_a_long_time_ago_is_not() -> None:
    assert [figure.value for figure in key("Ames was jailed for 11 years. The case began 12 years ago.")] == [
        11
    ]


# ---------------------------------------------------------------- the real seed


SEED = Path(__file__).parents[2] / "shared" / "seeds"


@pytest.mark.skipif(not SEED.is_dir(), reason="the folder ../shared with the real seed is not here")
def test_the_real_seed_has_one_key_figure() -> None:
    text = next(SEED.glob("*.txt")).read_text(encoding="utf-8")
    blocks = [Block(found.start(), found.end(), "body", "line") for found in re.finditer(r"[^\n]+", text)]
    (figure,) = [item.figure for item in figures.find(text, blocks, "en") if item.key]
    assert (figure.currency, figure.period) == ("CNY", "first nine months of 2020")
    assert figure.label is not None
    assert "revenue" in figure.label
    assert figure.change is not None
    assert figure.change.direction == "up"
    assert [equal.currency for equal in figure.equivalents] == ["USD"]
