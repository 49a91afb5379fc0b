"""What the preview lays over a page: the problems of the last rebuild, and the reload client's tag.

Errors stand open over the page; warnings wait in a closed bar. All text is escaped and written in
ASCII, so that it is right whatever the page's encoding. Only files of ours are linked to: a site's
strict content security policy allows no inline script or style.
"""

from __future__ import annotations

import hashlib
from html import escape

from sitegen.errors import Problem
from sitegen.serve.address import CLIENT
from sitegen.serve.snapshot import State

MOST = 100  # problems that are laid over a page
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<link rel="stylesheet" href="{client}overlay.css">
</head>
<body class="sitegen-page">
<h1>{title}</h1>
<p>{text}</p>
</body>
</html>
"""


def render(state: State) -> str:
    """The problems as HTML, or nothing where there is none."""
    if not state.problems:
        return ""
    errors = sum(problem.severity == "error" for problem in state.problems)
    opened = " open" if errors or state.failed else ""
    items = "\n".join(_item(problem) for problem in state.problems[:MOST])
    if len(state.problems) > MOST:
        items += f"\n<li>and {len(state.problems) - MOST} more, which the terminal shows</li>"
    return (
        f'<div id="sitegen-problems" role="alert"><link rel="stylesheet" href="{CLIENT}overlay.css">'
        f"<details{opened}><summary>{escape(headline(state))}</summary>\n<ol>\n{items}\n</ol></details></div>\n"
    )


def headline(state: State) -> str:
    """One sentence: how many problems there are, and what is shown meanwhile."""
    kinds = (("error", "errors"), ("warning", "warnings"))
    counts = [sum(problem.severity == one for problem in state.problems) for one, _ in kinds]
    number = " and ".join(
        f"{count} {one if count == 1 else many}"
        for count, (one, many) in zip(counts, kinds, strict=True)
        if count
    )
    if state.failed and state.snapshot:
        return f"The site could not be rebuilt: {number}. You see the last good one."
    return f"The site could not be built: {number}." if state.failed else f"The site has {number}."


def digest(state: State) -> str:
    """A short name for what is laid over the page, so that the client knows when it is another."""
    html = render(state)
    return hashlib.blake2b(html.encode(), digest_size=6).hexdigest() if html else ""


def inject(page: bytes, state: State, mark: str = "", article: str | None = None) -> bytes:
    """The page, which has this `mark`, with the overlay and the reload client before its end, and beside an
    `article` (its id) the editor's panel, where this browser may write."""
    panel = ""
    if article and state.token:
        data = f'data-article="{escape(article)}" data-token="{state.token}"'
        panel = f'<script src="{CLIENT}panel.js" {data} defer></script>\n'
    tag = (
        f'{render(state)}<script src="{CLIENT}reload.js" data-epoch="{state.epoch}" '
        f'data-generation="{state.generation}" data-mark="{mark}" data-problems="{digest(state)}" defer>'
        f"</script>\n{panel}"
    ).encode("ascii", "xmlcharrefreplace")
    end = page.lower().rfind(b"</body")
    return page[:end] + tag + page[end:] if end >= 0 else page + tag


def waiting_page(state: State) -> bytes:
    """What is shown before the first good build: that it is under way, or why it failed."""
    title, text = (
        ("The site could not be built", "Mend what is listed below: this page then turns into the site.")
        if state.failed
        else ("The site is being built", "This page turns into the site as soon as it is there.")
    )
    return own_page(title, text)


def missing_page() -> bytes:
    """For a site that has no 404.html of its own."""
    return own_page("There is no page at this address", "The site has no 404 page of its own either.")


def own_page(title: str, text: str) -> bytes:
    """A page of the preview's own."""
    return _PAGE.format(title=escape(title), text=escape(text), client=CLIENT).encode()


def _item(problem: Problem) -> str:
    head, *rest = str(problem).splitlines()
    shown = "\n".join(rest)
    block = f"<pre>{escape(shown)}</pre>" if shown else ""
    return f'<li class="{escape(problem.severity)}"><p>{escape(head)}</p>{block}</li>'
