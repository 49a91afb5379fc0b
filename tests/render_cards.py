"""Cards, editions and rows of figures: what listings and editions are made of, all invented."""

from __future__ import annotations

from datetime import date as Day

from sitegen.model import (
    Change,
    KeyFigure,
    Quote,
)
from sitegen.views import (
    Card,
    EditionBlock,
    EditionContent,
    EditionLink,
    Link,
    NumberRow,
    Pagination,
)
from tests.render_fixtures import ARTICLE, COST, CREDIT, SAID_QUIET, SHARE, TONNAGE, WAIT, card

TOP = Card(
    ARTICLE.id,
    ARTICLE.url,
    ARTICLE.title,
    CREDIT,
    ARTICLE.standfirst,
    Link("Locks", "/topics/locks/"),
    "top",
    figure=TONNAGE,
    quote=SAID_QUIET,
)
DEK = "The board will reopen the line its grandparents closed. Every fifth crate may go by rail."
LENGTH = KeyFigure("f1", "212 kilometres", 212, label="disused line bought from the state", unit="kilometre")
TOLL = KeyFigure(
    "f1",
    "$11.40 a tonne",
    11.4,
    label="transit toll, Kessary Cut",
    currency="USD",
    period="from 1 January 2027",
    change=Change("up 8%", 8, "percentage", "up", "this year"),
)
LOST = KeyFigure(
    "f1",
    "146 boxes",
    146,
    label="crates lost overboard, reported claims",
    unit="box",
    period="first half of 2026",
    change=Change("down 28%", 28, "percentage", "down", "first half of 2025"),
)
CAPTAIN = Quote(
    "q1",
    "I was asked whether the boat could do it. Nobody had asked whether the crew should.",
    "Yusra Belhame",
    "master of the Sunny Reach",
    featured=True,
)

BLOCKS = (
    EditionBlock(
        "locks",
        "Locks and weirs",
        "lead",
        (
            card(
                1,
                "Casterhaven buys a railway that nobody wanted, and 212 kilometres of patience",
                standfirst=DEK,
                kicker=Link("Rail", "/topics/rail/"),
                weight="lead",
                figure=LENGTH,
            ),
            card(
                2,
                "Dredgers return to Orrin Reach after nine years’ truce with the mussel beds",
                standfirst="A smaller plan, and a biologist with the power to stop the pumps.",
                kicker=Link("Dredging", "/topics/dredging/"),
                slot="side",
            ),
            card(
                3,
                "Port Lindell’s crane drivers will work from an office in the next town",
                standfirst="The union agrees to a year’s trial if the crews may choose the chairs.",
                kicker=Link("Automation", "/topics/automation/"),
                slot="half",
            ),
            card(
                4,
                "Ilmarra opens a night gate for fruit, and the ring road exhales",
                weight="brief",
                slot="half",
            ),
        ),
    ),
    EditionBlock(
        "boats",
        "Boats and fuel",
        "lead",
        (
            card(
                5,
                "Ammonia trial ends a month early, on the captain’s word",
                standfirst="The engine ran for eleven weeks. Her master writes of ventilation.",
                kicker=Link("Fuel", "/topics/fuel/"),
                weight="lead",
                quote=CAPTAIN,
            ),
            card(
                6,
                "Sails are back on the Kessary run, and this time they fold",
                standfirst="Six voyages, four rigid wings and one cook who has learnt to lean.",
                kicker=Link("Wind", "/topics/wind/"),
                slot="side",
            ),
            card(
                7,
                "Old barges have not been worth so much to the breakers since the last glut",
                weight="brief",
                slot="side",
            ),
        ),
    ),
    EditionBlock(
        "plain",
        "Pilots",
        "lead",
        (
            card(
                11,
                "Tarn pilots ask for younger knees",
                standfirst="The channel is to have a lift.",
                weight="lead",
            ),
            card(
                12,
                "A thin harvest, and room on the grain quay",
                standfirst="Two silos in five stand empty.",
                slot="side",
            ),
        ),
    ),
    EditionBlock(
        "rules",
        "Trade and rules",
        "row",
        (
            card(
                8,
                "Kessary raises its toll for the third time in a year",
                standfirst="The commission says the money is for buoys. Shippers have counted them.",
                kicker=Link("Tolls", "/topics/tolls/"),
                figure=TOLL,
            ),
            card(
                9,
                "Insurers rewrite the small print on boxes that fall into the water",
                standfirst="Fewer were lost, but those that were cost more to find.",
                kicker=Link("Insurance", "/topics/insurance/"),
                figure=LOST,
            ),
            card(
                10,
                "One pension for every lockkeeper, after forty years of eleven",
                standfirst="Members vote to merge funds that had never shared so much as a ledger.",
                kicker=Link("Labour", "/topics/labour/"),
                figure=SHARE,
            ),
        ),
    ),
)
LATEST = (
    card(
        13,
        "Velmoran yards fill their order books with hybrid barges",
        standfirst=DEK,
        kicker=Link("Yards", "/topics/yards/"),
    ),
    card(14, "The substation that opened two months early", kicker=Link("Grid", "/topics/grid/")),
    card(15, "Sankt Orla’s ferries have been plugged in for twenty years", standfirst="What did they learn?"),
)
EARLIER = (
    EditionLink(147, "The cut, the toll and the long way round", "/editions/147/", Day(2026, 11, 13), 9),
    EditionLink(146, "What a crate weighs when nobody looks", "/editions/146/", Day(2026, 11, 6), 12),
    EditionLink(None, "Week 44", "/editions/2026-w44/", Day(2026, 10, 30), 4),
)
NOTE = """\
Locks have always been loud, and we have always taken the noise for work.

Elsewhere a captain ends an experiment with a sentence that deserves to be [framed](/articles/story-5/).
"""
EDITION = EditionContent(
    148,
    "A quieter kind of lock",
    "/editions/148/",
    Day(2026, 11, 20),
    11,
    42,
    NOTE,
    "Ottilie Brandreth",
    TOP,
    BLOCKS,
    EARLIER[0],
    None,
)
ROWS = (
    NumberRow(
        TOLL,
        "Kessary raises its toll for the third time in a year",
        "/articles/story-8/",
        "Kessary Ledger",
        Day(2026, 11, 19),
        ("tolls",),
    ),
    NumberRow(
        LENGTH,
        "Casterhaven buys a railway that nobody wanted",
        "/articles/story-1/",
        "Lindell Evening Post",
        Day(2026, 11, 19),
    ),
    NumberRow(TONNAGE, ARTICLE.title, ARTICLE.url, "Hexley Courier", Day(2026, 11, 18)),
    NumberRow(WAIT, ARTICLE.title, ARTICLE.url, "Hexley Courier", Day(2026, 11, 18)),
    NumberRow(COST, ARTICLE.title, ARTICLE.url, "Hexley Courier", Day(2026, 11, 18)),
    NumberRow(LOST, "Insurers rewrite the small print", "/articles/story-9/", None, None),
    NumberRow(
        SHARE, "One pension for every lockkeeper", "/articles/story-10/", "Hexley Courier", Day(2026, 11, 14)
    ),
)
PAGES_2 = Pagination(2, 3, "/topics/locks/", "/topics/locks/3/")
