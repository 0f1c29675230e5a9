"""What is typed at a door of a case is looked through for its confidential values before it is written.

(15 CFR 2006.15.) Whoever may read a value is told its question and the words; nobody else learns anything, not even
that there was something: what they wrote waits, or is shown to those alone who read the whole case.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from exclusions.actions.record.many.batch import Batch
from exclusions.checks.confidential.leak_matcher import Hit, hit_id
from exclusions.checks.substance import lacks_substance
from exclusions.errors import Incomplete, Repeats
from exclusions.models import Petition, User
from exclusions.permissions import Standing, may_read_confidential
from exclusions.permissions.case_secrets import CaseSecrets, case_secrets
from exclusions.permissions.leaks import settled_leaks
from exclusions.permissions.screening import PlaceDoubt
from exclusions.workflow.disclosure_checks import DOORS, Door
from exclusions.workflow.roles import READS_CONFIDENTIAL

NEXT = "State that it is a coincidence, and let a second member of staff agree. Or do not let it through."


def look_through(
    door: str,
    petition: Petition,
    words: Mapping[str, str],
    *,
    by: User | None,
    at: datetime,
    standing: Standing | None = None,
    secrets: CaseSecrets | None = None,
    batch: Batch | None = None,
) -> bool:
    """Raise Repeats where words repeat a value that the writer may read; return whether they repeat another one.

    `words` is {field: text} of what is typed at that door of `workflow.disclosure_checks`. What was stated to be
    public, or a coincidence with a second person's word, is passed over. A `batch` has looked standing and values up
    for all of its cases. The work is the same whether anything is found or not.
    """
    if batch:
        standing, secrets = standing or batch.standing(petition, by), secrets or batch.secrets(petition)
    row, secrets = DOORS[door], secrets or case_secrets(petition)
    settled = settled_leaks(petition)
    reads = by is not None and may_read_confidential(by, petition, at, standing)
    told: dict[str, list[Hit]] = {}
    untold = False
    for field, text in words.items():
        place = place_of(door, field)
        own = _open(place, secrets.of_requester(text), settled)
        theirs = _open(place, secrets.of_responders(text), settled)
        known = [*(own if reads else ()), *(theirs if by and reads and by.role in READS_CONFIDENTIAL else ())]
        untold = untold or len(known) < len(own) + len(theirs)
        if known:
            told[field] = known
    if told:
        raise repeats_refusal(row, told)
    return untold


def require_reason(reason: str, missing: str, *, field: str = "reason") -> None:
    """Raise Incomplete for a reason that is not given (`missing` says what is asked) or shows nothing."""
    found = lacks_substance(reason) if reason.strip() else missing
    if found:
        raise Incomplete.beside(field, found)


def place_of(door: str, field: str) -> str:
    """Return the name under which statements about words at a door are kept."""
    return f"{door}:{field}"


def repeats_refusal(door: Door, told: Mapping[str, list[Hit]]) -> Repeats:
    """Return the refusal that names, field by field, the questions and the words, for somebody who may read both."""
    fields = {field: [sentence(_of_part(door, field), hits)] for field, hits in told.items()}
    plain = list(dict.fromkeys(sentence(_of_part(door, field), hits, words=False) for field, hits in told.items()))
    return Repeats(*(said for group in fields.values() for said in group), fields=fields, plain=plain)


def _of_part(door: Door, field: str) -> Door:
    """Return the door as a sentence on one part of a file says it: such a part is given as a field “its comments”."""
    return replace(door, reaches=f"of the file, {field}, {door.reaches}") if field.startswith("its ") else door


def sentence(door: Door, hits: Iterable[Hit], *, words: bool = True) -> str:
    """Return what is wrong with a text and what would help; without the words themselves for a page that is kept."""
    labels = ", ".join(f"“{hit.secret.label}”" + (f" (“{hit.excerpt}”)" if words else "") for hit in hits)
    return f"This text {door.reaches}. It repeats what was given in confidence under {labels}. {door.instead}"


def refuse_doubts(doubts: list[PlaceDoubt], what: str = "It") -> None:
    """Raise Repeats where a value in words that wait is not settled; the clerk who reads this may read the value."""
    if not doubts:
        return
    said = [
        f"{what} repeats, in “{doubt.part}”, what was given in confidence under “{doubt.hit.secret.label}”"
        for doubt in doubts
    ]
    with_words = [f"{text}: “{doubt.hit.excerpt}”. {NEXT}" for text, doubt in zip(said, doubts, strict=True)]
    raise Repeats(*with_words, plain=[f"{text}. {NEXT}" for text in said])


def _open(place: str, hits: list[Hit], settled: frozenset[str]) -> list[Hit]:
    return [hit for hit in hits if hit_id(place, hit.secret) not in settled]
