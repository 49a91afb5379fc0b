"""Sentences of an article that say when: what a timeline is drawn from.

Only dates that the text itself says in full count: a month with its year, a day of one, a year with
which a sentence begins ("In 2019 …", by the words in the theme's `dated_by`): one elsewhere is most
often what something is compared with. Nothing is worked out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from sitegen.frozen import record
from sitegen.render.body import Block
from sitegen.render.markup import plain
from sitegen.wording import Words

# A timeline of fewer dates tells nothing that the text does not; of more it is a text of its own.
LEAST, MOST = 3, 8
# A longer sentence says more than what happened then.
_LONGEST = 240
_YEAR = r"(?:1[89]|20)\d\d"
_ANY_YEAR = re.compile(_YEAR)
_ENDS = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_a-zß-öø-ÿ])")
# A full stop after one of these ends no sentence: one letter, or a short word with a capital.
_SHORT = re.compile(r"(?:\b[^\W\d_]|\b[A-Z][a-z]{1,3}|\b\d\d?)\.\Z")
_SPEECH = re.compile('[“”„"«»]')


@record
class Dated:
    """A sentence with the date that it says: `label` as it stands there, `when` as a machine reads it."""

    label: str
    when: str
    text: str


def dated(blocks: Iterable[Block], words: Words) -> tuple[Dated, ...]:
    """The sentences of a text that say when, in order of time; nothing for fewer than three dates.

    What somebody says stands in the text with the speaker, and is not said again.
    """
    prose = [b.html for b in blocks if b.kind == "html" and b.html.startswith("<p>")]
    if sum(len(_ANY_YEAR.findall(html)) for html in prose) < LEAST:
        return ()
    pattern, numbers = _pattern(words.months, words.dated_by)
    found: dict[str, Dated] = {}
    for html in prose:
        for sentence in _sentences(plain(html)):
            match = pattern.search(sentence)
            if match and len(sentence) <= _LONGEST and not _SPEECH.search(sentence):
                made = _dated(match, sentence, numbers)
                found.setdefault(made.when, made)
    return tuple([found[when] for when in sorted(found)][:MOST]) if len(found) >= LEAST else ()


def _sentences(text: str) -> Iterator[str]:
    held = ""
    for piece in _ENDS.split(text):
        held = f"{held} {piece}" if held else piece
        if not _SHORT.search(held):
            yield held
            held = ""
    if held:
        yield held


def _dated(match: re.Match[str], sentence: str, numbers: dict[str, int]) -> Dated:
    day, month, year = (match[name] for name in ("day", "month", "year"))
    when, label = match["alone"] or year, match["alone"] or match[0]
    if month:
        when = f"{year}-{numbers[month.casefold()]:02d}"
        number = int(day or match["after"] or 0)
        when += f"-{number:02d}" if 0 < number <= 31 else ""
    return Dated(label, when, sentence)


@lru_cache(maxsize=8)
def _pattern(names: Sequence[str], before_a_year: Sequence[str]) -> tuple[re.Pattern[str], dict[str, int]]:
    """What a date looks like in a language, and the number of each month's name in small letters."""
    numbers = {name.casefold(): n for n, name in enumerate(names, 1)}
    months = "|".join(map(re.escape, names))
    leads = "|".join(map(re.escape, before_a_year))
    return (
        re.compile(
            rf"(?:\b(?P<day>\d\d?)\.? )?\b(?P<month>{months})(?: (?P<after>\d\d?),)? (?P<year>{_YEAR})\b"
            rf"|\A(?:{leads}) (?P<alone>{_YEAR})\b",
            re.IGNORECASE,
        ),
        numbers,
    )
