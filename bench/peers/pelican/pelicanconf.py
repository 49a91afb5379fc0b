"""Pelican with YAML front matter (read by the C parser) and the pages of the benchmark."""

from pathlib import Path

import yaml
from markdown import Markdown
from pelican import signals
from pelican.readers import MarkdownReader


class FrontMatterReader(MarkdownReader):
    """Reads what Pelican's own reader cannot: nested front matter."""

    file_extensions = ("md",)

    def read(self, source_path):
        _, head, body = Path(source_path).read_text(encoding="utf-8").split("---\n", 2)
        given = yaml.load(head, Loader=yaml.CSafeLoader)
        known = {
            "date": given["date"].isoformat(),
            "tags": ",".join(given["tags"]),
            "author": given["author"],
        }
        made = {name: self.process_metadata(name, value) for name, value in known.items()}
        return Markdown(output_format="html").convert(body), {**given, **made}


def read_front_matter(readers):
    readers.reader_classes["md"] = FrontMatterReader


class FrontMatter:
    @staticmethod
    def register():
        signals.readers_init.connect(read_front_matter)


PLUGINS = [FrontMatter]
SITENAME, SITEURL = "The Daily Digest", "https://digest.example"
TIMEZONE, DEFAULT_LANG, DEFAULT_CATEGORY = "UTC", "en", "news"
PATH, ARTICLE_PATHS, OUTPUT_PATH, THEME = "content", ["articles"], "public/", "theme"
USE_FOLDER_AS_CATEGORY = False
ARTICLE_URL, ARTICLE_SAVE_AS = "articles/{slug}/", "articles/{slug}/index.html"
TAG_URL, TAG_SAVE_AS, TAGS_SAVE_AS = "tags/{slug}/", "tags/{slug}/index.html", "tags/index.html"
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = AUTHORS_SAVE_AS = CATEGORIES_SAVE_AS = ARCHIVES_SAVE_AS = ""
DIRECT_TEMPLATES, SITEMAP_SAVE_AS = ["index", "tags", "sitemap"], "sitemap.xml"
PAGINATED_TEMPLATES, DEFAULT_PAGINATION = {"index": 20}, 20
PAGINATION_PATTERNS = (
    (1, "{url}", "{save_as}"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
)
FEED_ALL_RSS, FEED_MAX_ITEMS, RSS_FEED_SUMMARY_ONLY = "index.xml", 50, True
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
SUMMARY_MAX_LENGTH = None
JINJA_ENVIRONMENT = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True, "extensions": []}
