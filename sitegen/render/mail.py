"""The mail of an edition → HTML as mail programs want it, and plain text. Pure, like every rendering."""

from __future__ import annotations

from sitegen import extras
from sitegen.errors import UsageError
from sitegen.model import Page
from sitegen.render.page import render
from sitegen.render.theme import Theme
from sitegen.views import MailView


def html(view: MailView, theme: Theme) -> str:
    """The mail with its style sheet put into the elements.

    Raises ThemeError, and UsageError, email-extra-missing, without css-inline.
    """
    try:
        import css_inline
    except ImportError:
        raise UsageError(
            "mail needs the extra “email”", code="email-extra-missing", hint=extras.install("email")
        ) from None
    page = render(Page(view.head.url, "email.html", view), theme)
    inliner = css_inline.CSSInliner(load_remote_stylesheets=False, minify_css=True)
    return _without_blank_lines(inliner.inline(page.data.decode()))


def text(view: MailView, theme: Theme) -> str:
    """The same in plain text, in lines of at most 72 characters; addresses may be longer."""
    from sitegen.render import plaintext

    return plaintext.wrapped(render(Page(view.head.url, "email.txt", view), theme).data.decode())


def _without_blank_lines(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if line.strip()) + "\n"
