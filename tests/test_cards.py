"""Cards: what is drawn where a link is shared, the same everywhere, and only in letters that are there."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen import pictures
from sitegen.frozen import replace
from sitegen.model import SocialCard
from sitegen.pictures import card
from tests.conftest import NOW, SETTINGS, MakeDigest, Run, article, times, tree_of

Image = pytest.importorskip("PIL.Image", reason="the extra `images` is not installed")

COLOURS = ("#fbf7ef", "#1d1a16", "#635a4e", "#dccfbc", "#a3321c")
FIGURE = SocialCard(
    "Marrowick switches off its ships", "The Test Wire", "Shore power", "Courier · 18 November 2026",
    "418m crowns", "Shore power sold", colours=COLOURS,
)  # fmt: skip
QUOTE = replace(FIGURE, number="", label="", quote="We used to sell water.", speaker="Maren Oskarby")


def drawn(wanted: SocialCard) -> bytes:
    made = card.drawable(wanted)
    assert made is not None
    return card.draw(made)


@pytest.mark.parametrize("wanted", [FIGURE, QUOTE, replace(QUOTE, quote="", serif=False)])
def test_a_card_is_a_small_picture_in_the_theme_s_colours(wanted: SocialCard) -> None:
    data = drawn(wanted)
    assert len(data) < 60_000
    with Image.open(io.BytesIO(data)) as opened:
        assert (opened.format, opened.size) == ("PNG", (1200, 630))
        colours = {colour for _, colour in opened.convert("RGB").getcolors(256)}
        assert (0xFB, 0xF7, 0xEF) in colours
        assert (0xA3, 0x32, 0x1C) in colours
    assert drawn(wanted) == data


def test_the_key_follows_from_every_word() -> None:
    others = (
        replace(FIGURE, title="o"), replace(FIGURE, site="o"), replace(FIGURE, kicker="o"),
        replace(FIGURE, credit="o"), replace(FIGURE, number="o"), replace(FIGURE, label="o"),
        replace(QUOTE, quote="o"), replace(QUOTE, speaker="o"),
    )  # fmt: skip
    assert len({card.key(one) for one in (FIGURE, QUOTE, *others)}) == 10


@pytest.mark.parametrize("text", ["Zürich’s “quay” – £5 … Łódź", "Порт закрыт", "Ελλάδα"])
def test_letters_that_are_there(text: str) -> None:
    assert card.drawable(replace(FIGURE, title=text)) is not None


@pytest.mark.parametrize("text", ["東京の港", "נמל", "ميناء", "बंदरगाह", "Port 🚢", "", "  "])
def test_a_title_without_letters_has_no_card(text: str) -> None:
    assert card.drawable(replace(FIGURE, title=text)) is None


def test_what_cannot_be_set_is_left_out_with_what_belongs_to_it() -> None:
    made = card.drawable(replace(FIGURE, label="東京", kicker="港"))
    assert made == replace(FIGURE, number="", label="", kicker="")


TEXT = st.text(st.characters(blacklist_categories=["Cs"]), max_size=200) | st.sampled_from(
    ["word " * 60, "W" * 300, "“" * 40, "1,234.5bn to 2,345.6bn yuan a year"]
)


@settings(max_examples=times(15), deadline=None)
@given(TEXT, TEXT, TEXT, TEXT, st.booleans())
def test_any_words_make_a_card_or_none(title: str, kicker: str, number: str, quote: str, serif: bool) -> None:
    made = card.drawable(SocialCard(title, "W", kicker, "", number, quote, quote, "", COLOURS, serif))
    assert made is None or Image.open(io.BytesIO(card.draw(made))).size == (1200, 630)


# ---------------------------------------------------------------- the whole way


@pytest.fixture
def digest(make_digest: MakeDigest) -> Path:
    figures = "[{id: f1, as_written: 418 million crowns, value: 418000000, label: Sold}]"
    return make_digest(
        {
            "sitegen.yaml": f"{SETTINGS}search: false\n",
            "content/articles/quay.md": article("quay", figures=figures),
            "content/articles/tokyo.md": article("tokyo", title="東京の港"),
            "content/editions/1.md": "---\nnumber: 1\ntitle: One\ndate: 2026-11-20\ntop: id-quay\n---\n",
        }
    )


def image_of(root: Path, page: str) -> str | None:
    found = re.search(
        r'property="og:image" content="([^"]*)"', (root / f"public{page}index.html").read_text()
    )
    return found.group(1) if found else None


def test_articles_and_editions_name_their_cards(digest: Path, run: Run) -> None:
    assert run("build", "-C", digest, "--now", NOW).code == 0
    cards = {"articles/quay": "articles-quay", "articles/tokyo": "site", "editions/1": "editions-1"}
    for page, name in {**{f"/{page}/": name for page, name in cards.items()}, "/": "site"}.items():
        address = image_of(digest, page)
        assert address is not None
        assert re.fullmatch(rf"https://wire\.example/assets/cards/{name}\.\w{{8}}\.png", address)
        assert (digest / "public" / address.removeprefix("https://wire.example/")).is_file()


def test_a_card_changes_with_its_title_alone_and_warm_is_cold(digest: Path, run: Run) -> None:
    run("build", "-C", digest, "--now", NOW)
    before = image_of(digest, "/articles/quay/"), image_of(digest, "/editions/1/")
    path = digest / "content/articles/quay.md"
    path.write_text(path.read_text().replace("Title of quay", "Another title"))
    assert run("build", "-C", digest, "--now", NOW).code == 0
    assert image_of(digest, "/articles/quay/") != before[0]
    assert image_of(digest, "/editions/1/") == before[1]
    warm = tree_of(digest / "public")
    for folder in ("public", ".public.previous", ".sitegen"):
        shutil.rmtree(digest / folder, ignore_errors=True)
    run("build", "-C", digest, "--now", NOW)
    assert tree_of(digest / "public") == warm
    assert (
        sum(name.startswith("assets/cards/") for name in warm) == 4
    )  # there is an edition of that week, too


def test_the_config_and_the_extra_decide(digest: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "card_fonts", lambda: None)
    result = run("build", "-C", digest, "--now", NOW)
    assert (result.code, image_of(digest, "/articles/quay/")) == (0, None)
    assert not (digest / "public/assets/cards").exists()
    monkeypatch.undo()
    (digest / "sitegen.yaml").write_text(f"{SETTINGS}cards: false\nsearch: false\n")
    assert run("build", "-C", digest, "--now", NOW).code == 0
    assert image_of(digest, "/articles/quay/") is None


def test_a_photograph_comes_before_a_card(make_digest: MakeDigest, run: Run) -> None:
    file = io.BytesIO()
    Image.linear_gradient("L").resize((900, 500)).convert("RGB").save(file, "JPEG")
    root = make_digest(
        {
            "sitegen.yaml": SETTINGS,
            "content/articles/quay.md": article("quay", images="[{src: front.jpg, alt: The quay}]"),
            "content/articles/front.jpg": file.getvalue(),
        }
    )
    assert run("build", "-C", root, "--now", NOW).code == 0
    page = (root / "public/articles/quay/index.html").read_text()
    assert re.search(r'og:image" content="https://wire\.example/assets/pictures/front-900\.\w{8}\.jpg"', page)
    assert '<meta property="og:image:width" content="900">' in page
    assert '<meta property="og:image:alt" content="The quay">' in page
