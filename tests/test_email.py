"""`sitegen edition email`: HTML that any mail program shows, plain text that reads well, a sound message."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from sitegen.render import plaintext
from tests.conftest import NOW, MakeDigest, Run, article
from tests.test_browser import TOOLS, VNU

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CONFIG = """\
title: Der Hafenbote
url: https://wire.example/digest/
timezone: Europe/Lisbon
editor: Petra Hallorane
theme: {theme}
email:
  sender: Der Hafenbote, Mörwick <news@wire.example>
  unsubscribe: "{{{{ unsubscribe }}}}"
  postal: 4 Chandlers’ Row
"""
STORY = """\
---
id: id-{0}
title: "The {0} & its “quay” are <b>loud</b>"
slug: {0}
date: 2026-11-18
standfirst: "Why the {0} matters to all who live beside it, in a sentence longer than any line of mail."
topics: [shore power]
source: {{name: Marrowick Courier}}
note: "See [our page](/about/) too."
quotes:
  - {{id: q1, text: "We sell quiet.", speaker: Maren Oskarby, role: chief, attribution: inferred,
     featured: true}}
figures:
  - {{id: f1, as_written: 418 million crowns, value: 418000000, label: power sold,
     period: nine months of 2026,
     change: {{as_written: up 23%, value: 23, unit: percentage, direction: up, versus: nine months of 2025}}}}
---
“We sell quiet.”
"""
EDITION = """\
---
number: 148
title: "A quieter kind of harbour\\nBcc: nobody@wire.example"
date: 2026-11-20
top: id-quay
sections:
- {title: Ports, items: [id-crane, id-barge]}
---
Good *morning*, see [the archive](/archive/).

- one thing
- another

