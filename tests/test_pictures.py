"""Pictures: found, measured, made smaller, published once; what is wrong with them is said at its place."""

from __future__ import annotations

import io
import re
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.desk import Desk
from sitegen.options import Options
from sitegen.pictures import derive, header
from sitegen.pictures.derive import Wish
from sitegen.pictures.place import Wrong, find
from sitegen.serve import site
from tests.conftest import NOW, MakeDigest, Run, article, tree_of, write_tree

MANIFEST = ".sitegen-manifest.json"
Image = pytest.importorskip("PIL.Image", reason="the extra `images` is not installed")


def picture(form: str = "PNG", size: tuple[int, int] = (800, 500), turned: int = 0, **options: Any) -> bytes:
    """A picture with enough in it that an encoder has work."""
    made = Image.linear_gradient("L").resize(size).convert("RGB")
    if turned:
        options["exif"] = Image.Exif()
        options["exif"][274] = turned
        options["exif"][0x010F] = "A camera that tells"
    file = io.BytesIO()
    made.save(file, form, **options)
    return file.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20" width="60"/>'


# ---------------------------------------------------------------- headers


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP", "AVIF"])
def test_size_is_read_without_a_library(form: str) -> None:
    found = header.read(picture(form, (321, 123)))
    assert found is not None
    assert (found.type, found.width, found.height) == (f"image/{form.lower()}", 321, 123)


@pytest.mark.parametrize("form", ["JPEG", "WEBP"])
@pytest.mark.parametrize("turned", range(1, 9))
def test_a_picture_on_its_side_is_measured_as_it_is_shown(form: str, turned: int) -> None:
    found = header.read(picture(form, (30, 20), turned))
    assert found is not None
    assert (found.width, found.height) == ((20, 30) if turned > 4 else (30, 20))


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="120" height="80"', (120, 80)),
        ('width="6in" viewBox="0 0 3 1"', (576, 192)),
        ('viewBox="0 0 480 168"', (480, 168)),
        ('width="100%" height="100%" viewBox="0,0,48,16"', (48, 16)),
        ("", (300, 150)),
    ],
)
def test_a_drawing_says_its_size_in_many_ways(attributes: str, size: tuple[int, int]) -> None:
    found = header.read(
        f'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" {attributes}/>'.encode()
    )
    assert found is not None
    assert (found.type, found.width, found.height) == ("image/svg+xml", *size)


WHOLE = [picture(form, (30, 20), 6) for form in ("PNG", "JPEG", "WEBP", "AVIF")] + [SVG]


@given(st.sampled_from(WHOLE), st.integers(0, 200), st.binary(max_size=40), st.integers(0, 400))
def test_no_bytes_make_the_reader_fail(data: bytes, at: int, put: bytes, cut: int) -> None:
    found = header.read((data[:at] + put + data[at + len(put) :])[: len(data) - cut])
    assert found is None or (found.width > 0 and found.height > 0)


@given(st.sampled_from(WHOLE[:4]), st.integers(20, 400), st.binary(max_size=60))
def test_damaged_pictures_are_unreadable_or_pictures(data: bytes, at: int, put: bytes) -> None:
    try:
        made = derive.derive(data[:at] + put + data[at + len(put) :], [Wish(20, None, 80)])
    except derive.Unreadable as error:
        assert str(error)
    else:
        assert header.read(made[0].data)


# ---------------------------------------------------------------- forms


def test_forms_are_upright_bare_and_the_same_every_time() -> None:
    wishes = [Wish(300, None, 80), Wish(300, "webp", 80), Wish(300, "avif", 60)]
    data = picture("JPEG", (800, 500), 6)
    made = derive.derive(data, wishes)
    assert [(one.format, one.width, one.height) for one in made] == [
        ("jpeg", 300, 480), ("webp", 300, 480), ("avif", 300, 480),
    ]  # fmt: skip
    for one in made:
        opened = Image.open(io.BytesIO(one.data))
        assert opened.size == (300, 480)
        assert not opened.getexif()
        assert b"A camera that tells" not in one.data
    assert [one.data for one in derive.derive(data, wishes)] == [one.data for one in made]


