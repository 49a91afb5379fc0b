"""What an editor would be ashamed of in a box of figures: fragments, decoys, a change shown as a figure."""

from __future__ import annotations

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
    return figures.find(text, blocks, "en")


def key(*paragraphs: str, labels: tuple[Label, ...] = ()) -> list[KeyFigure]:
    return [item.figure for item in find(*paragraphs, labels=labels) if item.key]


def only_key(*paragraphs: str, labels: tuple[Label, ...] = ()) -> KeyFigure:
    (figure,) = key(*paragraphs, labels=labels)
    return figure


# ---------------------------------------------------------------- labels


@pytest.mark.parametrize(
    ("sentence", "label"),
    [
        # what a verb makes of the amount
        ("The barge cost 96 million euros.", "cost of the barge"),
        ("A new roof at Morrow costs between €18m and €22m.", "cost of a new roof at Morrow"),
        ("The work, which costs 5.4 million euros, starts in May.", "cost of the work"),
        ("Moving the market will cost 85 million euros.", "cost of moving the market"),
        ("Keeping the disused line clear cost taxpayers €1.1m.", "cost of keeping the disused line clear"),
        ("A tanker sold for breaking fetched $684 a tonne.", "price of a tanker sold for breaking"),
        ("The average flat sold for €240,000.", "price of the average flat"),
        ("A robot arm bought in 2015 for €9m never worked.", "price of a robot arm"),
        ("Hedda Ames sold her crop for €214 a tonne.", "price of crop"),
        ("A bulk carrier will pay $570,000 for a passage.", "price of a passage"),
        ("Ships passing through the Sound will pay $11 a tonne.", "paid by ships passing through the Sound"),
        ("Ostlund Terminals will pay the town €48 million.", "paid by Ostlund Terminals"),
        ("The port has spent €63 million on cameras and cables.", "spent on cameras and cables"),
        ("The port would spend €14m ($15m) on fans.", "spent on fans"),
        ("Ostlund, the largest baker in Morrow, raised €40m.", "raised by Ostlund"),
        ("The detour costs the same ship $402,000 in tolls.", "tolls"),
        ("The order is worth €9m.", "value of the order"),
        # what is counted, and what became of it
        ("The terminal handled 1.84 million containers.", "containers handled"),
        ("The port shipped 3.2 million tonnes of barley.", "barley shipped"),
        ("Claims were made for 146 boxes lost overboard.", "boxes lost"),
        ("The yards employ 11,800 people.", "people employed"),
        ("Since May 1,912 vessels calling at the pier have stopped.", "vessels calling at the pier"),
        ("In May 214 ships sailed round the cape.", "ships that sailed round the cape"),
        ("About 15,000 people took to the streets.", "people who took to the streets"),
        ("Some 2,300 signatures against the mast were handed in.", "signatures against the mast"),
        ("Last year they lost 1,640 working days to injury.", "working days lost"),
        # shares
        ("Barges carried 46% of the grain.", "share of the grain carried"),
        ("The wings saved 9% of her fuel.", "share of fuel saved"),
        ("The nurses fail in 27% of patients without a vein.", "share of patients without a vein"),
        ("40 percent of households have a car.", "households that have a car"),
        # what a verb says of its subject
        ("But the average cost of each claim rose to €88,000.", "average cost of each claim"),
        ("The cost of searching, where anyone searched, rose to €41,000.", "cost of searching"),
        ("Over a call, the time that engines are left running fell by 40%.",
         "time that engines are left running"),
        ("Traffic through the strait fell 4.5%.", "Traffic through the strait"),
        ("In tests this spring the number of moves rose 14%.", "number of moves"),
        ("Wheat was hardest hit, with a fall of 18%.", "Wheat"),
        ("Ships that take our power in winter doubled to 90%.", "Ships"),
        ("Gross product (GDP) grew by 2.55%.", "Gross product"),
        ("Investments in Morrow recorded a 70% increase.", "Investments in Morrow"),
        ("The Alder index gained 0.3% at 812 points.", "Alder index"),
        ("The increase in the base rate to a range of 4% to 5% was expected.", "increase in the base rate"),
        ("The company puts the saving in fuel at €71 million.", "saving in fuel"),
        ("Orders worth €27bn came in.", "Orders"),
    ],
)  # fmt: skip
def test_a_label_is_a_sound_noun_phrase(sentence: str, label: str) -> None:
    assert find(sentence)[0].figure.label == label


