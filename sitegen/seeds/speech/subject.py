"""Who a verb belongs to: the noun phrase before it, after it ("said Ann Lee"), or at the sentence's head."""

from __future__ import annotations

from sitegen.seeds.speech.frame import Frame
from sitegen.seeds.speech.phrase import (
    STOPS,
    Grammar,
    Source,
    adverb,
    name_from,
    named,
    opens_adverbial,
    phrase,
    run_start,
)
from sitegen.seeds.speech.wordlists import (
    AUXILIARIES,
    COMMAS,
    DASHES,
    DETERMINERS,
    IRREGULAR,
    JOINING,
    LETS_BARE,
    PREPOSITIONS,
    REFLEXIVE,
    RELATIVES,
    SUBJECTS,
    TIMES,
)

_HEADS_CLAUSE = SUBJECTS | DETERMINERS | LETS_BARE

# ---------------------------------------------------------------- before a verb


def before(f: Frame, low: int, verb: int, g: Grammar) -> Source | None:
    """The subject of the verb at token `verb`, looked for from token `low` on."""
    source = _before(f, low, verb, g)
    if source and f.low[verb - 1] in REFLEXIVE and source.end == f.end[verb - 2]:
        return Source(
            source.start, f.end[verb - 1], source.kind, f.text[source.start : f.end[verb - 1]], source.name
        )
    return source


def _before(f: Frame, low: int, verb: int, g: Grammar) -> Source | None:
    at = verb - 1
    while at >= low and f.name[at] is None and (f.low[at] in AUXILIARIES or adverb(f, at)):
        at -= 1
    if at < low:
        return None
    if f.low[at] in ("and", "but", "or") or (f.low[at + 1] == "to" and at + 1 < verb):
        return main(f, low, at + 1, g)
    if f.low[at] in ("who", "which", "that"):
        return _antecedent(f, low, at, g)
    chunks = _chunks(f, low, at + 1)
    if chunks and f.low[chunks[0][0]] == "who":
        own = chunks[0][0] + 1  # who Ann Lee called …
        if own <= at and (f.raw[own][0].isupper() or f.low[own] in SUBJECTS):
            return tail(f, own, at + 1, g)
        return _antecedent(f, low, chunks[0][0], g)
    if f.low[at] in COMMAS:
        return _past_apposition(f, chunks, g)
    source = tail(f, *chunks[0], g) if chunks else None
    lower = source and source.kind == "nominal" and len(chunks) > 1 and f.name[chunks[1][1] - 1]
    if lower and g.role(f.low[chunks[0][0]]):  # Ann Lee, chief of the club said
        return tail(f, *chunks[1], g)
    return source


def _chunks(f: Frame, low: int, high: int) -> list[tuple[int, int]]:
    """The stretches between commas from `low` to `high`, the last first; other stops end the search."""
    chunks = []
    end = high
    for at in range(high - 1, low - 1, -1):
        if f.low[at] not in STOPS:
            continue
        if at + 1 < end:
            chunks.append((at + 1, end))
        if f.low[at] not in COMMAS:
            return chunks
        end = at
    if end > low:
        chunks.append((low, end))
    return chunks


def _past_apposition(f: Frame, chunks: list[tuple[int, int]], g: Grammar) -> Source | None:
    """Ann Lee, the mayor of Ham, said: the chunk next to the verb is about the one before it."""
    if len(chunks) > 1 and f.name[chunks[-1][0]] and _full_name(f, *chunks[-1]):
        return tail(f, *chunks[-1], g)
    for index, (first, last) in enumerate(chunks):
        further = index < len(chunks) - 1
        if further and ((index == 0 and not _full_name(f, first, last)) or _describes(f, first, last, g)):
            continue
        source = tail(f, first, last, g)
        if source and source.name and index == 0 and further and _full_name(f, first, last):
            office = tail(f, *chunks[1], g)  # the group's president, Ann Lee, said
            return _joined(f, office, source) if office and office.kind == "nominal" else source
        if source and source.kind == "nominal" and index and name_from(f, chunks[index - 1][0]):
            inner = phrase(f, *chunks[index - 1], g)
            return _joined(f, source, inner) if inner and inner.kind == "name" else source
        if source:
            return source
    return tail(f, *chunks[0], g) if chunks else None


def _full_name(f: Frame, first: int, last: int) -> bool:
    """Whether a chunk is nothing but a full name, or one with its title: the office stands before it."""
    name = f.name[last - 1]
    return name is not None and run_start(f, last - 1) <= first and bool(name.title or len(name.words) > 1)


def _describes(f: Frame, first: int, last: int, g: Grammar) -> bool:
    """Whether a chunk between commas only says more about the noun before it, or when and where."""
    low = f.low[first]
    if name_from(f, first):
        return last - first > 1 and g.role(f.low[last - 1])
    return (
        opens_adverbial(f, first)
        or low in ("a", "an", "then", "former", "however", "too", "meanwhile", "though")
        or low[0].isdigit()
        or g.role(low)
    )


