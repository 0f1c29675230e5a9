"""The words of a notice: preamble, background, determination with its counts, and the annex, as blocks to be set.

The frame is that of the notices of the rounds, such as 84 FR 38717 and 89 FR 76581.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from exclusions.days import in_full
from exclusions.gateways.annex import conforming
from exclusions.gateways.annex.counting import counting_sentences
from exclusions.gateways.annex.facts import NoticeFacts
from exclusions.gateways.annex.rows import (
    AMENDMENT,
    EXTENSION,
    GRANT,
    PLACED,
    REINSTATEMENT,
    WITHDRAWAL,
    AnnexRow,
    in_order,
)
from exclusions.gateways.annex.tables import note_words

TITLE = (
    "{what}: China’s Acts, Policies, and Practices Related to Technology Transfer, Intellectual Property, and "
    "Innovation"
)
ACTIONS = {
    GRANT: "product exclusions",
    EXTENSION: "product exclusion extensions",
    REINSTATEMENT: "reinstatement of product exclusions",
    WITHDRAWAL: "withdrawal of product exclusions",
    AMENDMENT: "technical amendments",
}
DETERMINED = {
    GRANT: "to grant certain exclusion requests",
    EXTENSION: "to extend certain exclusions",
    REINSTATEMENT: "to reinstate certain exclusions",
    WITHDRAWAL: "to withdraw certain exclusions",
    AMENDMENT: "to make technical amendments to certain exclusions",
}
ENTERED = "goods entered for consumption, or withdrawn from warehouse for consumption,"
FICTIONAL = "This notice is part of a demonstration. It is fictional and has no effect."


@dataclass(frozen=True)
class Block:
    """One paragraph: `style` is title, heading, subheading, para, item or row; `lead` begins it in bold."""

    style: str
    text: str = ""
    lead: str = ""
    cells: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """The text of the block in one line, its cells divided by “|”."""
        return " | ".join(self.cells) if self.cells else f"{self.lead} {self.text}".strip()


def notice_title(facts: NoticeFacts) -> str:
    """Return the title of the notice."""
    what = " and ".join(ACTIONS[kind] for kind in ACTIONS if any(row.kind == kind for row in facts.rows))
    return TITLE.format(what=f"Notice of {what}".title().replace(" Of ", " of ").replace(" And ", " and "))


def notice_blocks(facts: NoticeFacts) -> list[Block]:
    """Return the whole notice in order."""
    return [*_preamble(facts), *_background(facts), *_determination(facts), *annex_blocks(facts)]


def _preamble(facts: NoticeFacts) -> Iterator[Block]:
    kinds = [kind for kind in ACTIONS if any(row.kind == kind for row in facts.rows)]
    dockets = list(dict.fromkeys(one.docket for one in facts.rounds if one.docket))
    yield Block("title", notice_title(facts))
    if facts.is_demo:
        yield Block("para", FICTIONAL)
    yield Block("para", "Office of the United States Trade Representative.", "AGENCY:")
    yield Block("para", f"Notice of {' and '.join(ACTIONS[kind] for kind in kinds)}.", "ACTION:")
    if dockets:
        yield Block("para", f"{', '.join(dockets)}.", f"DOCKET NUMBER{'S' if len(dockets) > 1 else ''}:")
    determined = " and ".join(DETERMINED[kind] for kind in kinds)
    summary = f"The U.S. Trade Representative has determined {determined}, as specified in the annex to this notice."
    yield Block("para", summary, "SUMMARY:")
    yield Block("para", " ".join(_dates(facts)), "DATES:")
    contact = (
        "For questions on customs classification or on how the exclusions are claimed: traderemedy@cbp.dhs.gov. For "
        "other questions: the Office of the General Counsel of the U.S. Trade Representative."
    )
    yield Block("para", contact, "FOR FURTHER INFORMATION CONTACT:")


def _dates(facts: NoticeFacts) -> Iterator[str]:
    what = {
        GRANT: "The product exclusions announced in this notice apply",
        EXTENSION: "The extensions announced in this notice apply",
        REINSTATEMENT: "The exclusions reinstated by this notice apply",
    }
    for kind, words in what.items():
        for start, end in sorted({(row.starts_on, row.ends_on) for row in facts.rows if row.kind == kind}):
            since = f"as of {_day(start)}" if start else "as of the date that the annex gives"
            until = f"extend through {_day(end)}" if end else "extend for one year after the publication of this notice"
            yield f"{words} {since}, and {until}."
    for end in sorted({row.ends_on for row in facts.rows if row.kind == WITHDRAWAL}):
        yield f"The exclusions withdrawn by this notice apply through {_day(end)}."
    for start in sorted({row.starts_on for row in facts.rows if row.kind == AMENDMENT}):
        yield f"The technical amendments apply as of {_day(start)}." if start else "The annex dates the amendments."


def _background(facts: NoticeFacts) -> Iterator[Block]:
    yield Block("heading", "Supplementary Information")
    yield Block("subheading", "A. Background")
    for one in facts.lists:
        yield Block(
            "para",
            f"The U.S. Trade Representative imposed additional duties on products of China under {one.name}. See "
            f"{one.citation}.",
        )
    for about in facts.rounds:
        what = (
            "invited comments on whether particular exclusions should be extended or reinstated"
            if about.lists
            else "established a process by which interested persons could ask that particular products be excluded"
        )
        yield Block(
            "para",
            f"The U.S. Trade Representative {what}: {about.title}{f', docket {about.docket}' if about.docket else ''}. "
            f"See {about.citation}.",
        )


def _determination(facts: NoticeFacts) -> Iterator[Block]:
    yield Block("subheading", "B. Determination")
    for sentence in counting_sentences(facts.rows, facts.requests):
        yield Block("para", sentence)
    if any(row.kind in PLACED for row in facts.rows):
        yield Block(
            "para",
            "The exclusions are available for any product that meets the description in the annex, whoever asked for "
            "them. The article description in the annex governs, and not the words of a request.",
        )


def annex_blocks(facts: NoticeFacts) -> list[Block]:
    """Return the annex alone: lettered sections, in each of them numbered modifications of the schedule."""
    found = [Block("heading", "Annex")]
    rows = in_order(facts.rows)
    sections = [
        *_new_paragraphs(facts, [row for row in rows if row.is_new_paragraph]),
        *_conforming(facts),
        *_extended([row for row in rows if row.kind in PLACED and not row.is_new_paragraph]),
        *_amended([row for row in rows if row.kind == AMENDMENT]),
        *_withdrawn([row for row in rows if row.kind == WITHDRAWAL]),
    ]
    for place, (opening, blocks) in enumerate(sections):
        found.append(Block("para", opening, f"{_letter(place)}."))
        found += blocks
    return found


Section = tuple[str, list[Block]]


def _new_paragraphs(facts: NoticeFacts, rows: Sequence[AnnexRow]) -> Iterator[Section]:
    names = {one.code: one.name for one in facts.lists}
    new = {(one.heading, one.note): one for one in facts.headings}
    by_list = sorted(rows, key=lambda row: [one.code for one in facts.lists].index(row.list_code))
    for (code, heading, note, start, end), group in groupby(by_list, key=_group):
        of_it = list(group)
        items = [Block("item", row.item) for row in of_it]
        blocks: list[Block] = []
        if added := new.pop((heading, note), None):
            blocks.append(Block("para", _insert_heading(heading), "1."))
            cells = (heading, conforming.article_description(added), conforming.NO_DUTY)
            blocks.append(Block("row", cells=cells))
            blocks.append(Block("para", f"by inserting the following new U.S. note 20{note_words(note)}:", "2."))
            bases = " and ".join(base for base, _ in added.released)
            blocks.append(Block("para", _opening(note, heading, bases)))
        else:
            last = of_it[0].number - 1
            after = f", after paragraph ({last})" if last else ""
            where = f"by inserting the following at the end of U.S. note 20{note_words(note)}{after}:"
            blocks.append(Block("para", where, "1."))
        when = f"Effective with respect to {ENTERED}{_between(start, end)}, for {names.get(code, f'List {code}')},"
        yield f"{when} subchapter III of chapter 99 of the HTSUS is modified:", [*blocks, *items]


def _group(row: AnnexRow) -> tuple[str, str, str, str, str]:
    return (row.list_code, row.heading, row.note, row.starts_on, row.ends_on)


def _insert_heading(heading: str) -> str:
    return (
        f"by inserting the following new heading {heading} in numerical sequence, in the columns labeled “Heading/"
        "Subheading”, “Article Description”, and “Rates of Duty 1-General”, respectively:"
    )


def _opening(note: str, heading: str, bases: str) -> str:
    """Return the words that open a new subdivision, as the note's other ones have them."""
    return (
        f"{note_words(note)} The U.S. Trade Representative determined to establish a process by which particular "
        f"products classified in heading {bases} could be excluded from the additional duties imposed by heading "
        f"{bases}. Pursuant to the product exclusion process, the U.S. Trade Representative has determined that the "
        f"additional duties provided for in heading {bases} shall not apply to the following particular products, "
        f"which are provided for in the enumerated statistical reporting numbers, when entered under heading {heading}:"
    )