@pytest.mark.parametrize(
    "sentence",
    [
        "She wants 5% more.",
        "It brought 27 million crowns.",
    ],
)
def test_rather_no_label_than_a_fragment(sentence: str) -> None:
    assert find(sentence)[0].figure.label is None


@pytest.mark.parametrize(
    ("sentence", "label"),
    [
        ("They hope to spend a further €310 million.", "spent"),
        ("There will be 200 stalls.", "stalls"),
        ("Anyone can win €5m.", "won"),
        ("Ames was jailed for 11 years.", "jailed"),
        ("He faces a maximum of 10 years in prison.", "prison"),
        ("The two and a half year ban imposed on the harbour ended.", "ban"),
    ],
)
def test_a_key_figure_has_a_plain_label_rather_than_none(sentence: str, label: str) -> None:
    found = find(sentence)[0]
    assert (found.key, found.figure.label) == (True, label)


@pytest.mark.parametrize("sentence", ["Exports grew by €2m to €40m.", "The index gained 0.4% at 812 points."])
def test_what_moved_is_named_by_its_change(sentence: str) -> None:
    change, figure = find(sentence)
    assert figure.key and figure.figure.label == change.figure.label is not None


def test_what_nothing_names_is_not_key() -> None:
    assert not key("It was closer to 40,000.")


@pytest.mark.parametrize(
    ("sentence", "value", "unit", "direction"),
    [
        ("Unemployment rose to 3.2% in May from 2.9% in April.", 0.3, "percentage point", "up"),
        ("Turnout fell from 61% to 55%.", 6, "percentage point", "down"),
        ("Exports rose from €40m to €44m.", 4_000_000, "euro", "up"),
    ],
)
def test_shares_move_by_percentage_points(sentence: str, value: float, unit: str, direction: str) -> None:
    change = only_key(sentence).change
    assert change is not None
    assert (change.value, change.unit, change.direction) == (value, unit, direction)


def test_the_better_labelled_figure_is_key() -> None:
    chosen = key(
        *(f"Plant {name} made profits worth €{name}0m." for name in range(2, 7)),
        "They spoke of a further €900m.",
    )
    assert "€900m" not in [figure.as_written for figure in chosen]


# ---------------------------------------------------------------- money


@pytest.mark.parametrize(
    ("sentence", "unit", "currency"),
    [
        ("Sales came to 418 million crowns ($61m) in May.", "crown", None),
        ("Sales came to 418 million guilders ($61m) in May.", "guilder", None),
        ("Sales came to 418 million kroner ($61m) in May.", "krone", None),
        ("Sales came to 418 million Norwegian kroner ($61m) in May.", "norwegian krone", "NOK"),
    ],
)
def test_dollars_in_a_bracket_are_an_equivalent(sentence: str, unit: str, currency: str | None) -> None:
    figure = only_key(sentence)
    assert (figure.unit, figure.currency, figure.label) == (unit, currency, "Sales")
    assert [(equal.value, equal.currency) for equal in figure.equivalents] == [(61_000_000, "USD")]


def test_people_in_front_of_a_bracket_are_no_money() -> None:
    assert [item.figure.equivalents for item in find("It fed 40 sailors ($61 each).")] == [(), ()]


def test_bare_kroner_are_those_the_article_names() -> None:
    first, second = find("They saved 71 million Danish kroner.", "The arm cost 9 million kroner.")
    assert (first.figure.currency, second.figure.currency) == ("DKK", "DKK")
    mixed = find(
        "They saved 7 million Danish kroner or 8 million Norwegian kroner.", "It cost 9 million kroner."
    )
    assert (mixed[-1].figure.unit, mixed[-1].figure.currency) == ("krone", None)


def test_pounds_are_money_where_the_article_pays_in_sterling() -> None:
    assert find("The claim was £900.", "A box gets a lamp for forty pounds.")[-1].figure.currency == "GBP"
    assert find("The claim was £900.", "The lamp weighs forty pounds.")[-1].figure.unit == "pound-mass"
    assert find("The claim was $900.", "A box gets a lamp for forty pounds.")[-1].figure.unit == "pound-mass"


def test_a_bare_million_that_is_paid_is_the_money_before_it() -> None:
    found = find("Eleven offices cost €310 million last year. The new one will cost 140 million.")
    assert found[-1].figure.currency == "EUR"


def test_a_symbol_begins_its_figure() -> None:
    assert find("On an earlier, $250 billion list.")[0].figure.as_written == "$250 billion"


