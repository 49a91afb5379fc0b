"""Views to render in tests and to look at in a browser: one of every kind of page, all invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from datetime import date as Day
from pathlib import Path

from sitegen.model import (
    Amount,
    Article,
    Change,
    Correction,
    Image,
    KeyFigure,
    Quote,
    Source,
)
from sitegen.render.theme import load
from sitegen.views import (
    Card,
    Credit,
    FeedLink,
    Head,
    Link,
    SiteInfo,
)

WORDS = load(Path(__file__).parent / "nowhere", "base", "en-GB").words
SITE = SiteInfo(
    title="The Lockkeeper",
    tagline="Rivers, canals and the people who work them",
    description="A weekly digest of reporting on inland shipping, credited and linked.",
    url="https://lockkeeper.example/digest",
    base="/digest",
    language="en-GB",
    editor="Ottilie Brandreth",
    navigation=(
        Link("Editions", "/editions/"),
        Link("Topics", "/topics/"),
        Link("People", "/people/"),
        Link("Numbers", "/numbers/"),
        Link("Archive", "/archive/"),
    ),
    footer=(Link("About", "/about/"), Link("Sources", "/sources/"), Link("RSS", "/feed.xml")),
    feeds=(
        FeedLink("The Lockkeeper (RSS)", "application/rss+xml", "/feed.xml"),
        FeedLink("The Lockkeeper (Atom)", "application/atom+xml", "/feed.atom"),
    ),
)

TONNAGE = KeyFigure(
    "f1",
    "418 million tonnes",
    418_000_000,
    label="Freight carried on the Aldery waterways",
    unit="tonne",
    period="January to September 2026",
    change=Change("up 23%", 23, "percentage", "up", "same period in 2025"),
)
COST = KeyFigure(
    "f2",
    "1.9 billion marks",
    1_900_000_000,
    label="cost of rebuilding the Hexley staircase",
    currency="XMK",
    period="2024 to 2026",
    equivalents=(Amount("$278 million", 278_000_000, currency="USD"),),
)
WAIT = KeyFigure(
    "f3",
    "2.6 hours",
    2.6,
    label="waiting time at Hexley, per barge",
    unit="hour",
    period="autumn 2026",
    change=Change("down 77%", 77, "percentage", "down", "2022", Amount("11.4 hours", 11.4, "hour")),
)
SHARE = KeyFigure("f4", "84% in favour", 84, label="Lockkeepers voting for night shifts", unit="percentage")
FIGURES = (TONNAGE, COST, WAIT, SHARE)

SAID_QUIET = Quote(
    "q1",
    "We used to open gates. Now we keep a promise, and it turns out that people will wait for one.",
    "Sunniva Tarle",
    "chief engineer of the Aldery Waterways Board",
    featured=True,
)
SAID_TRUST = Quote(
    "q2",
    "A skipper trusts a sluice he can see. We had to teach good people to trust a dial.",
    "Sunniva Tarle",
    "chief engineer of the Aldery Waterways Board",
    attribution="inferred",
    featured=True,
)
SAID_TEST = Quote(
    "q3",
    "Come back when diesel is cheap, and count the barges then",
    "Corvin Maddox",
    "analyst at Towpath Data",
)

BODY = """\
For as long as anyone in Hexley can remember, the sound of a barge going down the staircase was the
sound of men shouting. The five gates were opened by hand, in an order that only the family in the
lock house knew by heart. This autumn the gates open themselves.

Since January the canal has carried 418 million tonnes, the Aldery Waterways Board said on Wednesday.
That is 23% more than in the same nine months of last year. See [the board's register](https://board.example/register)
or [our own page](/topics/locks/).

> “We used to open gates. Now we keep a promise, and it turns out that people will wait for one.”
> — Sunniva Tarle, chief engineer of the Aldery Waterways Board

The idea is not new. What held it back was the water itself: a lock that fills by the clock wastes a
pond a day, and a pond a day is what the mills below Hexley live on.

# A gate every four minutes

Stand on the lower bridge and the machinery is hard to see. What there is of it:

- five pairs of gates, each with a motor no larger than a bread oven;
- a row of gauges, read by radio;
- one lamp, which is *green* nearly always.

### Why the mills agreed

The millers were paid in advance. Tarle, who ran the pumping station before she took over, said that
the hardest part had not been the water but the habit.

> “A skipper trusts a sluice he can see. We had to teach good people to trust a dial.”
> — Tarle

::: pull q1
:::

| Lock | Before | After |
|------|-------:|------:|
| Hexley | 11.4 h | 2.6 h |
| Under Hexley | 3 h | 1 h |

Corvin Maddox, who follows freight for Towpath Data, said the test was still to come. “Come back when
diesel is cheap, and count the barges then,” he said.
"""

SOURCE = Source(
    "Hexley Courier",
    "https://courier.example/staircase",
    "Quiet on the staircase",
    "Ines Harcastle",
    Day(2026, 11, 18),
)
ARTICLE = Article(
    id="aa0000000001",
    title="The Hexley staircase opens itself, and a town hears the weir again",
    slug="hexley-staircase",
    path="content/articles/2026/hexley-staircase.md",
    body=BODY,
    date=datetime(2026, 11, 18, 9, tzinfo=UTC),
    standfirst="Five gates that took eleven men now take none, and the rivals are asking how.",
    note="The lock house is to become a **reading room**.",
    topics=("locks", "freight"),
    source=SOURCE,
    quotes=(SAID_QUIET, SAID_TRUST, SAID_TEST),
    figures=FIGURES,
    images=(
        Image(
            "/img/staircase.svg",
            "Five gates, one above the other.",
            "The staircase in spring.",
            "Drawing: The Lockkeeper",
        ),
    ),
    corrections=(Correction(Day(2026, 11, 20), "An earlier version put the staircase in Upper Hexley."),),
    words=1100,
)
CREDIT = Credit("Hexley Courier", "https://courier.example/staircase", Day(2026, 11, 18), 5)


def head(kind: str, url: str, title: str, description: str = "", section: str = "") -> Head:
    return Head(kind, url, title, description, section)  # type: ignore[arg-type]


def card(number: int, title: str, **given: object) -> Card:
    credit = Credit(
        "The Tideway Review", "https://tideway.example/", Day(2026, 11, 10 + number % 9), 2 + number % 5
    )
    made = Card(f"bb{number:010}", f"/articles/story-{number}/", title, credit)
    return replace(made, **given)  # type: ignore[arg-type]
