from __future__ import annotations

from pathlib import Path

import pytest

from sitegen import config
from sitegen.errors import ConfigError


def write(folder: Path, text: str) -> Path:
    (folder / config.FILE).write_text(text)
    return folder


def test_every_key_has_a_default(tmp_path: Path) -> None:
    assert config.load(tmp_path) == config.SiteConfig()


@pytest.mark.parametrize(
    ("text", "code", "line", "hint"),
    [
        ("titel: x\n", "key-unknown", 1, "did you mean “title”?"),
        ("title: x\neditions: {every: day}\n", "key-type", 2, None),
        ("url: example.org\n", "config-url", 1, "for example https://example.org/digest/"),
        ("url: https://a.example/?q\n", "config-url", 1, "for example https://example.org/digest/"),
        ("timezone: Mars/Olympus\n", "config-timezone", 1, "time zones are written like Europe/Lisbon"),
        ("timezone: ../../etc/passwd\n", "config-timezone", 1, "time zones are written like Europe/Lisbon"),
        ("page_size: 0\n", "config-page_size", 1, None),
        ("page_size: ten\n", "key-type", 1, None),
        ("sources:\n  A: {rigths: full}\n", "key-unknown", 2, "did you mean “rights”?"),
        ("- a\n", "config-shape", 1, None),
        ("a: [\n", "yaml-syntax", 1, None),
    ],
)
def test_faults_have_a_place_and_a_hint(
    tmp_path: Path, text: str, code: str, line: int, hint: str | None
) -> None:
    with pytest.raises(ConfigError) as caught:
        config.load(write(tmp_path, text))
    problem = caught.value.problems[0]
    assert (problem.code, problem.path, problem.line) == (code, "sitegen.yaml", line)
    assert hint is None or problem.hint == hint
    assert caught.value.exit_code == 2


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        config.load(write(tmp_path, "titel: x\nurl: y\ntimezone: z\n"))
    assert {problem.code for problem in caught.value.problems} == {
        "key-unknown",
        "config-url",
        "config-timezone",
    }


def test_feeds_say_where_they_stand(tmp_path: Path) -> None:
    write(tmp_path, "title: x\nfeeds:\n  - {url: https://courier.example/feed, topics: [ports]}\n")
    rows = {key: (value, origin) for key, value, origin in config.effective(config.load(tmp_path), tmp_path)}
    feed = {"url": "https://courier.example/feed", "topics": ["ports"]}
    assert rows["feeds"] == ([feed], "sitegen.yaml:3")


def test_a_path_in_the_url_is_the_base(tmp_path: Path) -> None:
    loaded = config.load(write(tmp_path, "url: https://a.example/repo/\n"))
    assert (loaded.origin, loaded.base) == ("https://a.example", "/repo")


def test_the_command_line_comes_before_the_file(tmp_path: Path) -> None:
    folder = write(tmp_path, "title: From the file\nurl: https://a.example/\nfeed: {items: 5}\n")
    loaded = config.load(folder, {"url": "https://b.example/", "title": None})
    rows = {key: (value, origin) for key, value, origin in config.effective(loaded, folder)}
    assert rows["title"] == ("From the file", "sitegen.yaml:1")
    assert rows["url"] == ("https://b.example/", "command line")
    assert rows["feed.items"] == (5, "sitegen.yaml:3")
    assert rows["theme"] == ("gazette", "default")
    with pytest.raises(ConfigError):
        config.load(folder, {"url": "nowhere"})