# ---------------------------------------------------------------- change


@pytest.mark.parametrize(
    ("sentence", "written", "change", "earlier"),
    [
        ("Sales were €418m ($450m) in the first nine months of 2026, up 23% from the same period in 2025.",
         "€418m", 23, None),
        ("The port shipped 3.2 million tonnes of barley in the third quarter, down 12% on the year before.",
         "3.2 million tonnes", 12, None),
        ("Yards held orders worth €27bn at the end of May, up 34% from €20bn a year earlier.",
         "€27bn", 34, 20_000_000_000),
        ("Ships will pay $11.40 a tonne from 1 May, up 8% from the $10.56 they paid.",
         "$11.40 a tonne", 8, 10.56),
        ("Claims were made for 146 boxes lost overboard in the first half, down 28% from 203.",
         "146 boxes", 28, 203),
        ("In May 214 ships sailed round the cape rather than wait for days on end, up 62% from 132.",
         "214 ships", 62, 132),
        ("A ferry costs €410 million, about 12% more than a plain one.", "€410 million", 12, None),
        ("The yards employ 11,800 people, 1,900 more than last autumn.", "11,800 people", 1900, None),
        ("They lost 1,640 working days to injury, up from 1,210 in 2021.", "1,640 working days", 430, 1210),
        ("The cost of searching went up from €29,500 to €41,000 per box.", "€41,000 per box", 11_500, 29_500),
        ("The average wait has grown to 19 hours from 13 hours a year ago.", "19 hours", 6, 13),
        ("A ship fetched $684 per tonne of steel,\nup 17% from $585 in May.", "$684 per tonne", 17, 585),
    ],
)  # fmt: skip
def test_a_percentage_with_its_base_is_its_change(
    sentence: str, written: str, change: float, earlier: float | None
) -> None:
    figure = only_key(sentence)
    assert figure.as_written == written
    assert figure.change is not None
    assert figure.change.value == change
    assert (figure.change.previous.value if figure.change.previous else None) == earlier


def test_a_rate_stays_with_its_number() -> None:
    (found,) = find("The number of moves rose from 24 to 27.5 an hour.")
    assert (found.figure.as_written, found.figure.label) == ("27.5 an hour", "number of moves")


def test_what_the_change_compares_with() -> None:
    sentence = "The pier saw 1,912 ships. That is 59% more than in the same nine months of last year."
    figure = only_key(sentence)
    assert figure.change is not None
    assert figure.change.versus == "same nine months of last year"
    plain = only_key("A ferry costs €410 million, about 12% more than a plain one.")
    assert plain.change is not None
    assert plain.change.versus == "a plain one"


@pytest.mark.parametrize(
    "sentence",
    [
        "It has handled 11,200 lorries since then, more than a third of the total.",
        "38 ships belonged to owners with fewer than three.",
        "The car goes from zero to 60 mph in five seconds.",
        "They want the five hundred passages cut to three hundred.",
    ],
)
def test_no_change_where_nothing_moved(sentence: str) -> None:
    assert [item.figure.change for item in find(sentence) if item.figure.change] == []


def test_a_day_is_nothing_to_compare_with() -> None:
    assert find("It had 12,500 employees on June 30.")[0].versus is None
    assert find("Barley is at €60, down 2% on the day.")[1].versus is None


# ---------------------------------------------------------------- periods


@pytest.mark.parametrize(
    ("sentence", "written", "period"),
    [
        ("It pays €48 million for a signal box that has been a café since 2004.", "€48 million", None),
        ("Lorries wait 71 minutes at the gate, against 44 minutes in 2023.", "71 minutes", None),
        ("In May, 40 ships and 90 boats came.", "90 boats", "May"),
        ("The harbour society asked in March for two lifts, at €2 million each.", "€2 million", None),
        ("Yards held €27bn of orders at the end of May 2026.", "€27bn", "end of May 2026"),
        ("Ships will pay $11 from 1 May 2027.", "$11", "1 May 2027"),
        ("Results for the year 2020 showed that sales reached €27bn.", "€27bn", "2020"),
        ("Last year the port sold €27bn of grain.", "€27bn", "last year"),
        ("MORROW, May 4 - Ships will pay $11.", "$11", None),
    ],
)
def test_a_period_is_its_own_clause_s(sentence: str, written: str, period: str | None) -> None:
    (found,) = (item for item in find(sentence) if item.figure.as_written == written)
    assert found.figure.period == period


