"""Pastes that begin and end in all the ways pages do: the article in them is always the same."""

from __future__ import annotations

import pytest

from sitegen.model import Block
from sitegen.seeds.structure import blocks, labels

TITLE = "Marrowick dairies turn their whey into fuel for the ferries"
DECK = "Four cheesemakers share one tank, and the harbour has stopped complaining about the smell"
LEAD = (
    "The ferries of Marrowick will run on whey from next spring, the four dairies of the town said on "
    "Monday, after a trial of two winters in which no engine failed and only one passenger noticed."
)
SECOND = (
    "Whey is what is left of milk when the cheese has been taken out of it. Marrowick makes more of it than "
    "anybody can drink, and until now the dairies paid to have it carried away in lorries."
)
QUOTE = (
    "“It is the first thing we have ever sold to the harbour,” said Wenna Astor, who runs the largest dairy."
)
LAST = (
    "A second tank will be built at the southern quay if the first one pays for itself, which the dairies "
    "expect to happen within six years at today’s price of fuel."
)
ARTICLE = (("title", TITLE), ("standfirst", DECK), *(("body", line) for line in (LEAD, SECOND, QUOTE, LAST)))
Rows = tuple[tuple[str, str], ...]


def check(page: Rows, joint: str = "\n\n") -> None:
    text = joint.join(words for _, words in page)
    found: list[Block] = list(labels.label(text, blocks.split(text)))
    assert [(block.label, text[block.start : block.end]) for block in found] == list(page)


# ---------------------------------------------------------------- what stands above a headline

TOPS = {
    "menu with bars": "Home | News | Markets | Opinion | Jobs",
    "menu in a row": "Home News Markets Opinion",
    "menu, a word a line": "Home\nNews\nMarkets\nOpinion\nSport\nJobs",
    "menu of longer names": "Milk & Cheese\nOn the Farm\nPrices\nLetters to the Editor\nShop",
    "trail": "Home › Markets › Commodities",
    "trail with greater-than": "Home > News > Dairy > Whey",
    "trail with slashes": "News / Farming / Dairy",
    "trail that ends with the headline": f"Home › Markets › {TITLE}",
    "site and section": "Mercantile Courier | Markets",
    "name of the site": "The Dairy Observer",
    "name and motto": "The Dairy Observer\nFresh since 1881",
    "web address of the site": "dairyobserver.example",
    "section": "MARKETS",
    "section in small letters": "Farming",
    "log-in": "Sign in  Subscribe",
    "log-in with more": "Log in | Register | Subscribe | Search",
    "welcome": "Hello, Petra  My account  Sign out",
    "consent buttons": "Accept all Reject all Manage preferences",
    "cookie notice": "Cookies help us deliver our services. [OK] [Learn more]",
    "long cookie notice": "We use cookies and similar techniques to make this site work, to count its "
    "visitors and to show advertisements that fit them. By going on you agree to our use of them.\n"
    "Accept\nSettings",
    "privacy": "We value your privacy\nManage options\nAgree and close",
    "skip link": "Skip to content",
    "skip links": "Skip to main content\nSkip to footer\nOpen menu",
    "offer": "Get six issues for the price of four\nSubscribe now",
    "advertisement": "Advertisement\nClose ad",
    "shares": "Share\nTweet\nEmail\n214 shares",
    "live": "Breaking news\nLive",
    "emoji": "🐄🧀🚢",
    "emoji and section": "🐄 Farming",
    "rule": "* * *",
    "weather": "Marrowick 14°C\nFriday",
    "search": "Search\nMenu\nClose",
    "exclusive": "EXCLUSIVE",
    "all at once": "Skip to content\nAccept all\nSign in  Subscribe\nThe Dairy Observer\nHome News "
    "Markets Opinion\n"
    "Home › Markets › Commodities\nMARKETS",
}


@pytest.mark.parametrize("joint", ["\n", "\n\n"], ids=["lines", "paragraphs"])
@pytest.mark.parametrize("top", TOPS)
def test_the_headline_below(top: str, joint: str) -> None:
    check((*(("debris", line) for line in TOPS[top].split("\n")), *ARTICLE), joint)


@pytest.mark.parametrize("top", TOPS)
def test_the_headline_below_with_a_byline(top: str) -> None:
    signed = (("byline", "By Tilda Varnhem"), ("dateline", "18 November 2026"))
    page = (*(("debris", line) for line in TOPS[top].split("\n")), ARTICLE[0], *signed, *ARTICLE[2:])
    check(page)


# ---------------------------------------------------------------- what stands below an article

TAILS = {
    "copyright": "© 2026 The Dairy Observer",
    "copyright at length": "Copyright © 2026 The Dairy Observer Ltd. All rights reserved.",
    "tags": "Tags: whey, ferries, Marrowick",
    "tags, one a line": "Tags\nWhey\nFerries\nMarrowick",
    "related": "Related articles\nCheese fair moves indoors\nMilk price falls again",
    "read more": "Read more: Milk price falls again",
    "most read": "MOST READ\n1. Cow found on ferry\n2. Is butter back?\n3. The last churn",
    "author card": "About the author\nTilda Varnhem writes about farming for The Dairy Observer.",
    "shares": "Share this article\nFacebook\nX\nWhatsApp\nCopy link",
    "comments": "3 comments\nLeave a comment\nYour email address will not be published.",
    "newsletter": "Sign up for our newsletter\nYour email address\nSubscribe",
    "footer": "About us | Contact | Privacy policy | Terms of use",
    "footer, one a line": "About us\nContact us\nPrivacy policy\nTerms of use",
    "source": "Source: The Lime Gazette",
    "first published": "This article first appeared in The Lime Gazette on 18 November 2026.",
    "originally": "Originally published by The Lime Gazette",
    "feed": f"The post {TITLE} appeared first on Dairy World.",
    "via": "via: The Lime Gazette",
    "top": "Back to top ↑",
    "useful": "Was this article useful?\nYes\nNo",
    "advertisement": "Advertisement",
    "navigation": "Previous article\nCheese fair moves indoors\nNext article\nMilk price falls again",
    "apps": "Download our app\nApp Store\nGoogle Play",
}


@pytest.mark.parametrize("tail", TAILS)
def test_the_article_above(tail: str) -> None:
    check((*ARTICLE, *(("debris", line) for line in TAILS[tail].split("\n"))))
