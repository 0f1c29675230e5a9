"""The product text that the agency drafts, and Customs' opinion on it."""

import re
from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter

from django.db import transaction

from exclusions import hts
from exclusions.actions.record.disclosure_checks import look_through, require_reason
from exclusions.actions.record.many.batch import Batch, act_of
from exclusions.actions.record.screenings import begin_screening
from exclusions.actions.record.transition import move
from exclusions.actions.review.case_entries import case_entry
from exclusions.checks.product_text import Remark, lint
from exclusions.errors import Conflict, Incomplete
from exclusions.facts.filing_day import filing_day
from exclusions.facts.numbers import over_time
from exclusions.hts import HtsNumber
from exclusions.models import CustomsOpinion, Petition, ProductDraft, Response, User
from exclusions.permissions.notices.already_excluded import drafted, inside_refusals
from exclusions.permissions.notices.retired_numbers import retired
from exclusions.queries.casework.versions_of_texts import newer_version
from exclusions.wording.named_numbers import named_codes, named_numbers
from exclusions.workflow.customs_grounds import GROUNDS, LABELS
from exclusions.workflow.deadlines import eastern_date

ONE_OF_TWO = "You wrote a text and ticked the whole number as well. Take out the tick, or clear the text."


def _number(text: str) -> str:
    try:
        return hts.parse(text, digits=(10,)).plain
    except hts.HtsError as error:
        raise Incomplete.beside("number", str(error)) from error


def _normalized(text: str, number: str, whole_number: bool) -> str:
    """Return the text as it is stored: the dotted number for a whole number, else the text with single blanks.

    Raises Incomplete where a text was typed and the whole number ticked as well: one of the two was not meant.
    """
    words = re.sub(r"[ \t]+", " ", text.strip())
    if whole_number and words and hts.undotted(words) != number:
        raise Incomplete.beside("whole_number", ONE_OF_TWO)
    return hts.dotted(number) if whole_number else words


def review_text(
    petition: Petition, *, text: str, number: str, whole_number: bool = False, at: datetime | None = None
) -> list[Remark]:
    """Return what the style rules say of a text, errors first; saves nothing. Raises Incomplete for a bad number.

    With `at`, the tariff of that day is asked too: whether it knows the numbers, and what it calls the number's line.
    """
    plain = _number(number)
    words = _normalized(text, plain, whole_number)
    who = petition.organization.legal_name
    if at is None:
        return lint(words, plain, whole_number=whole_number, requester=who)
    today = eastern_date(at)
    days = {today, filing_day(petition.submitted_at, at)}
    known = {one: over_time(HtsNumber(one)) for one in {plain, *(named.number for named in named_numbers(words))}}
    exists = {one: [facts.number_on(day).exists for day in days] for one, facts in known.items()}
    return lint(
        words,
        plain,
        whole_number=whole_number,
        requester=who,
        organizations=_responders(petition),
        line=known[plain].number_on(today).description,
        exists=lambda one: None if None in exists[one] else any(exists[one]),
    )


def _responders(petition: Petition) -> list[str]:
    """Return the organizations that responded in public."""
    posted = petition.responses.filter(status=Response.Status.POSTED)
    return list(posted.exclude(organization_name="").values_list("organization_name", flat=True).distinct()[:50])


def draft_text(
    petition: Petition,
    *,
    text: str,
    number: str,
    whole_number: bool = False,
    by: User,
    at: datetime,
    seen: int | None = None,
    batch: Batch | None = None,
) -> ProductDraft:
    """Save the next version of the product text; return it. A whole number needs no text of its own.

    `number` may be dotted or plain, 10 digits. A text in which something confidential may stand waits for intake before
    Customs reads it; `seen` as for every entry. Raises Incomplete with every style error (domain: annex style rules),
    and for a text inside an exclusion that covers it already.
    """
    plain = _number(number)
    words = _normalized(text, plain, whole_number)
    remarks = review_text(petition, text=words, number=plain, whole_number=whole_number)
    errors = [remark.sentence for remark in remarks if remark.severity == "error"]
    if errors:
        raise Incomplete(*errors, fields={"text": errors})
    gone = retired(plain, at, named=[code.replace(".", "") for code in named_codes(words)])
    if gone:
        raise Incomplete(*gone, fields={"number": gone})
    inside = inside_refusals(drafted(petition, words, plain, at))
    if inside:
        raise Incomplete(*inside, fields={"text": inside})
    data, typed = {"number": plain}, {"text": words}
    with case_entry(petition, "product_text", by=by, at=at, data=data, words=typed, seen=seen, batch=batch) as locked:
        doubtful = look_through("product_text", locked, typed, by=by, at=at, batch=batch)
        last = max(locked.drafts.all(), key=attrgetter("version"), default=None)
        made: ProductDraft = ProductDraft.objects.create(
            petition=locked,
            version=last.version + 1 if last else 1,
            text=words,
            number=plain,
            whole_number=whole_number,
            drafted_by=by,
            drafted_at=at,
            joint=act_of(batch),
        )
        begin_screening(locked, waits=doubtful, at=at, draft=made)
    return made


def give_opinion(
    draft: ProductDraft,
    *,
    result: str,
    reasons: str = "",
    grounds: Sequence[str] = (),
    by: User,
    at: datetime,
    batch: Batch | None = None,
) -> CustomsOpinion:
    """Record Customs' opinion on the latest text and move the case on, to the committee or back to the drafter.

    Customs may object that the text is on its face not classified in the number, or that it cannot be administered;
    `grounds` are the codes of that (`workflow.customs_grounds`), at least one. Raises NotPermitted, WrongState,
    Incomplete, and Conflict for a text of which there is a newer version, with nothing written.
    """
    codes = list(dict.fromkeys(grounds))
    if result not in CustomsOpinion.Result.values:
        raise Incomplete.beside("result", "Choose an opinion.")
    objects = result != CustomsOpinion.Result.NO_OBJECTION
    if objects:
        require_reason(reasons, "Give the reasons of the objection. The drafter works from them.", field="reasons")
    _require_grounds(result, codes)
    with transaction.atomic():
        said, data = {"reasons": reasons}, {"result": result, "grounds": codes}
        with case_entry(draft.petition, "opinion", by=by, at=at, data=data, words=said, batch=batch) as locked:
            latest = max(locked.drafts.all(), key=attrgetter("version"), default=None)
            if latest is None or latest.pk != draft.pk:
                raise Conflict(newer_version(draft, latest))
            opinion = CustomsOpinion(
                result=result,
                grounds=codes,
                reasons=reasons.strip(),
                given_by=by,
                given_at=at,
                joint=act_of(batch),
            )
            latest.opinions.add(opinion, bulk=False)  # which saves it; what was read of them before is read again
            doubtful = look_through("opinion", locked, said, by=by, at=at, batch=batch)
            begin_screening(locked, waits=doubtful, at=at, opinion=opinion)
        move(locked, "object_to_text" if objects else "clear_text", by=by, at=at, is_locked=True, batch=batch)
    return opinion


def _require_grounds(result: str, codes: Sequence[str]) -> None:
    """Raise Incomplete unless an objection names grounds of its own kind, and a clearance none."""
    known = GROUNDS.get(result, {})
    others = [code for code in codes if code not in known]
    sentence = ""
    if others:
        named = ", ".join(f"“{LABELS.get(code, code)}”" for code in others)
        sentence = f"{named}: not a ground of this opinion. Remove it, or choose the other opinion."
    elif known and not codes:
        sentence = "Choose at least one ground of the objection."
    if sentence:
        raise Incomplete.beside("grounds", sentence)
