"""Views and a theme → bytes. Pure: the same template set and view give the same bytes."""

from __future__ import annotations

from sitegen.render.assets import assets, static
from sitegen.render.body import public
from sitegen.render.document import article_document, page_document
from sitegen.render.folder import API
from sitegen.render.host import headers, redirect_pages, redirects
from sitegen.render.mail import html as mail_html
from sitegen.render.mail import text as mail_text
from sitegen.render.page import Body, filled, render
from sitegen.render.sharing import cards
from sitegen.render.theme import Theme, available, load

__all__ = [
    "API",
    "Body",
    "Theme",
    "article_document",
    "assets",
    "available",
    "cards",
    "filled",
    "headers",
    "load",
    "mail_html",
    "mail_text",
    "page_document",
    "public",
    "redirect_pages",
    "redirects",
    "render",
    "static",
]
