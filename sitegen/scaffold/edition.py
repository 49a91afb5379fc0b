"""The next edition, drafted from what is new since the last: a file for the editor to reorder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date as Day
from datetime import timedelta
from pathlib import Path

from sitegen.errors import UsageError
from sitegen.frozen import record
from sitegen.model import Article, Edition, EditionSection, Site
from sitegen.strictyaml import dump

WEEK = timedelta(days=7)
# A topic needs so many new stories for a section of its own.
ENOUGH = 2
_HEAD = "# Reorder, move and delete lines; the editor’s note goes below the second line of dashes.\n"


@record
class Drafted:
    """An edition that has no file yet. `since` is the day from which on stories count as new; `older` is how
    many from before it stand in no edition."""

    edition: Edition
    articles: tuple[Article, ...]
    since: Day
    older: int


def draft_edition(
    site: Site,
    today: Day,
    words: Mapping[str, str],
    *,
    title: str | None = None,
    day: Day | None = None,
    since: Day | None = None,
) -> Drafted:
    """The edition after the last one that a file holds. `site` has what is scheduled, too.

    `day` is its date: without one, as long after the last as that came after the one before, but not
    before `today`. New is what came in since the last edition and stands in none. `words` are the theme's:
    `edition`, and `in_brief` for what shares its topics with nothing else. Raises UsageError where nothing
    is new.
    """
    numbered = [edition for edition in site.editions if edition.number is not None]
    number = max((edition.number or 0 for edition in numbered), default=0) + 1
    day = day or _usual_day(numbered, today)
    since = since or (numbered[0].date if numbered else day - WEEK)
    in_print = {item for edition in numbered for item in edition.items}
    loose = [a for a in site.articles if a.id not in in_print and not a.retracted and a.day <= day]
    new = [article for article in loose if max(article.day, article.added or Day.min) >= since]
    if not new:
        raise UsageError(
            f"nothing is new since {since}: every public story stands in an edition or is older",
            code="edition-empty",
            hint="--since DAY goes further back, --date DAY takes up what is scheduled until then",
        )
    new.sort(key=_weight, reverse=True)
    top, rest = new[0], new[1:]
    made = Edition(
        key=str(number),
        title=title or f"{words['edition']} {number}",
        date=day,
        number=number,
        top=top.id,
        sections=tuple(_sections(rest, words["in_brief"])),
    )
    return Drafted(made, tuple(new), since, len(loose) - len(new))


def write_edition(root: Path, drafted: Drafted) -> Path:
    """Make content/editions/NUMBER.md and return its path. Raises UsageError if it exists."""
    path = root / "content" / "editions" / f"{drafted.edition.number}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(edition_text(drafted))
    except FileExistsError:
        raise UsageError(
            "there is such a file already",
            code="edition-exists",
            path=path.relative_to(root).as_posix(),
            hint="give it the number that its name says; nothing was changed",
        ) from None
    return path


def edition_text(drafted: Drafted) -> str:
    """The file: front matter in which each id has its story's title beside it."""
    edition = drafted.edition
    titles = {article.id: article.title for article in drafted.articles}
    matter = dump({"number": edition.number, "title": edition.title, "date": edition.date})
    lines = [f"top: {_item(edition.top or '', titles)}"]
    lines += ["sections:"] if edition.sections else []
    for section in edition.sections:
        lines.append("  - " + dump({"title": section.title}).strip())
        lines.append("    items:")
        lines += [f"      - {_item(item, titles)}" for item in section.items]
    return "---\n" + _HEAD + matter + "\n".join(lines) + "\n---\n"


def _item(name: str, titles: dict[str, str]) -> str:
    """An id in quotes, for it may look like a number, and its title as a comment of one line."""
    said = "".join(c for c in " ".join(titles[name].split()) if c.isprintable())
    return f'"{name}"  # {said}'


def _usual_day(numbered: Sequence[Edition], today: Day) -> Day:
    """Editions come newest first."""
    if not numbered:
        return today
    pause = numbered[0].date - numbered[1].date if len(numbered) > 1 else WEEK
    return max(today, numbered[0].date + pause)


def _weight(article: Article) -> tuple[int, Day, str]:
    """What leads: a figure and a quote before either, then the newest."""
    return bool(article.figures) + any(q.featured for q in article.quotes), article.day, article.id


def _sections(left: Sequence[Article], brief: str) -> Iterator[EditionSection]:
    """The topic that most share first, with all that have it; so on with the rest; last what is alone."""
    while shared := _most_shared(left):
        yield EditionSection(shared[:1].upper() + shared[1:], _ids(a for a in left if shared in a.topics))
        left = [article for article in left if shared not in article.topics]
    if left:
        yield EditionSection(brief, _ids(left))


def _most_shared(articles: Iterable[Article]) -> str | None:
    counted = Counter(topic for article in articles for topic in dict.fromkeys(article.topics))
    topic, count = min(counted.items(), key=lambda item: (-item[1], item[0]), default=("", 0))
    return topic if count >= ENOUGH else None


def _ids(articles: Iterable[Article]) -> tuple[str, ...]:
    return tuple(article.id for article in articles)
