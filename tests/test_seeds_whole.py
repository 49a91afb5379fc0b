"""Whole articles of kinds that editors paste: what is found in each, from the headline to the figures."""

from __future__ import annotations

from datetime import date

from sitegen.model import Seed
from sitegen.seeds.convert import understand
from sitegen.seeds.found import Conversion

PRESS_RELEASE = """FOR IMMEDIATE RELEASE

Halvorsen Marine wins €84 million order for six electric ferries

BERGEN, Norway, 12 October 2026 – Halvorsen Marine ASA (OSE: HALV) today announced that it has signed a \
contract worth €84 million ($91.6 million) with the Coastal Transport Authority for six battery-electric \
ferries.

“This contract shows that zero-emission shipping is no longer a pilot project,” said Ingrid Solbakken, \
chief executive officer of Halvorsen Marine.

Third-quarter revenue rose 12.4% to €118.2 million from €105.2 million, the company said on Monday.
"""

LAKH_AND_CRORE = """Sundaram Textiles Q2 profit jumps 38% to Rs 214 crore

Our Bureau | Coimbatore | Updated: November 7, 2026 09:41 PM IST

Sundaram Textiles Ltd on Friday reported a 38 per cent rise in consolidated net profit to ₹214 crore for \
the quarter. It had posted a profit of ₹155 crore in the same period last year.

Revenue from operations grew 11.6 per cent year-on-year to ₹3,872 crore.

“Export demand is back, and we are sold out until February,” K. R. Venkataraman, Managing Director, told \
analysts on a call. “We will add 2.4 lakh spindles by FY28,” Venkataraman said.
"""

NEWSLETTER = """The Grid Letter
Issue 212 | Friday 23 January 2026
View in browser

Good morning. Batteries, bills and one very expensive cable.

Batteries overtake pumped hydro

Grid batteries supplied 6.1% of Eastland's evening peak last week, more than pumped hydro for the first \
time, according to the grid operator. Capacity has tripled in two years to 4.8 gigawatts.

Bills to rise in April

The regulator will lift the price cap by £47 to £1,785 a year for a typical household. Campaigners \
called the rise wrong.

Unsubscribe | Manage preferences
"""

INTERVIEW = """‘I never wanted to be a symbol’: an interview with Yara Benhaddou

The violinist talks about exile, silence and her first recording in nine years.

Interview by Clara Voss

Yara Benhaddou is 58. She lives in a flat above a bakery in Lyon, with two cats and about 4,000 records.

Critics say that she is the conscience of Algiers, and she says that she would rather be left alone with \
Bach.
"""

COURT = """Council leader calls parking plan 'a tax on nurses'

By Priya Natarajan
Local Democracy Reporter

Published 4 March 2026, 08:15 GMT

Margaret Oyelaran said the proposals, due to start on 1 May, were 'nothing short of a tax on nurses' and \
would hit the lowest paid hardest.

'I've spoken to people who are already choosing between heating and eating,' she told the full council \
on Monday. 'They can't find another £103 a month. It isn't there.'

The hospital trust said in a statement that repairs of the workers' car park would take 'days, not \
weeks'. They began at 4.20 this morning.
"""


def understood(text: str) -> Conversion:
    return understand(Seed("seeds/a.txt", "0" * 64, text))


def labels(found: Conversion) -> dict[str, list[str]]:
    """The words of the blocks by their label."""
    held: dict[str, list[str]] = {}
    for block in found.blocks:
        held.setdefault(block.label, []).append(found.seed.text[block.start : block.end])
    return held


def test_a_press_release_says_its_day_and_place_before_its_first_sentence() -> None:
    found = understood(PRESS_RELEASE)
    assert (found.date, found.dateline) == (date(2026, 10, 12), "Bergen, Norway")
    assert "zero" not in " ".join(figure.figure.as_written for figure in found.figures)
    revenue = next(item.figure for item in found.figures if item.figure.as_written == "€118.2 million")
    assert revenue.label == "Third-quarter revenue"
    assert revenue.change is not None and revenue.change.value == 12.4


def test_initials_and_a_last_name_are_a_full_name_and_year_on_year_names_nothing() -> None:
    found = understood(LAKH_AND_CRORE)
    said = {(quote.quote.speaker, quote.quote.role) for quote in found.speech.quotes}
    assert said == {("K. R. Venkataraman", "Managing Director")}
    assert "K. R. Venkataraman" in found.speech.people
    told = {item.figure.as_written: (item.figure.value, item.figure.label) for item in found.figures}
    assert told["₹3,872 crore"] == (38_720_000_000, "Revenue from operations")
    assert told["₹155 crore"] == (1_550_000_000, "profit")


def test_the_greeting_of_a_newsletter_is_kept_and_its_first_heading_is_one() -> None:
    found = labels(understood(NEWSLETTER))
    assert found["subhead"] == ["Batteries overtake pumped hydro", "Bills to rise in April"]
    assert found["body"][0].startswith("Good morning.")
    assert found["debris"] == ["View in browser", "Unsubscribe | Manage preferences"]


def test_an_interview_has_its_standfirst_its_writer_and_an_age_that_is_no_figure() -> None:
    found = understood(INTERVIEW)
    assert (
        found.standfirst == "The violinist talks about exile, silence and her first recording in nine years."
    )
    assert found.byline == "Clara Voss"
    age = next(item.figure for item in found.figures if item.figure.as_written == "58")
    assert age.unit == "year of age"


def test_single_marks_and_a_writers_job() -> None:
    found = understood(COURT)
    assert labels(found)["byline"] == ["By Priya Natarajan", "Local Democracy Reporter"]
    assert found.byline == "Priya Natarajan"
    quotes = {quote.quote.text: quote.quote.speaker for quote in found.speech.quotes}
    assert quotes["nothing short of a tax on nurses"] == "Margaret Oyelaran"
    assert quotes["They can't find another £103 a month. It isn't there."] == "Margaret Oyelaran"
    assert "days, not weeks" in quotes
    assert not any(item.figure.as_written == "4.20" for item in found.figures)