def _conforming(facts: NoticeFacts) -> Iterator[Section]:
    words = list(conforming.amendments(facts.headings))
    if words:
        blocks = [Block("para", f"{text};", f"{place}.") for place, text in enumerate(words, start=1)]
        yield "Conforming amendments. Subchapter III of chapter 99 of the HTSUS is modified:", blocks


def _extended(rows: Sequence[AnnexRow]) -> Iterator[Section]:
    for (heading, note, before, end), of_it in groupby(
        rows, key=lambda row: (row.heading, row.note, row.ends_before, row.ends_on)
    ):
        opening = (
            f"The exclusions in the following paragraphs of U.S. note 20{note_words(note)}, claimed under heading "
            f"{heading}, are extended by deleting “{_day(before)}” and inserting “{_day(end)}”:"
        )
        yield opening, [Block("item", row.item) for row in of_it]


def _amended(rows: Sequence[AnnexRow]) -> Iterator[Section]:
    for row in rows:
        since = f", effective with respect to {ENTERED}{_between(row.starts_on, '')}" if row.starts_on else ""
        words = (
            f"U.S. note 20{note_words(row.note)}({row.printed or row.number}) is amended{since}, by deleting "
            f"“{row.text_before}” and inserting “{row.text}”.{f' {row.reason}' if row.reason else ''}"
        )
        yield words, []


def _withdrawn(rows: Sequence[AnnexRow]) -> Iterator[Section]:
    for row in rows:
        words = (
            f"With respect to {ENTERED} after 11:59 p.m. eastern time on {_day(row.ends_on)}, U.S. note "
            f"20{note_words(row.note)}({row.printed or row.number}), claimed under heading {row.heading}, is amended "
            f"by deleting “{row.text}” and inserting “[Exclusion deleted.]”. Reason: {row.reason}"
        )
        yield words, []


def _between(start: str, end: str) -> str:
    since = f" on or after 12:01 a.m. eastern time on {_day(start)}" if start else ""
    return since + (f"{', and' if start else ''} through 11:59 p.m. eastern time on {_day(end)}" if end else "")


def _day(iso: str) -> str:
    return in_full(date.fromisoformat(iso)) if iso else "the date of the heading"


def _letter(place: int) -> str:
    """A, B, …, Z, AA, AB, … as sections are lettered."""
    return (_letter(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)