def test_what_is_clear_stays_clear_and_few_colours_stay_sharp() -> None:
    clear = Image.new("RGBA", (40, 40), (255, 0, 0, 0))
    clear.paste((0, 0, 255, 255), (10, 10, 30, 30))
    file = io.BytesIO()
    clear.save(file, "PNG")
    for one in derive.derive(file.getvalue(), [Wish(40, None, 50), Wish(40, "webp", 50)]):
        opened = Image.open(io.BytesIO(one.data)).convert("RGBA")
        assert opened.getpixel((0, 0))[3] == 0
        assert opened.getpixel((20, 20)) == (0, 0, 255, 255)


def test_a_picture_of_too_many_pixels_is_not_decoded() -> None:
    bomb = bytearray(picture("PNG", (10, 10)))
    bomb[16:24] = (60_000).to_bytes(4, "big") * 2
    with pytest.raises(derive.Unreadable):
        derive.derive(bytes(bomb), [Wish(100, None, 80)])


# ---------------------------------------------------------------- places


@pytest.mark.parametrize(
    ("src", "found"),
    [
        ("a.png", "content/articles/2026/a.png"),
        ("b.png", "content/articles/2026/quay/b.png"),
        ("quay/b.png", "content/articles/2026/quay/b.png"),
        ("c.png", "static/c.png"),
        ("/c.png", "static/c.png"),
        ("/c.png#part", "static/c.png"),
        ("with%20space.png", "content/articles/2026/with space.png"),
        ("../../shared.png", "content/shared.png"),
    ],
)
def test_a_picture_is_found_beside_the_article_and_in_static(tmp_path: Path, src: str, found: str) -> None:
    places = ("content/articles/2026/a.png", "content/articles/2026/quay/b.png", "static/c.png",
              "content/articles/2026/with space.png", "content/shared.png")  # fmt: skip
    write_tree(tmp_path, dict.fromkeys(places, b"x"))
    assert find(tmp_path, "content/articles/2026/quay.md", src) == found


@pytest.mark.parametrize(
    "src", ["gone.png", "../../../sitegen.yaml", "/../sitegen.yaml", ".hidden.png", "x\0y", "a" * 5000]
)
def test_nothing_else_is_found(tmp_path: Path, src: str) -> None:
    write_tree(
        tmp_path, {"sitegen.yaml": "", "content/articles/2026/.hidden.png": b"x", "static/c.png": b"x"}
    )
    found = find(tmp_path, "content/articles/2026/quay.md", src)
    assert isinstance(found, Wrong)
    assert found.code == "picture-missing"


# ---------------------------------------------------------------- the whole way

IMAGES = "[{src: front.jpg, alt: The quay, caption: At dawn, credit: M. Hale}]"


def shown(name: str, images: str | None = IMAGES, body: str = "", **extra: object) -> str:
    return article(name, images=images, **extra) + body


@pytest.fixture
def digest(make_digest: MakeDigest) -> Path:
    return make_digest(
        {
            "content/articles/quay.md": shown(
                "quay", body='\n![Ships](ships.png "Two ships")\n\nWords ![sign](/sign.svg) and words.\n'
            ),
            "content/articles/quay/front.jpg": picture("JPEG", (2000, 1000)),
            "content/articles/quay/ships.png": picture("PNG", (600, 400)),
            "content/articles/quay/unused.png": picture("PNG", (600, 400)),
            "static/sign.svg": SVG,
            "content/pages/about.md": "---\ntitle: About\n---\n![Sign](/sign.svg)\n",
            "content/editions/1.md": "---\nnumber: 1\ntitle: One\ndate: 2026-11-20\ntop: id-quay\n---\n"
            "A note.\n\n![Map](map.png)\n",
            "content/editions/map.png": picture("PNG", (500, 300)),
        }
    )


def build(run: Run, root: Path, *args: str) -> None:
    result = run("build", "-C", root, "--now", NOW, *args)
    assert result.code == 0, result.err


def test_a_page_has_size_forms_and_words(digest: Path, run: Run) -> None:
    build(run, digest)
    page = (digest / "public/articles/quay/index.html").read_text()
    images = re.findall(r"<img [^>]*>", page)
    assert len(images) == 3
    assert all(re.search(r' alt="\w.*" width="\d+" height="\d+"', image) for image in images)
    assert ['loading="lazy"' in image for image in images] == [False, True, True]
    assert page.count('<source type="image/webp"') == 2
    assert re.search(r"<figcaption>At dawn <span class=\"by\">M. Hale</span></figcaption>", page)
    assert "<figcaption>Two ships</figcaption></figure>" in page
    for url, width in re.findall(r"(/assets/pictures/[^ \"]+) (\d+)w", page):
        with Image.open(digest / f"public{url}") as opened:
            assert (opened.format, opened.width) == ("WEBP", int(width))
    assert "/assets/pictures/map-500." in (digest / "public/editions/1/index.html").read_text()
    assert 'width="60" height="40"' in (digest / "public/about/index.html").read_text()


