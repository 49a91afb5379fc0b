"""Markdown to try the short way with: tables of texts that it must and must not answer, and random ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

ARTICLES = Path(__file__).resolve().parents[1] / "content" / "articles"

SURE = """
Two lines that are
one paragraph.

A word in *emphasis*, **strong**, _also_ and __so__; “*quoted*” (**inside**), **“around it”**—and *so*, *€5*.

Emphasis that *goes over
the line* and a [link that
does](https://tide.example/a_b*c?x=1&y=2#part "A title & more").

`code *as it is*`, a `"quote"`, a snake_case_name, an [aside], [sic] [another][third] and a footnote[1].

Links: [root](/a/b/), [part](#part), [mail](mailto:desk@tide.example), [file](notes.html), [port!](../x/).

![](/plan.png) and ![A plan, "new"](/img/a-b.jpg "The plan: a > b").

![Alone](https://tide.example/img.jpg)

AT&T, R&D (5 > 4) and "straight" 'marks'. Escaped: \\*not\\* \\_this\\_, \\# \\\\ \\" \\&.

1986 was a year. 3.5 per cent (40 of them).

2020

1986\\. A great year

“Speech,” she said. ‘So it was.’ — And a dash… ¿Qué? «Voilà» ½ ٣ 漢字

# One

###### Six *with* [a link](/x) and # within

- a list
- of *three* items
- 9.9% more

Then text.

7. ordered
8. so

Then text.

1986. A great year

Then text.

1) and
2) so

> A quote.

> One paragraph
> in *two* lines.
>
> Another.

> “Words.”
> — Maren Oskarby, chief executive

> “Words.”
> “More.”
>
> — *Somebody* & others

> — A line of dialogue

::: pull q1

::: figures f1 f2
:::



After three blank lines.
""".strip("\n").split("\n\n")
SURE = [text for text in SURE if text.strip()]

DOUBTFUL = (
    "A <b>tag</b>", "2 < 3", "<https://tide.example>", "a &copy; b", "&#35;", "a\tb", "a\r\nb", "a\0b",
    "Two spaces  \nat the end", "One space \nat the end", "A line\\\nbreak", " indented", "    code",
    "a\n b", "[x]: /url", "[x\ny]: /url", "```\ncode\n```", "~~~\ncode\n~~~", "``code``", "Title\n=====",
    "Title\n---", "---", "***", "* * *", "_ _ _", "| a | b |\n|---|---|\n| c | d |", "a | b\n-|-",
    "a\n:-:", "- a\n\n- b", "- a\n  - b", "- a\n\n  b", "- a\nb", "-", "- ", "-  a", "- a\n* b",
    "1. a\n2) b", "- > a", "- # a", "- - a", "1. 2. a", "1.", "a:\n- b", "a\n1. b", "- `\n- `",
    "1234567890. x", ">a", ">", "> a\nb", "> > a", "> # a", "> - a", "> a\n>", "> a\n>\n>\n> b", ">  a",
    "> a\n> > b", "#", "# ", "# a #", "#  a", "####### a", "#a", "# a\nb", "a\n# b", ":::", "::: note",
    "::: pull q1\nText", "Text\n::: pull q1", "::: pull q1\n\n:::", "::: pull q1\n::: figures",
    "***both***", "*a **b** c*", "**a *b* c**", "*open", "close*", "**a*", "*a**", "* a *", "a*b*c",
    "*a*b", "*a _b* c_", "*a\\*b*", "5 * 3", "_a_b", "a_b_", "*a*€", "€*a*", "b * a*", "b *a * c", "*a[b]c*",
    "*a`b`c*", "** a**", "__a__b", "a__b__", "`a", "` a `", "`a``b`", "`a\nb`", "*a`*`", "[a`](/x)`",
    "[*a*](/x)", "**[a](/x)**", "[a [b](/x)](/y)", "a] b", "[a", "[a](", "[a]()", "[](/x)",
    "[a](javascript:x)",
    "[a](<x>)", "[a](/x 'title')", "[a](/x (title))", "[a]( /x )", "[a](/x(y))", "[a](//evil.example)",
    "[a](https://a.example:80/)", "[a](https://Ä.example/)", "[a](/ä)", '[a](/x "b\\"c")',
    '[a](/x "b" c)', "[a](x:y)", "[a](HTTP://A.example)", "[a](https://u@a.example/)", "[a](/%zz)",
    "![a", "![*a*](/x)", "![a]", "[![a](/x)](/y)", "\\a", "a\\", "\\", "trailing ", "trailing\u00a0",
    "\u00a0leading", "\u2003", "+1 more", "-1", "=", "~a~", "|a", ":)",
)  # fmt: skip


# A few shapes for each section of the CommonMark specification, whichever way they go.
SECTIONS = {
    "tabs": ("\ta", "a\tb", "- a\n\n\tb", ">\ta", "#\ta", "-\ta", "\t- a", "::: pull\tq1"),
    "backslash escapes": ("\\*a\\*", "\\a", "a\\\nb", "`\\*`", "[a](/b\\*c)", "\\[a](/b)", "\\<b>",
        "\\&amp;", "# a \\#"),
    "entities": ("&amp;&copy;", "&#42;a&#42;", "&nope;", "&amp", "[a](/&auml;)", '[a](/b "&quot;")',
        "`&amp;`", "R&D; so"),
    "precedence": ("- `a\n- b`", "`a\n\nb`", "*a\n\nb*", "# *a\nb*", "> *a\nb*", "[a\n\nb](/c)"),
    "thematic breaks": ("***", "---", "___", "- - -", " ***", "_ _ _ _ a", "a\n***\nb", "- a\n***\n- b",
        "*-*", "--", "**"),
    "headings": ("# a", "#a", "####### a", "## a ##", "# a #b", "# a\\#", "#", "a\n# b\nc", "   # a",
        "    # a", "# *a* `b`"),
    "setext headings": ("a\n===", "a\n---", "*a\nb*\n===", "a\n= =", "> a\n---", "- a\n---", "`a\n---\n`",
        "a\n\n---", "\\> a\n--"),
    "indented code": ("    a", "a\n    b", "    a\n\n    b", "- a\n\n      b", "# a\n    b", "        a"),
    "fences": ("```\na\n```", "~~~ a\nb\n~~~", "``\na\n``", "a\n```\nb\n```\nc", "> ```\n> a\n\nb",
        "````\n```\n````", "```a`b"),
    "html": ("<div>\na\n</div>", "<!-- a -->", "<b>a</b>", "a <br> b", "<a@b.example>",
        "<https://a.example>", "a < b", "<>"),
    "definitions": ("[a]: /b\n\n[a]", "[a]:\n/b\n\n[a]", "[a]\n\n[a]: /b", "> [a]: /b\n\n[a]",
        "- [a]: /b\n\n[a]", "[a]: /b c", "a\n[b]: /c\n\n[b]", "[a\nb]: /c\n\n[a b]", "[a] : /b\n\n[a]",
        "\\[a]: /b\n\n[a]", "[]: /b", "# [a]\n[a]: /b"),
    "paragraphs": ("a\n\nb", "a\nb\n\nc", "a\n\n\nb", "  a\n b", "a  ", "a\n   b", "a  \nb"),
    "block quotes": ("> a\n> b", ">a\n> b", "> a\nb", ">", "> a\n\n> b", "> a\n>\n> b", "> > a",
        "> a\n> > b", "> - a\nb", "> a\n>", "> # a", "a\n> b", "> a\n- b", "> a\n***", "> — a",
        "> a\n> — b", "> a\n>\n> — b", "> `a\n> — b`", "> a —\n> b"),
    "lists": ("- a\n- b", "- a\n\n- b", "- a\n\n\n- b", "- a\n+ b", "1. a\n2. b", "1. a\n2) b",
        "1. a\n3. b", "0. a", "003. a", "1234567890. a", "-1. a", "a\n- b", "a\n14. b", "a\n1. b", "-a",
        "-", "- a\n  - b", "- a\n b", "- a\nb", "- # a", "- a\n\nb", "- a\n\n1. b", "- a\n-\n- c",
        "* a\n*\n\n* c", "- a\n- b\n\n\n\nc", "- [x] a", "10) a\n11) b", "- a\n\n> b"),
    "code spans": ("`a`", "`` a`b ``", "` `` `", "`  a  `", "` `", "`a\nb`", "`a\\`b`", "*a`*`",
        "[a`](/b)`", "``a`", "`a``b``", "a`"),
    "emphasis": ("*a*", "a * b*", 'a*"b"*', "* a *", "a*b*", "_a_", "_a _", "a_b_c", "5_6_7_", "п_с_",
        "*(*a*)*", "_(_a_)_", "*a*b", "**a**", "** a**", "a**b**", "__a__", "__a, __b__, c__",
        "**a *b* c**", "*a **b** c*", "***a***", "*a**b**c*", "**a*b*", "*a _b* c_", "*[a*](/b)", "*`a*`",
        "**a<b c='**'>", "*a\nb*", "_a*b_c*", "***", "**_a_**", "*a* *b*"),
    "links": ('[a](/b "c")', "[a](/b)", "[a]()", "[a](<>)", "[a](</b c>)", "[a](/b c)", "[a](/b\nc)",
        "[a](b(c))", "[a](b(c)", "[a](#b)", "[a](b%20c)", "[a](bä)", '[a]("b")', "[a](/b 'c')",
        "[a](/b (c))", '[a](/b "c"d")', "[a] (/b)", "[a [b]](/c)", "[a] b](/c)", "[a](/b)(c)", "[*a*](/b)",
        "[a [b](/c) d](/e)", "*[a*](/b)", "[a *b](/c*)", "[a](/b)[c]", "[a][b]", "[a][]", "[a]", "[]",
        "[a](\n/b\n)", '[a](/b\n"c")', "[ a ](/b)", "[a\nb](/c)", "![[a](/b)](/c)", "[a]\n(/b)"),
    "images": ('![a](/b "c")', "![a *b*](/c)", "![a](b)", "![]( /b )", "![a]", "!\\[a]", "\\![a](/b)",
        "![[a]](/b)", "![a\nb](/c)", "!a"),
    "breaks": ("a  \nb", "a\\\nb", "a \n b", "a\n     b", "*a  \nb*", "`a  \nb`", "a\\", "a  ", "# a\\",
        "a\u00a0\u00a0\nb", "a\u2028b"),
    "tables": ("| a |\n|---|", "a | b\n--|--\nc | d", "a\n:-", "a | b\n- | -", "- a | b\n- -|-",
        "> a | b\n> --|--", "| a |\n| b |"),
    "directives": ("::: pull q1", ":::pull", ":::: pull", "::: figures\n:::", "::: figures\n\n:::",
        "::: figures\na", "a\n::: figures\nb", "> ::: pull q1", "- ::: pull q1", "::: note", ":::",
        "::: pull q1\n::: pull q2", "- a\n\n::: pull q1\n\n- b"),
}  # fmt: skip


def bodies() -> list[str]:
    """The bodies of the demo digest's articles."""
    return [path.read_text("utf-8").split("\n---\n", 1)[1] for path in sorted(ARTICLES.rglob("*.md"))]


# ---------------------------------------------------------------- random texts

WORDS = (
    "word", "Öl", "a", "x", "the sea", "漢字", "é", "½", "²", "٣", "9", "12", "2020", "3.5", "1986.", "1.",
    "2)", "12)", "A", "snake_case", "R&D", "pull", "q1", "— Who", "– Who", "-- Who", "—", "–", "--",
    "I said",
)  # fmt: skip
MARKS = (
    "*", "*", "**", "**", "***", "****", "_", "_", "__", "___", "`", "`", "``", "[", "]", "(", ")", "](",
    "][", "![", "!", "\\", "\\\\", "&", "<", ">", '"', "'", "~", "|", "=", "-", "+", "#", ":", ";", ".",
    ",", "]:", "[x]:", "{", "^", "$", "%", "@", "/",
)  # fmt: skip
POINTS = (*"“”‘’„«»‹›—–…¿¡€£™°§·†※、。「」", "\u0301", "\u200d", "😀")
SPACES = (
    " ", " ", " ", " ", "  ", "   ", "\t", "\n", "\n", "\u00a0", "\u2003", "\u2028", "\u2029", "\u202f",
    "\u3000", "\u200b", "\ufeff", "\x0b", "\x0c", "\x1c", "\x85", "\x01", "\0", "\r", "\x7f",
)  # fmt: skip
ODD = (
    "&amp;", "&copy;", "&copy", "&#35;", "&#x41;", "&quot;", "&;", "<b>", "</b>", "<!--",
    "<https://a.example>", "<a@b.c>", "\\*", "\\_", "\\[", "\\]", "\\`", "\\<", "\\&", '\\"', "\\>",
    "\\!", "\\#", "\\.", "\\a", "\\\n", "\\—", "|---|---|", "a | b", "  \n", " \n", "\n ", "\n    ",
    "\n\n", "\n>", "\n- ", "\n* ", "\n1. ", "\n: ", "\n=", "\n-", "\n---", "\n#",
)  # fmt: skip
ADDRESSES = (
    "/a", "/a/b-c_d/", "/", "//evil.example", "///a", "#part", "#", "x", "x/y.html", "../x", "./", "x:y",
    "a@b", "?q=1", "https://a.example", "http://a.example/", "https://a.example/b_c*d",
    "https://a.example?x=1&y=2", "https://a.example#z", "https://a.example/%41%zz",
    "https://a.example/%E4", "https://a.example:80/", "https://A.example/", "https://ä.example/",
    "https://u@a.example/", "https://a..example./", "https://" + "a" * 64 + ".example/", "https://",
    "https:/a", "https:a", "HTTPS://a.example", "mailto:a@b.example", "mailto:a",
    "mailto:a+b@b-c.example", "javascript:x", "data:text/html,x", "ftp://a.example", "/a(b)", "/a(b",
    "/a)b", "/a b", "/ä", "/a\"b", "/a'b", "/a\\b", "/a`b", "/a[b]", "/a<b", "<a b>", "<>", "",
    "/a&amp;b", "/a&b;c", "/a*b*c", "/_a_", "/a%", "/a{b}", "/a|b", "/a^b", "/a,b;c=d$e+f!g~h", "\n/a",
    " /a", "1", ".", "https", "https://a_b.example/", "https://-a-.example/x", "https://1.2.3.4/x",
    "https://a.example/@b/c@d:e", "xn--a",
)  # fmt: skip
TITLES = (
    "", "", "", "", ' "t"', ' "a *b* [c] `d` & > e"', ' ""', " 't'", " (t)", '  "t"', '\n"t"', '"t"',
    ' "a"b"', ' "a\nb"', ' "t" ', ' "a\\"b"', ' "&amp;"', ' "&"', ' "“t”"', ' "t" "u"', ' "t', ' "a;b"',
    ' "a\\*b"', ' "a\\\\"', ' "(x)"', ' " "', " ",
)  # fmt: skip
STARTS = (
    "", "", "", "", "", "", "- ", "- ", "* ", "+ ", "1. ", "2. ", "2) ", "1) ", "10. ", "0. ", "007. ",
    "> ", "> ", "> ", ">", "> > ", "> - ", "- > ", "# ", "## ", "###### ", "####### ", "#", " ", "    ",
    "   - ", "  ", "- - ", "-", "1.", "-  ", "\t", "> — ", "— ", "> – ", "> -- ", "[x]: ", "[", "*",
    "**", "_", "`", "```", "~~~", "|", ":", "::: ", "\\", "123456789. ", "1234567890. ", "- [ ] ",
    "> > — ", "=", "+", "<", "&", "\u00a0", "\u2003", "\u3000- ",
)  # fmt: skip
LINES = (
    "a | b\n|---|---|", "| a |\n|--|", "::: pull q1", "::: figures", "::: figures f1 f2 ", ":::: pull\tq1",
    ":::pull", "::: note", ":::", ":::\u00a0", "::: figures\n:::",
    "---", "***", "* * *", "- - -", "===", "-", "=", "```", "~~~", ">",
    "> ", "| a | b |", "|---|---|", "a | b", ":-:|-", "--|--", "[x]: /url", "[x\ny]: /url",
    '[x]: <> "t"', "> [x]: /url", "- [x]: /url", "> — Who, role", "> — *Who*", "> – Who", "— Who",
    "> “Words.”", "> **Key point.** Words.", "> Words.\n>\n> More.", "> Words.\n> — Who", "> *a\n> — b*",
    "> `a\n> — b`", "> [a\n> — b](/c)", "> [aside]\n> (so)", "> Words.\n>\n> — Who", "- one\n- two",
    "1. one\n2. two", "# Head", "## Head ##", "# Head \\#", "## ", "A plain line.",
    "Another line, “so”.",
)  # fmt: skip
ENDS = ("", "", "", "", "", "", "", "", " ", "  ", "\\", ":", " #", "#", "\u00a0", "\t", "\u2028", "*", "`")
GAPS = (
    "\n\n", "\n\n", "\n\n", "\n\n", "\n", "\n", "\n", "\n> ", "\n>\n> ", "\n- ", "\n\n\n", "\n \n",
    "\n\n\n\n", "\n\n\n\n\n", "\r\n", "\n\n    ", "\n> >\n> ", "\n> > ", "\n>> ",
)  # fmt: skip
PAIRS = (
    "*a*", "**a b**", "_a_", "__a b__", "*“a”*", "**a.**", "_(a)_", "`a*b`", "`_`", "[a](/b)",
    "*€5*", '[a b](/c_d "e*f")', "![a](/b)", "a_b", "a__b_c", "[a]", "[]", "\\*", "\\_", "\\`", "word",
    "*a\nb*", "[a\nb](/c)",
)  # fmt: skip
BETWEEN = (
    " ",
    " ",
    " ",
    " ",
    " ",
    " ",
    "\n",
    ", ",
    "—",
    "“",
    "”",
    "(",
    ")",
    ". ",
    " — ",
    "/",
    '"',
    " (",
    ") ",
    "!",
    "",
)
ALPHABETS = (
    "*a ", "*_a ", "**a .", "_a .", "`a ", "*`a", "[]()a", "[a](/b)!", "*“a”—", "\\*a_", "-* a\n", "> a\n—",
    "*_[]`a(/b) ", "*a\n", "`a\n", ">- a\n", "1. a\n", "# a\n",
)  # fmt: skip


def words(random: Random, wild: float) -> str:
    """A few words with marks in and between them; `wild` is the share of what may be anything."""
    made = []
    for _ in range(random.randint(1, 5)):
        kind = random.random()
        if kind < wild:
            made.append(random.choice(random.choice((WORDS, MARKS, POINTS, SPACES, ODD))))
        elif kind < wild + 0.12:
            mark = random.choice(("*", "**", "_", "__", "`"))
            made.append(f"{mark}{inner(random, wild)}{mark}")
        elif kind < wild + 0.20:
            made.append(f"[{inner(random, wild)}]({random.choice(ADDRESSES)}{random.choice(TITLES)})")
        elif kind < wild + 0.23:
            made.append(f"![{inner(random, wild)}]({random.choice(ADDRESSES)}{random.choice(TITLES)})")
        elif kind < wild + 0.26:
            made.append(f"[{inner(random, wild)}]")
        elif kind < wild + 0.36:
            made.append(random.choice(POINTS) if random.random() < 0.5 else random.choice("\"'().,;:!?-&>/"))
        else:
            made.append(random.choice(WORDS))
        if random.random() < 0.6:
            made.append(" ")
    return "".join(made).strip(" ") if random.random() < 0.9 else "".join(made)


def inner(random: Random, wild: float) -> str:
    """What stands between two marks."""
    text = random.choice(WORDS)
    if random.random() < wild / 2 + 0.03:
        mark = random.choice(("*", "**", "_", "__", "`", "[", "\\"))
        text = mark + text + mark.replace("[", "]")
    if random.random() < 0.3:
        text += random.choice((" ", "\n", " ", "")) + random.choice(WORDS)
    if random.random() < 0.3:
        text = random.choice((*POINTS, *"\"'(!&>.-", "")) + text + random.choice((*POINTS, *"\"').!?-;:", ""))
    if random.random() < wild:
        text += random.choice(random.choice((MARKS, SPACES, ODD)))
    if random.random() < wild:
        text = random.choice(random.choice((MARKS, SPACES, ODD))) + text
    return text


def line(random: Random, wild: float) -> str:
    if random.random() < 0.2:
        return random.choice(LINES)
    start = random.choice(STARTS) if random.random() < 0.5 else ""
    end = random.choice(ENDS) if random.random() < wild * 4 else ""
    return start + words(random, wild) + end


def random_text(random: Random) -> str:
    """A small document, tame or wild."""
    wild = random.choice((0.0, 0.01, 0.03, 0.1, 0.3))
    text = line(random, wild)
    for _ in range(random.choice((0, 0, 1, 1, 2, 3))):
        text += random.choice(GAPS) + line(random, wild)
    return text


def many_pairs(random: Random) -> str:
    """A long paragraph of sound pieces: many pairs of marks, which might pair in another way."""
    made = []
    for _ in range(random.randint(4, 30)):
        made += [random.choice(PAIRS), random.choice(BETWEEN)]
    return "".join(made)


def few_marks(random: Random) -> str:
    """One line of very few kinds of characters, so that all small shapes of marks come up."""
    return "".join(random.choices(random.choice(ALPHABETS), k=random.randint(2, 14)))


def mutants(blocks: Sequence[str]) -> Callable[[Random], str]:
    """Real paragraphs with a few random changes."""

    def changed(random: Random) -> str:
        at = random.randrange(len(blocks))
        some = blocks[at : at + random.randint(1, 3)]
        text = "\n\n".join([block[-160:] if random.random() < 0.5 else block[:160] for block in some])
        for _ in range(random.randint(1, 3)):
            places = [found.start() for found in re.finditer(r"[^\w ]|\Z|\A", text)]
            place = random.choice(places) + random.randint(0, 1)
            if random.random() < 0.3:
                place = random.randint(0, len(text))
            piece = random.choice(random.choice((WORDS, MARKS, POINTS, SPACES, ODD, STARTS, GAPS, LINES)))
            text = text[:place] + piece + text[place + random.choice((0, 0, 1, 2)) :]
        return text

    return changed
