"""A page's words as they stand on its card: figures, dates and labels as the theme's language says them."""

from __future__ import annotations

import re
from collections.abc import Callable

from sitegen import wording
from sitegen.model import KeyFigure, SocialCard
from sitegen.render import format, tokens
from sitegen.render.theme import Theme
from sitegen.views import Share
from sitegen.wording import Words

# The tokens that a card is drawn in, and what stands in where a theme lacks one.
_COLOURS = {"paper": "#ffffff", "ink": "#1a1a1a", "soft": "#595959", "rule": "#d4d4d4", "accent": "#1a1a1a"}
_BETWEEN = " · "


def cards(theme: Theme) -> Callable[[Share], SocialCard]:
    """What makes the cards of pages in the colours of a theme."""
    colours, serif = _dress(theme)
    return lambda share: _card(share, theme.words, colours, serif)


def _card(share: Share, words: Words, colours: tuple[str, ...], serif: bool) -> SocialCard:
    number, label = _figure(share.figure, words) if share.figure else ("", "")
    quote = share.quote
    speaker = ", ".join(part for part in (quote.speaker, quote.role) if part) if quote else ""
    return SocialCard(
        title=share.title,
        site=share.site,
        kicker=f"{words.say['edition']} {share.number}" if share.number is not None else share.about,
        credit=_BETWEEN.join(_credit(share, words)),
        number=number,
        label=label,
        quote=quote.text if quote else "",
        speaker=speaker,
        colours=colours,
        serif=serif,
    )


def _figure(figure: KeyFigure, words: Words) -> tuple[str, str]:
    shown = format.amount(figure, words)
    label = figure.label or words.say["figure"]
    about = f"{label[:1].upper()}{label[1:]}{', ' + figure.period if figure.period else ''}"
    change = format.change(figure.change, words) if figure.change else None
    moved = " ".join(part for part in (change.moved, change.against) if part) if change else ""
    return shown.text, f"{about}: {moved}" if moved else about


def _credit(share: Share, words: Words) -> list[str]:
    credit, day = share.credit, share.day
    parts = []
    if credit:
        parts += [credit.source] if credit.source else []
        day = credit.day or credit.added
    parts += [wording.date(day, "full", words)] if day else []
    return parts


def _dress(theme: Theme) -> tuple[tuple[str, ...], bool]:
    """The colours of a theme by day, and whether it sets words in a serif."""
    sheet = theme.assets[theme.stylesheet.lstrip("/")].decode()
    given = tokens.colour_tokens(sheet)["light"]
    colours = tuple(_plain(given.get(name, "")) or other for name, other in _COLOURS.items())
    return colours, "--serif" in given.get("words", "")


def _plain(colour: str) -> str:
    """A colour as six hexadecimal digits; "" for one that is written otherwise."""
    match = re.fullmatch(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})", colour)
    if not match:
        return ""
    digits = match.group(1).lower()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))