# ---------------------------------------------------------------- what is key


def test_the_exact_figure_wins_over_its_rounding() -> None:
    chosen = key(
        "Nearly two thousand vessels came to Morrow.",
        "Since May 1,912 vessels have come.",
        labels=("standfirst", "body"),
    )
    assert [figure.as_written for figure in chosen] == ["1,912 vessels"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The licence came after 1,140 pages.",
        "The mast leaned seven degrees.",
        "They sat below a forty-tonne box.",
        "The ship, of 4,300 tonnes, went home.",
        "It takes more than two tonnes of it.",
        "Less than half of the 2.4 million proposed came.",
        "Berths 9 to 14 and cranes 7 to 12 are closed.",
        "She asked only that the 12.40 be on time.",
    ],
)
def test_trifles_are_not_key(sentence: str) -> None:
    assert key(sentence) == []


@pytest.mark.parametrize(
    "sentence", ["Berths 9 to 14 are shut.", "Cranes 7 and 8 stood.", "He took the 12.40."]
)
def test_numbers_of_places_and_trains_are_none(sentence: str) -> None:
    assert find(sentence) == ()


def test_a_wait_that_grew_is_key() -> None:
    assert only_key("The average wait has grown to 19 hours from 13 hours.").label == "average wait"


def test_nothing_is_key_in_a_language_that_is_not_read() -> None:
    foreign = "Il porto ha venduto navi per 40 milioni e il sindaco dice che costano €40m di più ogni anno. "
    assert key(foreign * 6) == []
    assert find(foreign * 6)


# ---------------------------------------------------------------- words between, small units


@pytest.mark.parametrize(
    ("sentence", "written", "label"),
    [
        ("The cyclone killed at least 14 people.", "14 people", "people killed"),
        ("Reserves in pounds are now about €200 billion.", "€200 billion", "Reserves in pounds"),
        (
            "Revenue from the islands grew more than sixfold to €3.7 billion.",
            "€3.7 billion",
            "Revenue from the islands",
        ),
        ("Shares in Ostlund closed up 7.3% at €212.50.", "€212.50", "Shares in Ostlund"),
        ("The bank cut its main rate by a quarter of a point to 3.75%.", "3.75%", "main rate"),
        ("The council dropped a plan to charge drivers €4.50 a day.", "€4.50 a day", "charged"),
    ],
)
def test_a_label_past_what_stands_between(sentence: str, written: str, label: str) -> None:
    figure = only_key(sentence)
    assert (figure.as_written, figure.label) == (written, label)


@pytest.mark.parametrize(
    ("sentence", "value", "unit", "change"),
    [
        ("Turnout was 61.2%, up 3.4 points on 2022.", 61.2, "percentage", (3.4, "percentage point", "up")),
        ("Turnout rose 3.4 points to 61.2%.", 61.2, "percentage", (3.4, "percentage point", "up")),
        (
            "The rate was cut by a quarter of a percentage point to 3.75%.",
            3.75,
            "percentage",
            (0.25, "percentage point", "down"),
        ),
    ],
)
def test_points_of_shares(sentence: str, value: float, unit: str, change: tuple[float, str, str]) -> None:
    figure = only_key(sentence)
    assert (figure.value, figure.unit) == (value, unit)
    assert figure.change
    assert (figure.change.value, figure.change.unit, figure.change.direction) == change


def test_a_speed_in_a_bracket_is_an_equivalent() -> None:
    figure = only_key("Winds reached 120 kilometres per hour (75 mph).")
    assert [amount.as_written for amount in figure.equivalents] == ["75 mph"]


@pytest.mark.parametrize(
    "sentence",
    [
        "A poll of 1,012 adults asked them.",
        "It would fill 275 Olympic pools.",
        "He asked for 12,000 double-decker buses.",
    ],
)
def test_samples_and_yardsticks_are_not_key(sentence: str) -> None:
    assert key(sentence) == []


def test_plus_or_minus_is_no_sign_and_feet_and_inches_are_no_figures() -> None:
    (error,) = find("The error is plus or minus 3 percentage points.")
    assert error.figure.value == 3
    assert find("At 6'3\" he is a familiar sight.") == ()


def test_the_day_of_a_dateline_is_no_period() -> None:
    figure = only_key(
        "SALTBY, Nov 4 (Harbour Wire) - Ostlund made a profit of €48 million in the third quarter."
    )
    assert figure.period == "third quarter"
