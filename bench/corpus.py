"""Articles to measure with: invented, as long and as rich as a digest's, the same for the same seed.

They are written as most generators take them, with `tags`, `author` and `description` in the front
matter; `contract.py` turns one into an article of sitegen's.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

SEED = 20261122
FIRST = datetime(2023, 1, 2, 6, 0, tzinfo=UTC)
YEARS = 3
TOPICS, SOURCES = 190, 40
_WORDS = {
    "starts": "b br c d dr f g h j k kl l m n p pr r s sk st t tr v w",
    "middles": "a e i o u ai ea io ou",
    "ends": "l m n r s t nd rk st",
    "plain": """
        a about after again all also an and are as at be been before between but by can could down during
        each even every for from had has have her him his how if in into is it its just last later long
        made many may more most much near new no not now of off often old on one only or other our out
        over own said same she since so some still such than that the their them then there these they
        this those through to today too two under until up was we week were what when where which while
        who will with within would year yet budget cargo council court crew demand election exports
        farmers growth harbour index minister ministry parliament power prices quarter rail rates report
        revenue strike supply tariff trade union vote wages""",
    "names": "Ada Bram Cleo Dario Edda Fenn Gita Hale Ivo Juno Kai Lena Milo Nora Otis Pia Rafe Sol Tove Una",
    "families": """
        Adler Brandt Corvin Dunmore Elster Farrow Grell Hollin Ibsen Jarrow Kestrel Lindgren Marlow Norrby
        Oskar Pell Quill Rooke Storrow Thorne""",
}
STARTS, MIDDLES, ENDS, PLAIN, NAMES, FAMILIES = (text.split() for text in _WORDS.values())
ROLES = [
    "Chief Economist", "Minister of Transport", "Harbour Master", "Head of Research", "Union Secretary",
    "Chief Executive", "Professor of Law", "Mayor", "Analyst", "Director of the Grid",
]  # fmt: skip
UNITS = ["%", "m EUR", "bn USD", "MW", "tonnes", "jobs", "households", "km", "points", "berths"]


@dataclass(frozen=True, slots=True)
class Story:
    """One article as a file: `name` without its ending is also its slug."""

    name: str
    text: str


def stories(count: int, seed: int = SEED) -> Iterator[Story]:
    """`count` articles over three years, oldest first. The same count and seed give the same text."""
    writer = _Writer(random.Random(seed))
    step = timedelta(days=365 * YEARS) / max(1, count)
    for number in range(count):
        moment = (FIRST + step * number).replace(microsecond=0)
        yield writer.story(number, moment)


def write(folder: Path, count: int, seed: int = SEED) -> None:
    """The articles as files in FOLDER/articles, the layout that `contract.py` and the peers read."""
    articles = folder / "articles"
    articles.mkdir(parents=True)
    for story in stories(count, seed):
        (articles / f"{story.name}.md").write_text(story.text, encoding="utf-8")


class _Writer:
    """Draws words, sentences and articles from one source of chance."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        drawn = sorted({self._coined() for _ in range(4000)} - set(PLAIN))
        self._rare = chance.sample(drawn, min(2400, len(drawn)))
        self._topics = sorted(chance.sample(self._rare, TOPICS))
        self._sources = [(self._title(2), f"https://{name}.example/") for name in self._rare[:SOURCES]]

    def story(self, number: int, moment: datetime) -> Story:
        draw = self._chance
        title = self._title(draw.randint(5, 10))
        name = f"{number:05d}-" + "-".join(title.lower().split()[:5])
        source, address = draw.choice(self._sources)
        head = [
            f'title: "{title}"',
            f"date: {moment:%Y-%m-%dT%H:%M:%SZ}",
            f"slug: {name}",
            f'description: "{self._sentences(2)}"',
            "tags:",
            *(f"  - {topic}" for topic in sorted(draw.sample(self._topics, draw.randint(3, 6)))),
            f'author: "{self._person()}"',
            "source:",
            f'  name: "{source}"',
            f'  url: "{address}{name}"',
            "quotes:",
            *(line for _ in range(draw.randint(2, 4)) for line in self._quote()),
            "figures:",
            *(line for _ in range(draw.randint(2, 4)) for line in self._figure()),
        ]
        return Story(name, "\n".join(("---", *head, "---", "", self._body())))

    def _quote(self) -> Sequence[str]:
        words = self._sentences(self._chance.randint(1, 2))
        role = self._chance.choice(ROLES)
        return f'  - text: "{words}"', f'    speaker: "{self._person()}"', f'    role: "{role}"'

    def _figure(self) -> Sequence[str]:
        draw = self._chance
        value = draw.choice((round(draw.uniform(0.1, 99), 1), draw.randint(2, 9000)))
        label = " ".join(self._words(draw.randint(2, 5))).capitalize()
        change = f"{draw.choice('+-')}{draw.uniform(0.1, 30):.1f}%"
        return (
            f"  - value: {value}",
            f'    unit: "{draw.choice(UNITS)}"',
            f'    label: "{label}"',
            f'    change: "{change}"',
        )

    def _body(self) -> str:
        draw = self._chance
        parts = [
            self._paragraph(), self._paragraph(), f"> {self._sentences(2)}", self._paragraph(),
            f"## {self._title(4)}", self._paragraph(),
        ]  # fmt: skip
        if draw.random() < 0.4:
            picture = f"/img/{draw.choice(self._rare)}-{draw.randint(1, 500)}.jpg"
            parts.append(f'![{" ".join(self._words(4))}]({picture} "{self._title(3)}")')
        parts += [
            "\n".join(f"- {self._marked()}" for _ in range(draw.randint(3, 6))),
            self._paragraph(),
            f"## {self._title(4)}",
            f"> **In short.** {self._marked()}\n>\n> {self._marked()}",
            self._paragraph(),
            self._paragraph(),
        ]
        return "\n\n".join(parts) + "\n"

    def _paragraph(self) -> str:
        return " ".join(self._marked() for _ in range(self._chance.randint(3, 5)))

    def _marked(self) -> str:
        """A sentence that four times in ten has a strong or stressed word, a link or a bit of code."""
        draw = self._chance
        words = self._words(draw.randint(8, 22))
        at, other = draw.randrange(1, len(words) - 2), draw.choice(self._rare)
        address = f"https://{draw.choice(self._rare)}.example/{other}-{draw.randint(1, 9999)}"
        forms = (
            (0.12, f"**{words[at]} {other}**"),
            (0.24, f"*{words[at]}*"),
            (0.38, f"[{words[at]} {other}]({address})"),
            (0.41, f"`{words[at]}`"),
        )
        turn = draw.random()
        words[at] = next((form for limit, form in forms if turn < limit), words[at])
        return self._sentence(words)

    def _sentences(self, count: int) -> str:
        return " ".join(self._sentence(self._words(self._chance.randint(8, 22))) for _ in range(count))

    def _sentence(self, words: list[str]) -> str:
        if len(words) > 12:
            words[len(words) // 2] += ","
        text = " ".join(words)
        return text[0].upper() + text[1:] + self._chance.choice("......?!")

    def _title(self, length: int) -> str:
        return " ".join(word.capitalize() for word in self._words(length))

    def _words(self, count: int) -> list[str]:
        draw = self._chance
        return [draw.choice(PLAIN if draw.random() < 0.58 else self._rare) for _ in range(count)]

    def _person(self) -> str:
        return f"{self._chance.choice(NAMES)} {self._chance.choice(FAMILIES)}"

    def _coined(self) -> str:
        draw = self._chance
        return "".join(
            draw.choice(STARTS) + draw.choice(MIDDLES) + draw.choice(["", *ENDS])
            for _ in range(draw.choice((2, 2, 3)))
        )