def tail(f: Frame, first: int, last: int, g: Grammar) -> Source | None:
    """The noun phrase at the end of tokens first..last, right before a verb."""
    first = _clause(f, first, last)
    end = last - 1
    if f.low[end] in SUBJECTS:
        return Source(f.start[end], f.end[end], "pronoun", f.raw[end])
    lead = phrase(f, first, last, g)
    name = f.name[end]
    if name is None:
        if lead is None:
            start = next((at for at in range(end, first, -1) if f.low[at] in DETERMINERS), None)
            return phrase(f, start, last, g) if start and f.low[start - 1] not in PREPOSITIONS else None
        return lead
    if lead is None or lead.end >= f.start[end]:
        return named(name)
    behind = next(at for at in range(first, last) if f.start[at] >= lead.end)
    verb = lead.kind == "pronoun" and (f.low[behind] in g.verbs.base or f.low[behind] in IRREGULAR)
    return lead if verb or f.low[behind] in PREPOSITIONS else named(name)


def _clause(f: Frame, first: int, last: int) -> int:
    """Past "…, but" and "… that", to where the clause of the verb begins."""
    for at in range(last - 2, first - 1, -1):
        if f.low[at] in JOINING or (f.low[at] in RELATIVES and f.low[at] != "who"):
            if f.low[at] in ("and", "or") and at > first and (f.name[at - 1] or _joins_nouns(f, at)):
                continue
            if f.raw[at + 1][0].isupper() or f.low[at + 1] in _HEADS_CLAUSE:
                return at + 1
    return first


def _joins_nouns(f: Frame, at: int) -> bool:
    """Whether "and" joins two nouns of one phrase: the president and chief of the club."""
    return f.low[at + 1] not in DETERMINERS and f.low[at + 1] not in SUBJECTS and f.name[at + 1] is None


def _antecedent(f: Frame, low: int, relative: int, g: Grammar) -> Source | None:
    """Whom "who said" is about: the noun phrase before it."""
    at = relative - 1
    while at >= low and f.low[at] == ",":
        at -= 1
    chunks = _chunks(f, low, at + 1)
    if not chunks:
        return None
    name = f.name[at]
    if name is None or f.low[relative] != "who":
        return tail(f, *chunks[0], g)
    opens = run_start(f, at)
    bearer = f.name[opens - 2] if opens - 2 >= low and f.low[opens - 1] in PREPOSITIONS else None
    return named(bearer or name)  # Ann Lee of Ham University, who …


# ---------------------------------------------------------------- after a verb, and of the sentence


def after(f: Frame, first: int, high: int, g: Grammar) -> Source | None:
    """The subject that follows an inverted verb, from token `first` on."""
    end = first
    while end < high and f.low[end] not in STOPS:
        end += 1
    source = phrase(f, first, end, g)
    if (
        source
        and source.kind == "nominal"
        and end < len(f)
        and f.stretch[end] >= 0
        and source.end == f.end[end - 1]
    ):
        return None  # according to the "new plan": the words are part of the phrase
    if source and source.kind == "nominal" and end < high - 1 and f.low[end] == "," and f.name[end + 1]:
        following = phrase(f, end + 1, high, g)
        if following and following.kind == "name" and any(g.role(f.low[at]) for at in range(first, end)):
            return _joined(f, source, following)
    return source


def _joined(f: Frame, office: Source, name: Source) -> Source:
    """The club's president, Ann Lee: the person, mentioned with the office."""
    start, end = min(office.start, name.start), max(office.end, name.end)
    return Source(start, end, "name", f.text[start:end], name.name)


def main(f: Frame, low: int, high: int, g: Grammar) -> Source | None:
    """The subject of the sentence that begins at token `low`: its first noun phrase past an adverbial."""
    first = _past_dateline(f, low, high)
    while first < high and f.low[first] in ("and", "but", "so", "yet", "or", "still", ",", *DASHES):
        first += 1
    while first < high:
        comma = next((at for at in range(first, high) if f.low[at] == ","), high)
        if comma >= high - 1 or not _adverbial(f, first, comma):
            break
        first = comma + 1
        place = f.name[first] if f.name[comma - 1] else None
        beyond = next((at for at in range(first, high) if f.name[at] is not place), high)
        if place and beyond < high and f.low[beyond] == ",":
            first = beyond + 1  # in Ham, Ohio, …
    return phrase(f, first, high, g)


def _past_dateline(f: Frame, low: int, high: int) -> int:
    """HAM, Ohio (AP) — Ann Lee …: the sentence begins behind the dash."""
    if low or (not f.raw[low].isupper() and f.name[low] is None):
        return low
    reach = 9 if f.raw[low].isupper() else 4
    dash = next((at for at in range(low, min(high, low + reach)) if f.low[at] in DASHES), None)
    return low if dash is None else dash + 1


def _adverbial(f: Frame, first: int, comma: int) -> bool:
    """Whether the words up to the comma only say when, where or how, and the subject comes after it."""
    if opens_adverbial(f, first) or adverb(f, first) or f.low[comma - 1] in TIMES:
        return True
    follows = f.name[comma + 1] or f.low[comma + 1] in SUBJECTS
    return (
        bool(follows) and not f.name[first] and f.low[first] not in SUBJECTS and not any(f.name[first:comma])
    )
