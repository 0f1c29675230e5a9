"""Evidence of words for goods, made from what is on file: a whole set of one kind at a time, writing what differs."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q

from exclusions.actions.store.bulk import insert_rows, update_rows
from exclusions.gateways.tariff.hts_edition import Edition
from exclusions.gateways.tariff.shipped_schedule import shipped_words
from exclusions.goods.scoring import OWN_LINES
from exclusions.goods.spelling import trigrams
from exclusions.goods.texts import affirmed, head, turned
from exclusions.goods.words import LONGEST, stem, terms, words_of
from exclusions.models import Evidence, ExclusionNumber, GoodsWord, HtsEdition, PublicPetition, TariffLine
from exclusions.queries.chunks import read_in_chunks
from exclusions.workflow.states import Stage

Kind = Evidence.Kind
FIELDS = ("heading", "number", "kind", "text", "terms", "head", "confidence", "edition")
SPECIAL = ("98", "99")  # chapters that name no goods of their own
AT_ONCE = 500
MANY = 65_536  # texts of a schedule or two
FEWEST_ORGANIZATIONS = 2
LONGEST_NAME = 300


class Row(NamedTuple):
    """A row of evidence, in the order of FIELDS."""

    heading: str
    number: str
    kind: str
    text: str
    terms: str
    head: str
    confidence: float
    edition: str


class Worded(NamedTuple):
    """What evidence needs of a line of the schedule."""

    number: str
    description: str
    full_description: str


def note_edition(record: HtsEdition, edition: Edition) -> None:
    """Make the evidence of an edition's headings and lines; those of other editions stay where they differ.

    With a whole edition come the shipped words. Call it in the transaction that loads the edition.
    """
    lines = [Worded(line.number, line.description, line.full_description) for line in edition.lines]
    _replace((Kind.HEADING, Kind.LINE), _schedule_rows(lines, record.name), of_edition=record.name)
    if edition.is_whole:
        _replace((Kind.WORD,), _word_rows())
    count_words()


def note_words() -> bool:
    """Make the evidence of the shipped words where a whole edition is on file; return whether any had changed."""
    if not HtsEdition.objects.filter(first_number="").exists():
        return False
    changed = _replace((Kind.WORD,), _word_rows())
    if changed:
        count_words()
    return changed


def note_exclusions() -> None:
    """Make the evidence of the texts of exclusions that stand, for the numbers they name."""
    asked = ExclusionNumber.objects.filter(text__whole_number=False).order_by("pk")
    rows = (
        _row(Kind.EXCLUSION, number, text, terms(affirmed(text)), "", 0.8, "")
        for number, text in asked.values_list("number", "text__text")
    )
    _replace((Kind.EXCLUSION,), rows)
    count_words()


def note_names() -> None:
    """Make the evidence of product names in dockets: of a name that two organizations gave, or that was granted.

    Only what a public docket printed is read; a name that one organization gave says more of it than of the goods. Of
    the petitions that are filed here, only those that were granted count.
    """
    _replace((Kind.NAME,), _name_rows())
    count_words()


def fill_evidence() -> None:
    """Make all evidence where an edition is on file and none was made of it: what follows an upgrade."""
    if Evidence.objects.exists() or not HtsEdition.objects.exists():
        return
    with transaction.atomic():
        for record in HtsEdition.objects.order_by("-valid_from"):
            lines = TariffLine.objects.in_force(record.valid_from).order_by("position", "number")
            found = (Worded(*row) for row in lines.values_list("number", "description", "full_description"))
            _replace((Kind.HEADING, Kind.LINE), _schedule_rows(found, record.name), of_edition=record.name)
            if not record.first_number:
                _replace((Kind.WORD,), _word_rows())
        note_exclusions()
        note_names()


def count_words() -> None:
    """Count in how many texts each word stands, and keep how it is mostly written.

    They are counted first and then written in one transaction: on SQLite whoever writes keeps out all others.
    """
    often, spelt = _counted()
    with transaction.atomic():
        _write_counts(often, spelt)


def _counted() -> tuple[Counter[str], dict[str, Counter[str]]]:
    """In how many texts each stem stands, and how often each stem is written how."""
    often: Counter[str] = Counter()
    spelt: defaultdict[str, Counter[str]] = defaultdict(Counter)
    named: Counter[str] = Counter()
    texts = Evidence.objects.values_list("kind", "text", "terms")
    for kind, text, said in read_in_chunks(texts, ["pk"], 5000):
        found = set(said.replace(OWN_LINES, " ").split())
        (named if kind == Kind.NAME else often).update(found)
        for word in words_of(text):
            spelt[stem(word)][word] += 1
    for word, count in named.items():
        # A name that a petitioner misspelt is not to make the misspelling a word.
        if word in often or count > FEWEST_ORGANIZATIONS:
            often[word] += count
    return often, spelt


def _write_counts(often: Counter[str], spelt: dict[str, Counter[str]]) -> None:
    on_file = {word: (key, count) for key, word, count in GoodsWord.objects.values_list("pk", "stem", "frequency")}
    gone = [key for word, (key, _) in on_file.items() if word not in often]
    for start in range(0, len(gone), AT_ONCE):
        GoodsWord.objects.filter(pk__in=gone[start : start + AT_ONCE]).delete()
    insert_rows(
        GoodsWord,
        ("stem", "word", "frequency", "letters"),
        (
            (word, _spelling(word, spelt), count, " ".join(trigrams(word)))
            for word, count in sorted(often.items())
            if word not in on_file
        ),
    )
    counts = ((on_file[word][0], [n]) for word, n in often.items() if word in on_file and on_file[word][1] != n)
    update_rows(GoodsWord, ("frequency",), counts)


def _spelling(word: str, spelt: dict[str, Counter[str]]) -> str:
    found = spelt.get(word)
    return (min(found, key=lambda written: (-found[written], written)) if found else word)[:LONGEST]


def _replace(kinds: Iterable[str], wanted: Iterable[Row], of_edition: str = "") -> bool:
    """Write the rows of the kinds that are missing, and delete those that are on file and not wanted.

    With an edition, only rows that came with it are deleted. Returns whether anything was.
    """
    rows: dict[tuple[str, str, str], Row] = {}
    for row in wanted:
        if row.terms:
            rows.setdefault((row.kind, row.number, row.terms), row)
    with transaction.atomic():
        return _write_rows(rows, kinds, of_edition)


def _write_rows(rows: dict[tuple[str, str, str], Row], kinds: Iterable[str], of_edition: str) -> bool:
    asked = Evidence.objects.filter(kind__in=list(kinds)).order_by()
    gone = []
    for key, kind, number, said, edition in asked.values_list("pk", "kind", "number", "terms", "edition"):
        if rows.pop((kind, number, said), None) is None and edition == of_edition:
            gone.append(key)
    for start in range(0, len(gone), AT_ONCE):
        Evidence.objects.filter(pk__in=gone[start : start + AT_ONCE]).delete()
    insert_rows(Evidence, FIELDS, rows.values())
    return bool(gone or rows)


def _row(kind: str, number: str, text: str, said: Sequence[str], what: str, confidence: float, edition: str) -> Row:
    return Row(number[:4], number, kind, text, " ".join(said), what[:LONGEST], confidence, edition)


# Lines of one heading say the same above them, and an edition says most of what the one before said.
@lru_cache(maxsize=MANY)
def _affirmed_terms(text: str) -> tuple[str, ...]:
    return tuple(terms(affirmed(text)))


@lru_cache(maxsize=MANY)
def _what(text: str) -> str:
    return head(affirmed(text))


def _schedule_rows(lines: Iterable[Worded], edition: str) -> Iterator[Row]:
    heading, seen = "", set[tuple[str, ...]]()
    for line in lines:
        if line.number[:2] in SPECIAL:
            continue
        if line.number[:4] != heading:
            heading, seen = line.number[:4], set()
            text = line.full_description.partition(": ")[0].rstrip(" :")
            yield _row(Kind.HEADING, heading, text, _affirmed_terms(text), head(text), 1.0, edition)
        if len(line.number) > len(heading):
            above = line.full_description[: -len(line.description)].split(": ") if line.full_description else []
            row = _line_row(line, [words for words in above if words], seen, edition)
            if row is not None:
                yield row


def _line_row(line: Worded, above: list[str], seen: set[tuple[str, ...]], edition: str) -> Row | None:
    """Return the row of a line. One that only says “Other” speaks with the words above it, once a heading."""
    text, own = line.description.rstrip(" :"), _affirmed_terms(line.description)
    while not own and len(above) > 1:
        text = above.pop()
        own = _affirmed_terms(text)
    if not own or (len(above) < 1 and len(line.number) > 8 and own in seen):
        return None
    if own in seen and text != line.description.rstrip(" :"):
        return None
    seen.add(own)
    ancestors = [word for word in _affirmed_terms(": ".join(above)) if word not in own]
    return _row(Kind.LINE, line.number, text, [*own, OWN_LINES, *ancestors], _what(text), 1.0, edition)


@cache  # they come with the code, and each whole edition that is loaded asks for them
def _word_rows() -> tuple[Row, ...]:
    return tuple(
        _row(
            Kind.WORD, fact.number, fact.phrase, terms(affirmed(turned(fact.phrase))), head(fact.phrase),
            fact.confidence, "",
        )
        for fact in shipped_words()
    )  # fmt: skip


def _name_rows() -> Iterator[Row]:
    counted = PublicPetition.objects.filter(Q(historical=True) | Q(stage=Stage.GRANTED))
    asked = counted.exclude(hts10="").exclude(product_name="").order_by("pk")
    givers: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    granted: set[tuple[str, str]] = set()
    first: dict[tuple[str, str], tuple[str, str]] = {}
    for number, name, giver, stage in asked.values_list("hts10", "product_name", "organization_name", "stage"):
        said = " ".join(terms(affirmed(name)))
        if not any(letter.isalpha() for letter in said):
            continue
        key = (number[:6], said)
        givers[key].add(giver.casefold())
        first.setdefault(key, (number, name))
        if stage == Stage.GRANTED:
            granted.add(key)
    for key, organizations in givers.items():
        if len(organizations) >= FEWEST_ORGANIZATIONS or key in granted:
            name = first[key][1][:LONGEST_NAME]
            yield _row(Kind.NAME, key[0], name, key[1].split(), head(name), 0.7, "")
