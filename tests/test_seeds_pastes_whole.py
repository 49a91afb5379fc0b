"""Whole pastes, each a table of lines with the label that each must get."""

from __future__ import annotations

import pytest

from tests.test_seeds_pastes import Rows, check

LABELS = frozenset(
    ("title", "standfirst", "byline", "dateline", "caption", "subhead", "body", "list", "quote")
)


def rows(table: str) -> Rows:
    """ "label | words", a line each; a line without a label is debris."""
    pairs = (line.partition(" | ") for line in table.strip().splitlines())
    return tuple(
        (label, words) if label in LABELS else ("debris", label + bar + words) for label, bar, words in pairs
    )


PAGES = {
    "date first": """
dateline | Wednesday 18 November 2026
title | Old lock gates find a second life as benches
standfirst | The oak is 140 years old and still smells of the river
byline | By Oke Brandt
body | The gates of the Lower Lock were lifted out in March, and for half a year nobody knew what to do \
with eleven tonnes of oak. Now the town has had them sawn into benches for the quay.
body | Each bench bears the number of the plank it was made from, cut by hand into the back of the seat.
© 2026 The Dairy Observer
""",
    "section, date, then a short headline": """
MARKETS
dateline | 18 November 2026
title | Whey price doubles
byline | By Ed Itor, The Lime Gazette
body | The price of whey doubled in a week, from 4 to 8 crowns a hectolitre, after two ferry lines began \
to bid against each other for what the dairies used to pour away.
body | Nobody had foreseen it, least of all the dairies, which had sold the whole of next year in June.
""",
    "a question with its mark": """
The Lime Gazette
News | Rivers | Tides | About
title | Who owns the mud at the bottom of the harbour?
standfirst | Three offices say that it is theirs. A fourth would like to be rid of it.
byline | Words by Rhoda Mistry
body | The mud of Marrowick harbour weighs about two million tonnes, and on Tuesday a court began to \
find out whose it is. The hearing lasted nine hours and ended with a walk on the quay at low water.
body | The harbour authority says that it owns what it has dredged. The city says that it owns the \
ground.
""",
    "a quotation for a headline": """
Skip to content
title | “We counted every gull twice”
byline | Femi Castellane
dateline | 3 May 2026 · 4 min
body | The gulls of Tallow Hill have been counted for the first time since the generators fell silent, \
by forty volunteers with two clickers each and, it is said, a good deal of soup.
body | There were 1,204 of them, or 602 according to the volunteers who had misread the instructions.
""",
    "a picture before the headline": """
The Dairy Observer
caption | The cheese lift at the northern quay. Photo: Lena Quist/Harbour Wire
title | Cheese lift stuck for the third time this year
byline | By Tilda Varnhem
dateline | Published 9 May 2026
body | The lift that carries cheese from the cellars to the northern quay stopped on Friday with nine \
tonnes of it on board, and two engineers who had not had lunch.
body | It was freed on Saturday. The engineers have asked that the lift be stocked with bread.
""",
    "author card at the top": """
Home › Opinion
title | Let the tide do the work
standfirst | We have pumped the fen dry for a century, and it has never once thanked us
byline | Ann Oskar
Follow @annoskar
dateline | 2 June 2026, 10:15
5 min read
body | My grandfather kept a pump at the edge of the fen, and when he died my father kept it, and \
neither of them ever asked what would happen if it were left alone for a winter.
body | Last winter it was left alone, because it was broken, and the fen did what fens do.
About the author
Ann Oskar is a columnist for The Lime Gazette.
""",
    "a headline of two words with a menu above": """
News
Sport
Weather
title | Harbour quiet
byline | By Bo Lind
dateline | 11 November 2026
body | The harbour was quiet on Wednesday, for the first time since the new cranes were put up, because \
the wind stood at nine and no crane may move in more than eight.
body | The drivers played cards. The oldest of them won, as he has done in every storm since 2011.
""",
    "numbers of readers and comments under the headline": """
title | Lighthouse keeper retires after 41 years without a day off
12,408 views
87 comments
Share
Save
byline | By Mirela Dostan
dateline | Updated 4 hours ago
body | Ansel Dray locked the door of the light at Cape Orrin on Sunday, gave the key to a young woman \
from the ministry, and asked her to mind the third step.
body | He will live in the village, where he has a room from which the light cannot be seen.
Comments (87)
Most read
Cow found on ferry
Is butter back?
""",
    "a subhead in capitals and one with a question": """
title | Toll on the strait rises again in January
byline | By Mirela Dostan
body | Ships that pass through the strait will pay a tenth more from January, the commission said on \
Monday, and it was the third time this year that it had said so.
subhead | 'A TAX ON PATIENCE'
body | The ports at the far end of the strait have begun to complain, and two of them have begun to \
count.
subhead | Is there another way?
body | There is, and it is nineteen hundred miles longer. In October more than two hundred ships took \
it.
subhead | WHAT CHANGES
list | - The toll rises to eleven crowns a tonne
list | - Ships of less than 500 tonnes pay half
body | The commission meets again in March, when it will be asked what the money was for.
""",
    "a picture's credit by the one who drew it": """
title | Sockets for every berth by the summer of 2028
standfirst | The authority has found the money, the cable and, after a long search, the plug
byline | By Ines Harcastle
body | Every berth of the northern quay will have a socket by the summer of 2028, the harbour authority \
said on Thursday, two years later than it had promised and at twice the price.
caption | The northern quay. Berths 9 to 14 have had sockets since January 2025; the rest must wait for \
the fish market to move. Drawing: Edda Lorne / Marrowick Courier
body | The cable will come by barge from a works up the river. It comes in one piece, as nobody wants to \
join it.
caption | Map: Marrowick Courier
body | The plug was designed by a committee, and the engineers say that it looks like it.
""",
    "a block quote with straight marks": """
title | Cheese council votes to wait
byline | By Petra Lind
body | The cheese council met on Tuesday for the fourth time this year and decided, by seven votes to \
six, to decide nothing before the summer.
quote | > "Cheese is patient. Politicians are not."
body | The chairwoman thanked the members for their patience, which she said was as good as a young \
cheddar's.
""",
    "a market note": """
title | Old barges fetch more than they did when they were young
byline | Hollis Frayne
dateline | Market note 46/2026, 12 November 2026
body | A barge sold for breaking in October fetched as much as a good used one did in the spring, and \
its owner did not have to paint it first, which in this trade counts as profit.
body | We count 38 such sales in ten months, against 21 in the same months of the year before.
""",
    "names and dates between bars": """
title | Pilots ask for younger knees
dateline | Chandlery Week | 11 November 2026 | Jonah Tressider
body | The ladder is nine metres long, it is wet, and at the bottom of it is a boat that does not stay \
where it was when the pilot last looked down.
body | There are 71 people licensed to climb it, and half of them are older than the ladder.
Sign up for the Chandlery Week newsletter
""",
    "newspaper and day below the headline": """
title | A tale of two tides
dateline | The Lime Gazette, 18 November 2026
body | Twice a day the river at Marrowick runs backwards, and twice a day the same eleven people come \
down to the bridge to see whether it will do it again.
body | It has done so since the last ice age, but they say that you can never be sure.
""",
    "an address at the end": """
title | A tale of two tides
byline | By Ed Itor
body | Twice a day the river at Marrowick runs backwards, and twice a day the same eleven people come \
down to the bridge to see whether it will do it again.
body | It has done so since the last ice age, but they say that you can never be sure.
https://www.limegazette.example/tale-of-two
""",
    "an address at the top": """
https://www.limegazette.example/tale-of-two
title | A tale of two tides
byline | By Ed Itor
body | Twice a day the river at Marrowick runs backwards, and twice a day the same eleven people come \
down to the bridge to see whether it will do it again.
body | It has done so since the last ice age, but they say that you can never be sure.
""",
    "headers of a mail": """
From: The Lime Gazette
title | A tale of two tides
body | Twice a day the river at Marrowick runs backwards, and twice a day the same eleven people come \
down to the bridge to see whether it will do it again.
body | It has done so since the last ice age, but they say that you can never be sure.
""",
    "source right below the headline": """
title | A tale of two tides
Source: The Lime Gazette
body | Twice a day the river at Marrowick runs backwards, and twice a day the same eleven people come \
down to the bridge to see whether it will do it again.
body | It has done so since the last ice age, but they say that you can never be sure.
""",
    "advertisements between the headline and the article": """
Advertisement
title | Night ferry to carry bicycles free of charge until the spring
Advertisement
standfirst | The line hopes that riders will fill the decks that lorries have left
Story continues below advertisement
body | Bicycles will travel free on the night ferry to Sankt Orla until the end of March, the line said \
on Tuesday, because there is nothing else to put on the lower deck.
Advertisement
body | Lorries have taken the bridge since it opened in June, and they are not expected back.
Report this ad
""",
    "an emoji line and a headline": """
🚢🧀
title | Cheese by sea
body | The first ship with nothing but cheese on board left Marrowick on Tuesday for the islands, four \
hours late, because everybody who had made some of it wished to wave.
body | The crossing takes two days. The crew have been given crackers.
""",
    "a headline with the site behind a bar": """
title | Ferries of Marrowick to run on whey | The Dairy Observer
Home
News
byline | By Tilda Varnhem
body | The ferries of Marrowick will run on whey from next spring, the four dairies of the town said on \
Monday after a trial of two winters.
body | No engine failed, and only one passenger noticed.
""",
    "the section between headline and byline": """
title | Ammonia trial ends a month early, on the captain’s word
standfirst | ‘I was asked whether the ship could do it. Nobody had asked whether the crew should.’
News / Propulsion
byline | Jonah Tressider, Sankt Orla
dateline | Thursday, 19 November 2026
body | The engine ran as promised for eleven weeks, and then the master of the ship brought the trial to \
an end with a report of two pages and one adjective.
body | Nobody has been hurt, but the alarms had gone off nineteen times since September.
""",
    "a correction at the end": """
title | A tale of two tides
byline | By Ed Itor
body | Twice a day the river at Marrowick runs backwards, and twice a day the same eleven people come \
down to the bridge to see whether it will do it again.
body | It has done so since the last ice age, but they say that you can never be sure.
body | Correction: An earlier version of this article misstated the number of people on the bridge.
© 2026 The Lime Gazette
""",
    "a list of points under the headline": """
title | Council votes to move the fish market across the water
standfirst | Stalls will shut for a week in April
byline | By Petra Lind and Bo Lind
dateline | 4 December 2026
Key points
list | • 9,416 stones to be moved by barge
list | • Work is to last for two years
body | The council of Marrowick voted on Friday to take down its fish market and build it up again on \
the other side of the basin, stone by numbered stone.
body | It will cost a third more than to knock it down, which nobody on the council had proposed.
""",
    "dateline and agency": """
The Mercantile Courier
World
Business
title | Strait commission raises toll for third time in a year
dateline | November 19, 2026 6:15 AM UTC
byline | By Mirela Dostan
body | KESSARY, Nov 19 (Harbour Wire) - Ships that pass through the strait will pay a tenth more from \
January, the commission said on Thursday, and it was the third time this year that it had said so.
body | “The buoys do not paint themselves,” said its chairman, Demir Vasko.
byline | (Reporting by Mirela Dostan; Editing by Bo Lind)
Our Standards: see the page on trust
""",
    "a log-in, a gift and a listen button": """
Subscribe
Sign in
Gift this article
title | What the river knew before the mill did
Listen to this article
9 min
byline | Written by Lotte Brandreth
dateline | Oct. 29, 2026
body | The mill at Nether Velm was built for a river that no longer exists, by a miller who measured it \
once, in a wet spring, and never again.
body | It stood still for ninety years. Last month it began to turn, and nobody had touched it.
Thanks for reading. You have two free articles left this month.
""",
}


@pytest.mark.parametrize("page", PAGES)
def test_whole_pages(page: str) -> None:
    check(rows(PAGES[page]))