def test_only_what_is_shown_is_published(digest: Path, run: Run) -> None:
    build(run, digest)
    names = {path.name.partition(".")[0] for path in (digest / "public/assets/pictures").iterdir()}
    assert names == {
        "front-480", "front-960", "front-1600", "ships-480", "ships-600", "map-480", "map-500",
    }  # fmt: skip


@pytest.mark.parametrize("rights", ["excerpt", "summary", "link"])
def test_pictures_of_what_may_not_be_shown_whole_stay_here(
    make_digest: MakeDigest, run: Run, rights: str
) -> None:
    root = make_digest(
        {
            "content/articles/quay.md": shown("quay", rights=rights).replace(
                "---\nThe", "---\n![In](in.png)\n\nThe"
            ),
            "content/articles/quay/front.jpg": picture("JPEG"),
            "content/articles/quay/in.png": picture("PNG"),
        }
    )
    build(run, root)
    assert not (root / "public/assets/pictures").exists()
    assert not any(b"in.png" in data for name, data in tree_of(root / "public").items())


def test_feeds_name_one_whole_address(digest: Path, run: Run) -> None:
    build(run, digest)
    feed = (digest / "public/feed.xml").read_text()
    assert re.findall(r"src=&#34;(https://wire\.example/[^&]*)", feed) == re.findall(
        r"src=&#34;([^&]*)", feed
    )
    assert "srcset" not in feed
    assert "front-1600." in feed


def test_below_a_path(digest: Path, run: Run) -> None:
    build(run, digest, "--url", "https://wire.example/sub/")
    page = (digest / "public/articles/quay/index.html").read_text()
    addresses = re.findall(r"(?:src|srcset)=\"([^\"]*)\"", page)
    assert addresses
    assert all(part.startswith("/sub/") for address in addresses for part in address.split(", "))


def test_a_warm_build_is_a_cold_one(digest: Path, run: Run, tmp_path: Path) -> None:
    build(run, digest)
    write_tree(digest, {"content/articles/quay/ships.png": picture("PNG", (640, 400))})
    text = (digest / "content/articles/quay.md").read_text()
    (digest / "content/articles/quay.md").write_text(text.replace("At dawn", "At dusk"))
    build(run, digest)
    warm = tree_of(digest / "public")
    assert any("ships-640." in name for name in warm)
    assert not any("ships-600." in name for name in warm)
    kept = digest / ".sitegen/cache/derived"
    for file in kept.iterdir():  # a damaged cache costs time alone
        file.write_bytes(file.read_bytes()[:-1] + b"x")
    for folder in ("public", ".public.previous"):
        shutil.rmtree(digest / folder, ignore_errors=True)
    build(run, digest)
    assert tree_of(digest / "public") == warm


