"""The mail of an edition: its articles → a view → HTML, plain text, and a message. Nothing is sent.

Mail programs cut long mail: it is made shorter until it is short enough, and says where the rest is. The same
content gives the same bytes: the message is dated with the edition's day, and what a mail program would make
up by chance follows from what is in it.
"""

from __future__ import annotations

import re
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from sitegen import content, pages, render
from sitegen.config import SiteConfig, mailbox
from sitegen.errors import UsageError
from sitegen.frozen import record
from sitegen.model import Edition
from sitegen.output.disk import explained, write_durably
from sitegen.records import suggestion
from sitegen.views import MailView

# Gmail shows the first 102 kB of a mail's HTML; what a sending service adds to it wants some room.
MOST = 100_000
FOLDER = "email"


@record
class Mail:
    """An edition as mail. `shown` stories are in it, `left_out` had no room; `cut` says that not all of the
    editor's note had.

    `sender` is as the message has it; `made_up` says that the configuration names none.
    """

    edition: Edition
    subject: str
    preheader: str
    sender: str
    made_up: bool
    html: str
    text: str
    message: bytes
    shown: int
    left_out: int
    cut: bool

    def files(self) -> dict[str, bytes]:
        """What there is to write, by file name."""
        key = self.edition.key
        made = {".html": self.html.encode(), ".txt": self.text.encode(), ".eml": self.message}
        return {key + ending: data for ending, data in made.items()}


def mail(
    root: Path, config: SiteConfig, name: str | None, now: datetime, *, future: bool = False, most: int = MOST
) -> Mail:
    """The mail of the edition with that number or week ("148", "2026-w47"), of the newest without a name.

    `most` is how many bytes of HTML it may have. Raises SiteError: everything that a build would, and
    email-no-edition.
    """
    loaded = content.load(root, config, now, future=future)
    theme = render.load(root, config.theme, config.language)
    if "edition" not in theme.kinds.made:
        raise UsageError(f"the theme “{theme.name}” has no editions", code="email-no-edition")
    editions = loaded.site.editions
    n = _place(editions, name)
    if n is None:
        raise _no_edition(root, config, editions, name, now, future)
    letter = pages.letter(loaded.site, config, theme.kinds, theme.words, n)
    view, html = _fitting(letter, theme, most)
    subject = " ".join(letter.page.edition.title.split())
    if editions[n].number is None or subject == f"{theme.words.say['edition']} {editions[n].number}":
        subject = f"{config.title}: {subject}"
    text = render.mail_text(view, theme)
    sender = mailbox(config.email.sender) or (" ".join(config.title.split()), f"news@{_host(config)}")
    return Mail(
        edition=editions[n],
        subject=subject,
        preheader=view.preheader,
        sender="{} <{}>".format(*sender) if sender[0] else sender[1],
        made_up=not config.email.sender,
        html=html,
        text=text,
        message=_message(config, editions[n], subject, sender, html, text),
        shown=view.shown,
        left_out=view.left_out,
        cut=view.cut,
    )


def write(made: Mail, folder: Path) -> tuple[Path, ...]:
    """Write the files of a mail into a folder. Raises OutputError."""
    with explained("the mail could not be written"):
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in made.files().items():
            write_durably(folder / name, data)
    return tuple(folder / name for name in made.files())


def _place(editions: tuple[Edition, ...], name: str | None) -> int | None:
    """Where the edition stands among all."""
    wanted = name.casefold().lstrip("#") if name is not None else None
    return next((n for n, one in enumerate(editions) if wanted in (None, one.key)), None)


def _no_edition(
    root: Path, config: SiteConfig, public: tuple[Edition, ...], name: str | None, now: datetime, future: bool
) -> UsageError:
    if not future:
        every = content.load(root, config, now, future=True).site.editions
        coming = _place(every, name)
        if coming is not None:
            day = every[coming].date
            return UsageError(
                f"edition {every[coming].key} is not public before {day}",
                code="email-no-edition",
                hint="--future writes its mail now, with whatever else is scheduled",
            )
    if not public:
        hint = "`sitegen edition new` drafts one"
        return UsageError("there is no edition yet", code="email-no-edition", hint=hint)
    hint = suggestion(name or "", [edition.key for edition in public[:12]])
    return UsageError(
        f"there is no edition “{name}”", code="email-no-edition", hint=hint.replace("keys", "newest")
    )


def _fitting(letter: pages.Letter, theme: render.Theme, most: int) -> tuple[MailView, str]:
    """As much of the letter as may be: all of it, else the longest beginning that is short enough."""

    def made(pieces: int) -> tuple[MailView, str]:
        view = letter.view(pieces)
        return view, render.mail_html(view, theme)

    whole = made(letter.pieces)
    if len(whole[1].encode()) <= most:
        return whole
    fits, too_many, best = 0, letter.pieces, made(0)
    while too_many - fits > 1:
        middle = (fits + too_many) // 2
        tried = made(middle)
        if len(tried[1].encode()) <= most:
            fits, best = middle, tried
        else:
            too_many = middle
    return best


def _message(
    config: SiteConfig, edition: Edition, subject: str, sender: tuple[str, str], html: str, text: str
) -> bytes:
    """The message as it could be sent: both forms of it, the plain one first, as the standard wants."""
    day = edition.date
    dated = format_datetime(datetime(day.year, day.month, day.day, tzinfo=config.zone))
    parts = (*sender, subject, dated, config.email.unsubscribe, html, text)
    mark = sha256("\0".join(parts).encode()).hexdigest()
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(sender[0], addr_spec=sender[1])
    message["Subject"] = subject
    message["Date"] = dated
    message["Message-ID"] = f"<{edition.key}.{mark[:24]}@{_host(config)}>"
    if config.email.unsubscribe.startswith(("http", "mailto:")):
        message["List-Unsubscribe"] = f"<{config.email.unsubscribe}>"
    message["X-Unsent"] = "1"  # mail programs that know it open the file as a draft
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    # “=_” cannot stand in a part that is quoted-printable.
    message.set_boundary(f"=_{mark[24:48]}")
    return message.as_bytes()


def _host(config: SiteConfig) -> str:
    """The site's host as mail writes it, in ASCII; what no mail address may hold is left to localhost."""
    try:
        host = (urlsplit(config.url).hostname or "").encode("idna").decode()
    except UnicodeError:
        host = ""
    return host if re.fullmatch(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?", host) else "localhost"
