"""An article as the search index reads it: its public words, and nothing that repeats them.

Not the page: what a theme puts around an article is the same on all of them, and would be found on all.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from sitegen.model import Article, StaticPage
from sitegen.render import body
from sitegen.render.body import Block, Shown


def article_document(article: Article, language: str) -> str:
    """An HTML document with what `rights` let out of an article; marked as Pagefind's documentation
    describes (https://pagefind.app/docs/metadata/). It names no filters: their order in the index is
    another one each time."""
    shown = body.public(article, lambda address: address)
    facts = [("source", article.source.name or ""), ("day", article.day.isoformat())]
    marks = [
        f'<p data-pagefind-meta="{name}" data-pagefind-ignore="index">{escape(value)}</p>'
        for name, value in facts
        if value
    ]
    return _document(article.title, language, [*marks, *_words(article, shown)])


def page_document(page: StaticPage, language: str) -> str:
    """The same of a page of the editor's own."""
    blocks = body.page_blocks(page.body, lambda address: address)
    lead = [f"<p>{escape(page.standfirst)}</p>"] if page.standfirst else []
    return _document(page.title, language, [*lead, *(part for block in blocks for part in _block(block))])


def _document(title: str, language: str, parts: list[str]) -> str:
    name = escape(title)
    head = f'<!doctype html><html lang="{escape(language)}"><head><title>{name}</title></head>'
    return f"{head}<body data-pagefind-body><h1>{name}</h1>{''.join(parts)}</body></html>\n"


def _words(article: Article, shown: Shown) -> Iterator[str]:
    if shown.standfirst:
        yield f'<p data-pagefind-weight="2">{escape(shown.standfirst)}</p>'
    for block in shown.blocks:
        yield from _block(block)
    for figure in shown.figures:
        yield f"<p>{escape(figure.label or '')}: {escape(figure.as_written)}</p>"
    if shown.rights == "full":
        for image in article.images:
            yield f"<p>{escape(image.caption or image.alt)}</p>"
    names = [*article.topics, *article.people, *article.organisations]
    if shown.rights != "link" and names:
        yield f"<p>{escape('; '.join(names))}</p>"


def _block(block: Block) -> Iterator[str]:
    """A pull quote only repeats."""
    if block.kind == "html":
        yield str(block.html)
    elif block.quote:
        who = ", ".join(part for part in (block.quote.speaker, block.quote.role) if part)
        yield f"<blockquote>{block.quote.html}</blockquote><p>{escape(who)}</p>"
    for figure in block.figures:
        yield f"<p>{escape(figure.label or '')}: {escape(figure.as_written)}</p>"
