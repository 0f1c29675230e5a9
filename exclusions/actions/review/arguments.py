"""Marking what the texts of a case argue, and answering it. A mark says all that a text argues; the latest counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from exclusions.actions.record.disclosure_checks import require_reason
from exclusions.actions.record.many.batch import Batch, act_of
from exclusions.actions.review.case_entries import case_entry
from exclusions.days import in_full
from exclusions.errors import Conflict, Incomplete
from exclusions.models import Argument, ArgumentAnswer, Petition, StandingAnswer, TextMark, User
from exclusions.permissions.arguments.marked import Arguments, arguments_of
from exclusions.permissions.arguments.texts import CaseText
from exclusions.workflow.deadlines import eastern_date


@dataclass(frozen=True)
class Place:
    """An argument as it is marked: where it stands in its text, its factor ("": beside the criteria), whom it helps."""

    start: int
    end: int
    criterion: str
    side: str


def mark_text(
    petition: Petition, *, citation: str, places: Sequence[Place], by: User, at: datetime, sha256: str = ""
) -> TextMark:
    """State what a text of the case argues: these places and no others; none: that it argues nothing.

    What was marked there before and is not among them is left out from now on. `sha256` is that of the text as the page
    showed it ("": nobody says). Raises NotPermitted, WrongState, Conflict, Incomplete.
    """
    data = {"texts": [citation], "arguments": len(places)}
    with case_entry(petition, "arguments", by=by, at=at, words={}, data=data) as locked:
        known = arguments_of(locked)
        text = next((one for one in known.texts if one.citation == citation), None)
        if text is None:
            raise Incomplete("This text is not in the record of the case, or was taken down. Load the page again.")
        if sha256 and sha256 != text.sha256:
            raise Conflict("The text was corrected after you opened this page. Read it, then mark it again.")
        _check(text, places, locked.round.criteria)
        return _mark(locked, known, text, places, by, at, None)


def take_suggestions(petition: Petition, *, by: User, at: datetime, batch: Batch | None = None) -> list[TextMark]:
    """Mark each text that nobody marked as the machine suggests; return what was stated.

    A text for which nothing is suggested is stated to argue nothing: the page says so before. Raises ActionRefused.
    """
    data = {"suggested": True}
    with case_entry(petition, "arguments", by=by, at=at, words={}, data=data, batch=batch) as locked:
        known = arguments_of(locked)
        wanted = known.open_texts
        if not wanted and not batch:
            raise Incomplete("Every text is marked already. Change a mark below, text by text.")
        factors = locked.round.criteria
        return [
            _mark(
                locked,
                known,
                text,
                [Place(one.start, one.end, one.criterion, one.side) for one in text.suggestions(factors)],
                by,
                at,
                batch,
            )
            for text in wanted
        ]


def answer_arguments(
    petition: Petition,
    *,
    arguments: Sequence[int],
    kind: str,
    by: User,
    at: datetime,
    standing: int | None = None,
    reason: str = "",
    batch: Batch | None = None,
) -> list[ArgumentAnswer]:
    """Say what answers arguments of the case: the finding of their criterion, a standing answer, or that they are
    beside the criteria, with a reason that is published with the decision. Raises ActionRefused.
    """
    data, words = {"answers": len(arguments), "kind": kind}, {"reason": reason}
    with case_entry(petition, "argument_answer", by=by, at=at, data=data, words=words, batch=batch) as locked:
        known = {row.pk: row for _, row in arguments_of(locked).standing}
        if not arguments or not known.keys() >= set(arguments):
            raise Incomplete("This argument is no longer marked. Load the page again.")
        _check_answer(kind, reason, [known[key] for key in arguments])
        cited = _standing_answer(standing) if kind == ArgumentAnswer.Kind.STANDING else None
        said = reason.strip() if kind == ArgumentAnswer.Kind.BESIDE else ""
        answers = [
            ArgumentAnswer(
                argument=known[key], kind=kind, standing=cited, reason=said, made_by=by, made_at=at, joint=act_of(batch)
            )
            for key in dict.fromkeys(arguments)
        ]
        return ArgumentAnswer.objects.bulk_create(answers)


def _check(text: CaseText, places: Sequence[Place], factors: Iterable[str]) -> None:
    """Raise Incomplete for a place that is not in the text, overlaps another one, or says what nobody asks."""
    last, sentence = 0, ""
    for place in sorted(places, key=lambda one: (one.start, one.end)):
        if not 0 <= place.start < place.end <= len(text.text) or not text.text[place.start : place.end].strip():
            sentence = f"An argument ends outside of the text of “{text.title}”. Mark it within the text."
        elif place.start < last:
            sentence = f"Two arguments of “{text.title}” overlap. Join them, or split them."
        elif place.criterion and place.criterion not in factors:
            sentence = "Choose a criterion of the round, or “beside the criteria”."
        elif place.side not in Argument.Side.values:
            sentence = "Choose whom the argument helps: for an exclusion, or against one."
        if sentence:
            raise Incomplete(sentence)
        last = place.end


def _mark(
    petition: Petition,
    known: Arguments,
    text: CaseText,
    places: Sequence[Place],
    by: User,
    at: datetime,
    batch: Batch | None,
) -> TextMark:
    """Write the statement on a text, the arguments that are new, and the end of those that are left out."""
    wanted = {(one.start, one.end, one.criterion, one.side): one for one in places}
    for row in known.marked:
        if row.citation != text.citation:
            continue
        same = (row.start, row.end, row.criterion, row.side)
        if row.sha256 == text.sha256 and same in wanted:
            del wanted[same]
            continue
        row.left_out_at, row.left_out_by = at, by
        row.save(update_fields=["left_out_at", "left_out_by"])
    common = {"petition": petition, "citation": text.citation, "sha256": text.sha256, "made_by": by, "made_at": at}
    common |= {"joint": act_of(batch)}
    mark = TextMark(**common, has_none=not places)
    rows = [
        Argument(
            **common,
            start=one.start,
            end=one.end,
            words=text.text[one.start : one.end],
            criterion=one.criterion,
            side=one.side,
        )
        for one in wanted.values()
    ]
    if batch:
        batch.add_row(mark)
        for argument in rows:
            batch.add_row(argument)
    else:
        mark.save(force_insert=True)
        Argument.objects.bulk_create(rows)
    return mark


def _check_answer(kind: str, reason: str, arguments: Iterable[Argument]) -> None:
    if kind == ArgumentAnswer.Kind.BESIDE:
        missing = "Say why the argument is beside the criteria. Your words are published with the decision."
        require_reason(reason, missing)
    elif kind == ArgumentAnswer.Kind.FINDING and not all(row.criterion for row in arguments):
        raise Incomplete("No finding answers an argument that is beside the criteria. Say why it is.")
    elif kind not in ArgumentAnswer.Kind.values:
        raise Incomplete("Choose what answers the argument.")


def _standing_answer(key: int | None) -> StandingAnswer:
    """Return a standing answer that may be cited now. Raises Incomplete."""
    found = StandingAnswer.objects.filter(pk=key).first() if key is not None else None
    if found is None:
        raise Incomplete("Choose a standing answer.")
    if found.withdrawn_at:
        gone = in_full(eastern_date(found.withdrawn_at))
        raise Incomplete(f"Standing answer {found.pk} was withdrawn on {gone}. Cite another one, or give a reason.")
    return found