<script>alert(1)</script>
"""
TREE: dict[str, str | bytes] = {
    **{f"content/articles/{name}.md": STORY.format(name) for name in ("quay", "crane", "barge")},
    "content/pages/about.md": "---\ntitle: About\n---\nWe.\n",
    "content/editions/148.md": EDITION,
}


@pytest.fixture(params=["gazette", "briefing"])
def root(request: pytest.FixtureRequest, make_digest: MakeDigest) -> Path:
    return make_digest({**TREE, "sitegen.yaml": CONFIG.format(theme=request.param)})


def written(root: Path, run: Run, name: str = "148", *options: str) -> tuple[str, str, EmailMessage]:
    result = run("edition", "email", name, "-C", root, "--now", NOW, *options)
    assert result.code == 0, result.err
    html, text = ((root / f"email/{name}.{end}").read_text("utf-8") for end in ("html", "txt"))
    message = message_from_bytes((root / f"email/{name}.eml").read_bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return html, text, message


def test_the_message_is_what_the_standards_want(root: Path, run: Run) -> None:
    html, text, message = written(root, run)
    raw = (root / "email/148.eml").read_bytes()
    assert raw.isascii() and b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.splitlines())) <= 78
    assert not message.defects and message.get_content_type() == "multipart/alternative"
    assert message["MIME-Version"] == "1.0"
    assert message["From"].addresses[0].addr_spec == "news@wire.example"
    assert message["From"].addresses[0].display_name == "Der Hafenbote, Mörwick"
    assert message["Subject"] == "A quieter kind of harbour Bcc: nobody@wire.example" and "Bcc" not in message
    assert message["Date"].datetime.isoformat() == "2026-11-20T00:00:00+00:00"
    assert re.fullmatch(r"<148\.[0-9a-f]{24}@wire\.example>", message["Message-ID"])
    assert "List-Unsubscribe" not in message, "a placeholder is no address"
    plain, rich = message.iter_parts()
    assert [part.get_content_type() for part in (plain, rich)] == ["text/plain", "text/html"]
    assert {part.get_content_charset() for part in (plain, rich)} == {"utf-8"}
    assert not plain.defects and not rich.defects
    assert [part.get_content().replace("\r\n", "\n") for part in (plain, rich)] == [text, html]


def test_the_same_edition_gives_the_same_bytes(root: Path, run: Run) -> None:
    written(root, run)
    before = {path.name: path.read_bytes() for path in (root / "email").iterdir()}
    written(root, run)
    assert {path.name: path.read_bytes() for path in (root / "email").iterdir()} == before
    identity = re.compile(rb"Message-ID: (.*)\r\n|boundary=(.*)\r\n")
    story = root / "content/articles/barge.md"
    story.write_text(story.read_text().replace("matters", "counts"))
    written(root, run)
    after = (root / "email/148.eml").read_bytes()
    assert set(identity.findall(before["148.eml"])).isdisjoint(identity.findall(after))


def test_nothing_depends_on_the_web_and_every_address_is_whole(root: Path, run: Run) -> None:
    html, text, _ = written(root, run)
    addresses = re.findall(r'(?:href|src|background)="([^"]*)"', html)
    assert set(addresses) >= {
        "https://wire.example/digest/", "https://wire.example/digest/editions/148/",
        "https://wire.example/digest/articles/quay/", "https://wire.example/digest/about/",
        "https://wire.example/digest/archive/", "{{ unsubscribe }}",
    }  # fmt: skip
    assert all(a.startswith("https://") for a in addresses if a != "{{ unsubscribe }}")
    assert not re.search(
        r"<(?:script|link|img|svg|form|object|iframe|base)\b|@import|url\(|var\(|\bid=", html
    )
    assert "&lt;script&gt;" in html and "&lt;b&gt;loud" in html
    assert "the archive (https://wire.example/digest/archive/)" in text


def test_plain_text_reads_well(root: Path, run: Run) -> None:
    _, text, _ = written(root, run)
    long = [line for line in text.splitlines() if len(line) > plaintext.WIDTH]
    assert all(line.strip().startswith("https://") for line in long)
    assert not re.search(r"[ \t]\n|\n{3}|&[a-z#]+\d*;|\A\s|</?[a-z]+ ", text) and text.endswith("\n")
    for part in (
        "Der Hafenbote\nEdition 148: A quieter kind of harbour",
        "Friday 20 November 2026 · 3 stories",
        "Good morning, see the archive",
        "\n- one thing\n- another\n",
        "— Petra Hallorane, editor",
        "TOP STORY: SHORE POWER\n\nThe quay & its “quay” are <b>loud</b>\n\nWhy the quay",
        "418m crowns: power sold, nine months of 2026; up 23% on nine months of\n2025",
        "    “We sell quiet.”\n    — Maren Oskarby, chief (attribution inferred)",
        "\nPORTS\n",
        "Unsubscribe: {{ unsubscribe }}\nDer Hafenbote, 4 Chandlers’ Row\n",
    ):
        assert part in text, part


def test_without_its_style_sheet_the_mail_looks_the_same(root: Path, run: Run) -> None:
    html, _, _ = written(root, run)
    kept = re.findall(r"<style.*?</style>", html, re.S)
    assert len(kept) == 1 and len(kept[0]) < 8192, "Gmail passes over a longer one"
    assert kept[0].count("!important") == kept[0].count(";"), (
        "only so it overrules what stands in the elements"
    )
    bare = html.replace(kept[0], "")
    for tag in ("h1", "h2", "h3", "blockquote"):
        for found in re.findall(rf"<{tag}\b[^>]*>", bare):
            assert "style=" in found, found
    assert all("color:" in found for found in re.findall(r'<a [^>]*(?:style="[^"]*")?>', bare))
    assert set(re.findall(r'<(\w+)[^>]*style="[^"]*\bborder', bare)) == {"td"}, "Outlook knows no others"
    assert set(re.findall(r'<(\w+)[^>]*style="[^"]*\bpadding', bare)) == {"td", "a", "body", "ul"}
    classes = set(" ".join(re.findall(r'class="([^"]*)"', bare)).split())
    styled = set(re.findall(r"\.([a-z][a-z-]*)", kept[0]))
    assert styled <= classes, "a rule for what is not there"


def test_the_preheader_is_first_and_the_markup_is_in_order(root: Path, run: Run) -> None:
    html, _, _ = written(root, run)
    body = html[html.index("<body") :]
    first = re.search(r"<div[^>]*>([^<]*)</div>", body)
    assert first and "display:none" in first.group()
    assert (
        first[1]
        .replace("\u200c\xa0", "")
        .startswith("The quay &amp; its “quay” are &lt;b&gt;loud&lt;/b&gt;; The crane")
    )
    assert "and 1 more story." in first[1]
    assert [f"h{n}" for n in (1, 2, 2, 3, 3)] == re.findall(r"<(h[1-6])\b", body)
    assert len(re.findall("<table", html)) == len(re.findall('role="presentation"', html))


def test_what_an_edition_names_twice_is_shown_once(make_digest: MakeDigest, run: Run) -> None:
    twice = EDITION.replace("[id-crane, id-barge]", "[id-quay, id-crane, id-barge, id-crane]")
    root = make_digest({**TREE, "content/editions/148.md": twice})
    html, _, _ = written(root, run)
    assert html.count("<h2") + html.count("<h3") == 4 and "3 stories" in html
    assert json.loads(run("edition", "email", "-C", root, "--now", NOW, "--json").out)["stories"] == 3


def test_a_week_without_a_file_is_an_edition_too(make_digest: MakeDigest, run: Run) -> None:
    root = make_digest({f"content/articles/{n}.md": article(n) for n in ("a", "b")})
    html, text, message = written(root, run, "2026-w47")
    assert message["Subject"] == "The Test Wire: Week 47, 2026"
    assert "Week 47: Week 47, 2026" not in text and "Week 47, 2026\n" in text
    assert re.findall(r"<(h[1-6])\b", html) == ["h1", "h2", "h2"]
    newest = run("edition", "email", "-C", root, "--now", NOW, "--json")
    answer = json.loads(newest.out)
    assert (answer["edition"], answer["stories"], answer["left_out"]) == ("2026-w47", 2, 0)
    assert [p["code"] for p in answer["problems"]] == ["email-sender"]
    assert answer["from"] == "The Test Wire <news@wire.example>"
    assert [Path(name).name for name in answer["files"]] == ["2026-w47.html", "2026-w47.txt", "2026-w47.eml"]


def test_an_edition_without_a_name_of_its_own(make_digest: MakeDigest, run: Run) -> None:
    plain = "---\nnumber: 7\ntitle: Edition 7\ndate: 2026-11-20\ntop: id-a\n---\n"
    root = make_digest({"content/articles/a.md": article("a"), "content/editions/7.md": plain})
    _, text, message = written(root, run, "7")
    assert message["Subject"] == "The Test Wire: Edition 7"
    assert text.startswith("The Test Wire\nEdition 7\n")


@pytest.mark.parametrize("theme", ["gazette", "briefing"])
def test_what_gmail_would_clip_is_shortened_and_says_so(
    make_digest: MakeDigest, run: Run, theme: str
) -> None:
    names = [f"s{n:03d}" for n in range(120)]
    root = make_digest({
        "sitegen.yaml": CONFIG.format(theme=theme),
        **{f"content/articles/{name}.md": STORY.format(name) for name in names},
        "content/editions/148.md": EDITION.replace("id-quay", "id-s000").replace(
            "id-crane, id-barge", ", ".join(f"id-{name}" for name in names[1:])
        ),
    })  # fmt: skip
    result = run("edition", "email", "148", "-C", root, "--now", NOW, "--json")
    answer = json.loads(result.out)
    html, text, _ = written(root, run)
    assert 90_000 < len(html.encode()) == answer["bytes"] <= 100_000
    shown = [name for name in names if f"/articles/{name}/" in html]
    assert shown == names[: 120 - answer["left_out"]] and answer["left_out"] > 0 and not answer["note_cut"]
    assert shown == [name for name in names if f"/articles/{name}/" in text]
    for said in (html, text):
        assert f"{answer['left_out']} more stories had no room in this mail." in said
        assert "Read the rest on the web" in said and "120 stories" in said
    assert [p["code"] for p in answer["problems"]] == ["email-shortened"]


def test_even_a_note_that_is_too_long_is_shortened(make_digest: MakeDigest, run: Run) -> None:
    note = "\n\n".join(f"Paragraph {n} " + "of words " * 150 for n in range(100))
    root = make_digest({**TREE, "content/editions/148.md": f"{EDITION.rpartition('---')[0]}---\n{note}\n"})
    html, text, _ = written(root, run)
    assert len(html.encode()) <= 100_000 and "Paragraph 50 " in html and "Paragraph 99 " not in html
    assert "This edition is longer than a mail may be." in html and "/articles/" not in html
    assert "Paragraph 50 " in text and "Paragraph 99 " not in text


FAULTS = {
    "99": ("there is no edition “99” [email-no-edition]", "148"),
    "149": ("edition 149 is not public before 2026-11-27 [email-no-edition]", "--future"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_an_edition_that_is_not_there(make_digest: MakeDigest, run: Run, name: str) -> None:
    coming = EDITION.replace("148", "149").replace("2026-11-20", "2026-11-27")
    root = make_digest({**TREE, "content/editions/149.md": coming})
    result = run("edition", "email", name, "-C", root, "--now", NOW)
    assert result.code == 2 and not (root / "email").exists()
    assert all(part in result.err for part in FAULTS[name]), result.err
    if name == "149":
        written(root, run, "149", "--future")
        assert run("edition", "email", "149", "-C", root, "--now", "2026-11-27").code == 0


def test_no_edition_at_all(make_digest: MakeDigest, run: Run) -> None:
    result = run("edition", "email", "-C", make_digest({}), "--now", NOW)
    assert result.code == 2 and "there is no edition yet" in result.err


def test_without_the_extra_the_command_says_how_to_get_it(
    make_digest: MakeDigest, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "css_inline", None)
    result = run("edition", "email", "148", "-C", make_digest(TREE), "--now", NOW)
    assert result.code == 2 and 'pip install "css-inline<1,>=0.20"' in result.err
    assert "[email-extra-missing]" in result.err and "Traceback" not in result.err


CONFIGS = {
    "sender: Nobody": ("config-email", "a mail address"),
    'sender: "A <a@b.example>\\nBcc: c@d.example"': ("config-email", "a mail address"),
    "unsubscribe: /unsubscribe/": ("config-email", "neither an address nor a placeholder"),
    'unsubscribe: "javascript:alert(1)"': ("config-email", "neither an address nor a placeholder"),
    "sendr: a@b.example": ("key-unknown", "sender"),
}


@pytest.mark.parametrize("line", CONFIGS)
def test_a_wrong_configuration_is_refused(make_digest: MakeDigest, run: Run, line: str) -> None:
    root = make_digest({**TREE, "sitegen.yaml": f"url: https://wire.example/\nemail:\n  {line}\n"})
    result = run("edition", "email", "-C", root, "--now", NOW)
    assert result.code == 2 and result.err.startswith("sitegen.yaml:3:")
    assert all(part in result.err for part in CONFIGS[line]), result.err


@pytest.mark.parametrize("way", ["https://wire.example/bye?a=1&b=2", "mailto:bye@wire.example", "*|UNSUB|*"])
def test_the_way_out_is_as_the_editor_wrote_it(make_digest: MakeDigest, run: Run, way: str) -> None:
    root = make_digest(
        {**TREE, "sitegen.yaml": f'url: https://wire.example/\nemail: {{unsubscribe: "{way}"}}\n'}
    )
    html, text, message = written(root, run)
    assert f'href="{way.replace("&", "&amp;")}"' in html and f"Unsubscribe: {way}\n" in text
    assert message["List-Unsubscribe"] == (None if way.startswith("*") else f"<{way}>")


@pytest.mark.parametrize(
    ("url", "host"),
    [("https://möwe.example/", "xn--mwe-sna.example"), ("http://[::1]:8000/", "localhost"),
     ("https://a..b/", "localhost")],
)  # fmt: skip
def test_a_host_that_mail_cannot_name(make_digest: MakeDigest, run: Run, url: str, host: str) -> None:
    root = make_digest({**TREE, "sitegen.yaml": f'title: "Ports, ships; <and> “more”"\nurl: "{url}"\n'})
    _, _, message = written(root, run)
    assert message["Message-ID"].endswith(f"@{host}>")
    (sender,) = message["From"].addresses
    said = json.loads(run("edition", "email", "-C", root, "--now", NOW, "--json").out)["problems"]
    assert ("email-url" in {problem["code"] for problem in said}) is ("[::1]" in url)
    assert (sender.display_name, sender.addr_spec) == ("Ports, ships; <and> “more”", f"news@{host}")


def test_the_site_does_not_have_it(make_digest: MakeDigest, run: Run) -> None:
    root = make_digest(TREE)
    written(root, run)
    assert run("build", "-C", root, "--now", NOW).code == 0
    assert not [
        path for path in (root / "public").rglob("*") if "email" in path.name or path.suffix == ".eml"
    ]
    assert "nothing written" in run("build", "-C", root, "--now", NOW).out


# ---------------------------------------------------------------- as a browser and a checker see it

# What mail programs need and HTML no longer has; nothing else is passed over.
DELIBERATE = re.compile(
    r"The “(?:align|cellpadding|cellspacing|width|height)” attribute on the “(?:table|td)” element is obs"
)


@pytest.mark.browser
def test_the_nu_checker_finds_only_what_mail_needs(make_digest: MakeDigest, run: Run) -> None:
    if not VNU.is_file() or not shutil.which("java"):
        pytest.skip("the Nu checker or Java is not installed; .ci/run installs both")
    command = ["java", "-jar", str(VNU), "--format", "json"]
    for theme in ("gazette", "briefing"):
        settings = CONFIG.format(theme=theme).replace("{{ unsubscribe }}", "mailto:bye@wire.example")
        root = make_digest({**TREE, "sitegen.yaml": settings})
        assert run("edition", "email", "-C", root, "--now", NOW, "-o", root / theme).code == 0
        command.append(str(root / theme / "148.html"))
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    messages = json.loads(done.stderr)["messages"]
    told = [f"{m.get('lastLine')}: {m['message']}" for m in messages if not DELIBERATE.match(m["message"])]
    assert told == [] and messages


@pytest.mark.browser
def test_it_fits_a_phone_and_is_dark_at_night(root: Path, run: Run, browser: Browser) -> None:
    html, _, _ = written(root, run)
    bare = re.sub(r"<style.*?</style>", "", html, flags=re.S)
    grounds = {}
    looks: tuple[tuple[str, Literal["light", "dark"], str], ...] = (
        ("day", "light", html), ("night", "dark", html), ("bare", "dark", bare),
    )  # fmt: skip
    for name, scheme, page in looks:
        context = browser.new_context(viewport={"width": 320, "height": 700}, color_scheme=scheme)
        shown = context.new_page()
        shown.set_content(page)
        assert shown.evaluate("document.documentElement.scrollWidth") <= 320, name
        colours = "e => getComputedStyle(e).color + getComputedStyle(e.closest('.sheet')).backgroundColor"
        grounds[name] = shown.eval_on_selector("h1", colours)
        assert shown.eval_on_selector(".preheader", "e => e.offsetHeight") == 0
        context.close()
    assert grounds["night"] != grounds["day"] == grounds["bare"]


@pytest.mark.browser
def test_axe_finds_no_violation_in_mail(root: Path, run: Run, browser: Browser) -> None:
    axe = TOOLS / "axe-core/axe.min.js"
    if not axe.is_file():
        pytest.skip("axe-core is not installed; .ci/run installs it")
    html, _, _ = written(root, run)
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for scheme in schemes:
        page = browser.new_page(viewport={"width": 320, "height": 700}, color_scheme=scheme)
        page.set_content(html)
        page.add_script_tag(path=axe)
        found = page.evaluate(
            "axe.run({runOnly: ['wcag2a', 'wcag2aa']}).then(r => r.violations.map(v => v.id))"
        )
        assert found == [], (scheme, found)
        page.close()