BROKEN = {
    "picture-missing": {},
    "picture-unreadable": {"content/articles/front.jpg": b"no picture"},
    "picture-cut-short": {"content/articles/front.jpg": picture("JPEG", (900, 600))[:2000]},
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_picture_that_is_wrong_is_said_at_its_place(make_digest: MakeDigest, run: Run, case: str) -> None:
    root = make_digest(
        {"content/articles/quay.md": shown("quay", body="\n![Again](front.jpg)\n"), **BROKEN[case]}
    )
    result = run("build", "-C", root, "--now", NOW)
    assert result.code == 0
    code = case.replace("cut-short", "unreadable")
    assert re.search(rf"content/articles/quay\.md:6:\d+: warning: .*\[{code}\]\n +6 \| images", result.err)
    page = (root / "public/articles/quay/index.html").read_text()
    assert "<img" not in page
    assert "<p>Again</p>" in page
    assert run("build", "-C", root, "--now", NOW, "--strict").code == 1


def test_what_is_not_in_static_may_be_at_its_address_all_the_same(make_digest: MakeDigest, run: Run) -> None:
    root = make_digest({"content/articles/quay.md": shown("quay", None, "\n![Far](/hosted/far.jpg)\n")})
    build(run, root, "--strict")
    page = (root / "public/articles/quay/index.html").read_text()
    assert '<img loading="lazy" decoding="async" src="/hosted/far.jpg" alt="Far">' in page
    told = run("check", "-C", root, "--now", NOW)
    assert told.code == 1
    assert "content/articles/quay.md:11:8: warning: there is no picture /hosted/far.jpg" in told.err
    write_tree(root, {"public/hosted/far.jpg": picture("JPEG")})
    build(run, root)
    assert (root / "public/hosted/far.jpg").is_file()


def test_the_preview_shows_the_same(digest: Path, run: Run) -> None:
    rebuild = site.rebuilding(digest, lambda config: Options(datetime.fromisoformat(NOW)), Desk(digest))
    files = rebuild(None).files
    build(run, digest)
    published = {name: data for name, data in tree_of(digest / "public").items() if name != MANIFEST}
    assert dict(files.items()) == published
    write_tree(digest, {"content/articles/quay/ships.png": picture("PNG", (640, 400))})
    again = rebuild(frozenset({"content/articles/quay/ships.png"})).files
    assert any("ships-640." in name for name in again)
    assert b"ships-640." in again["articles/quay/index.html"]


def test_a_link_out_of_the_digest_is_refused(make_digest: MakeDigest, run: Run, tmp_path: Path) -> None:
    root = make_digest({"content/articles/quay.md": shown("quay")})
    (tmp_path / "secret.jpg").write_bytes(picture("JPEG"))
    (root / "content/articles/front.jpg").symlink_to(tmp_path / "secret.jpg")
    result = run("build", "-C", root, "--now", NOW)
    assert "[picture-outside]" in result.err
    assert not (root / "public/assets/pictures").exists()


def test_without_the_extra_pictures_are_published_as_they_are(
    digest: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(derive, "pillow", lambda: None)
    result = run("build", "-C", digest, "--now", NOW)
    assert result.code == 0
    assert result.err.count("[pictures-as-they-are]") == 1
    assert 'pip install "fontpkg-source-sans-3<4,>=3.52" ' in result.err
    page = (digest / "public/articles/quay/index.html").read_text()
    assert re.search(
        r'<img src="/assets/pictures/front\.\w{8}\.jpg" alt="The quay" width="2000" height="1000"', page
    )
    assert "<source" not in page
    front = next((digest / "public/assets/pictures").glob("front.*.jpg"))
    assert front.read_bytes() == (digest / "content/articles/quay/front.jpg").read_bytes()


def test_pictures_without_words_are_named(make_digest: MakeDigest, run: Run) -> None:
    root = make_digest(
        {
            "content/articles/quay.md": shown("quay", "[{src: /sign.svg}]", "\n![](/sign.svg)\n"),
            "content/articles/far.md": shown(
                "far", "[{src: https://x.example/a.jpg}]", "\n![](https://x.example/b.jpg)\n"
            ),
            "static/sign.svg": SVG,
        }
    )
    result = run("build", "-C", root, "--now", NOW)
    assert re.findall(r"(\S+:\d+):\d+: warning: nothing says what this picture shows", result.err) == [
        "content/articles/quay.md:6", "content/articles/quay.md:12",
    ]  # fmt: skip


def test_a_takedown_names_the_pictures_and_keeps_no_form_of_them(digest: Path, run: Run) -> None:
    build(run, digest)
    result = run("forget", "id-quay", "-C", digest, "--yes", "--now", NOW)
    assert result.code == 0, result.err
    for name in ("front.jpg", "ships.png"):
        assert f"content/articles/quay/{name}" in result.out
    assert not [name for name in tree_of(digest / "public") if "front-" in name or "ships-" in name]
    kept = [path for path in (digest / ".sitegen/cache/derived").iterdir() if path.name != "ages"]
    assert len(kept) == 3  # those of the edition's map


@pytest.mark.parametrize("widths", ["[1]", "[480, 100000]"])
def test_widths_are_those_of_pictures(make_digest: MakeDigest, run: Run, widths: str) -> None:
    root = make_digest({"sitegen.yaml": f"pictures: {{widths: {widths}}}\n"})
    result = run("build", "-C", root, "--now", NOW)
    assert result.code == 2
    assert "is no width of a picture" in result.err
