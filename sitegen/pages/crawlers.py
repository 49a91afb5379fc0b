"""Crawlers behind language models: what each is for, as its operator says."""

from __future__ import annotations

from typing import Literal

from sitegen.frozen import record


@record
class Crawler:
    """`name` is what robots.txt calls it; `source` is where its operator says so.

    training  gathers text to train models with
    answers   reads to answer somebody's question, with a link back
    """

    name: str
    operator: str
    use: Literal["training", "answers"]
    source: str


_OPENAI = "https://platform.openai.com/docs/bots"
_ANTHROPIC = (
    "https://support.anthropic.com/en/articles/8896518-does-anthropic-crawl-data-from-the-web"
    "-and-how-can-site-owners-block-the-crawler"
)
_PERPLEXITY = "https://docs.perplexity.ai/guides/bots"
_META = "https://developers.facebook.com/docs/sharing/webmasters/web-crawlers/"

CRAWLERS: tuple[Crawler, ...] = (
    Crawler("GPTBot", "OpenAI", "training", _OPENAI),
    Crawler("ClaudeBot", "Anthropic", "training", _ANTHROPIC),
    # No crawlers of their own: names under which Google's and Apple's ask whether they may train.
    Crawler(
        "Google-Extended", "Google", "training",
        "https://developers.google.com/search/docs/crawling-indexing/google-common-crawlers",
    ),
    Crawler("Applebot-Extended", "Apple", "training", "https://support.apple.com/en-us/119829"),
    Crawler("CCBot", "Common Crawl", "training", "https://commoncrawl.org/ccbot"),
    Crawler("Meta-ExternalAgent", "Meta", "training", _META),
    Crawler("Amazonbot", "Amazon", "training", "https://developer.amazon.com/amazonbot"),
    Crawler("OAI-SearchBot", "OpenAI", "answers", _OPENAI),
    Crawler("ChatGPT-User", "OpenAI", "answers", _OPENAI),
    Crawler("Claude-SearchBot", "Anthropic", "answers", _ANTHROPIC),
    Crawler("Claude-User", "Anthropic", "answers", _ANTHROPIC),
    Crawler("PerplexityBot", "Perplexity", "answers", _PERPLEXITY),
    Crawler("Perplexity-User", "Perplexity", "answers", _PERPLEXITY),
    Crawler("Meta-ExternalFetcher", "Meta", "answers", _META),
    Crawler(
        "DuckAssistBot", "DuckDuckGo", "answers",
        "https://duckduckgo.com/duckduckgo-help-pages/results/duckassistbot/",
    ),
    Crawler("MistralAI-User", "Mistral AI", "answers", "https://docs.mistral.ai/robots/"),
)  # fmt: skip
