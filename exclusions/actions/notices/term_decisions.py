"""What becomes of the exclusions that a round lists: recommended by a reviewer, signed by the signatory.

Decisions attach to exclusions, never to comments or their authors: nobody who commented gets a letter.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction
from simple_history.utils import bulk_create_with_history

from exclusions.actions.notices.comment_disclosure_checks import look_through_comments
from exclusions.actions.record.disclosure_checks import require_reason
from exclusions.actions.record.events import record_event
from exclusions.checks.substance import lacks_substance, repeats
from exclusions.days import in_full
from exclusions.errors import Incomplete, NotPermitted, Unconfirmed
from exclusions.models import (
    Exclusion,
    ExclusionTerm,
    ListedExclusion,
    PublicTermDecision,
    Round,
    TermDecision,
    TermRecommendation,
    User,
)
from exclusions.permissions.notices.comment_secrets import comments_about
from exclusions.permissions.notices.terms import (
    Wanted,
    choice_refusal,
    decided_refusals,
    not_listed_refusals,
    recommending_refusal,
    signing_refusal,
    term_of_choice,
    terms_of,
)
from exclusions.queries.notices.term_desk import latest_recommendations
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.term_choices import Choice, Factor, Found

SHOWN = 10
UNASKED = 20  # decisions that one press signs without asking once more
BATCH = 200
MISSING = "Choose at least one exclusion of the round."


def terms_subject(slug: str) -> str:
    """Return the name of the event chain of what is decided in a round that lists exclusions."""
    return f"terms:{slug}"


def lock_listed(round: Round, references: Collection[str]) -> list[ListedExclusion]:
    """Lock the exclusions of these references, and return them as the round lists them, by number.

    Raises Incomplete for none, and for one that the round does not list.
    """
    if not references:
        raise Incomplete.beside("exclusions", MISSING)
    wanted = list(dict.fromkeys(references))
    list(Exclusion.objects.select_for_update().filter(reference__in=wanted).order_by("pk").values_list("pk"))
    rows = ListedExclusion.objects.filter(round__slug=round.slug, exclusion__reference__in=wanted)
    found = list(rows.select_related("round", "exclusion__action", "term").order_by("number"))
    refuse_many(not_listed_refusals(wanted, found, round))
    return found


def refuse_many(sentences: Sequence[str]) -> None:
    """Raise Incomplete with what stands in the way of many, the first ten of it; nothing: go on."""
    if sentences:
        more = [f"… and {len(sentences) - SHOWN} more."] if len(sentences) > SHOWN else []
        raise Incomplete(*sentences[:SHOWN], *more)


def _refuse_choices(rows: Sequence[tuple[ListedExclusion, Wanted]]) -> None:
    """Raise Incomplete for each choice that does not fit its exclusion; what is wrong with all of them is said once."""
    listed = [row for row, _ in rows]
    refuse_many(decided_refusals(listed))
    terms = terms_of(listed)
    faults = [(row, choice_refusal(row, terms[row.exclusion_id], wanted)) for row, wanted in rows]
    said = {tuple(found.items()) for _, found in faults}
    if len(said) == 1 and faults[0][1]:
        raise Incomplete(*faults[0][1].values(), fields={key: [text] for key, text in faults[0][1].items()})
    refuse_many([f"{row.exclusion.reference}: {text}" for row, found in faults for text in found.values()])


def recommend_terms(
    *,
    slug: str,
    references: Collection[str],
    choice: str,
    first: date | None,
    last: date | None,
    reasons: str,
    findings: Mapping[str, tuple[str, str]],
    by: User,
    at: datetime,
    meant: bool = False,
) -> list[TermRecommendation]:
    """Recommend the same for one or many exclusions (references) that a round lists; return the recommendations.

    `first` and `last` are inclusive days: both for what is reinstated, the last alone for what is extended, the last
    day of a transition or none for what lapses. `findings` are which way each factor points (keys of `Factor` and
    `Found`), and why; `meant` answers what is asked about reasons that repeat others. All or none is written. Raises
    NotPermitted, Incomplete for one that the round does not list, that was never granted or is decided, for days that
    do not fit and for an overlap under the same heading; Repeats for what commenters gave in confidence.
    """
    if refused := recommending_refusal(by):
        raise refused
    if choice not in Choice.values:
        raise Incomplete.beside("choice", "Choose what happens to it.")
    require_reason(reasons, "Give the reasons. They are published with the decision.", field="reasons")
    found = _findings(findings, meant=meant)
    with transaction.atomic():
        round = lock_round(slug)
        rows = lock_listed(round, references)
        wanted = Wanted(choice, first, last)
        _refuse_choices([(row, wanted) for row in rows])
        words = {"reasons": reasons, **{f"reasons_{factor}": said for factor, (_, said) in findings.items()}}
        look_through_comments("recommend_term", words, comments_about([row.pk for row in rows]))
        made = TermRecommendation.objects.bulk_create(
            TermRecommendation(
                listed=row,
                choice=choice,
                starts_on=first,
                ends_on=last,
                reasons=reasons,
                findings=found,
                recommended_by=by,
                recommended_at=at,
            )
            for row in rows
        )
        told = {"numbers": [row.number for row in rows], "choice": choice}
        record_event(terms_subject(slug), "recommend_terms", by=by, at=at, data=told)
    return made


def lock_round(slug: str) -> Round:
    """Return the round that lists exclusions, locked. Raises Incomplete where there is none."""
    round = Round.objects.select_for_update().filter(slug=slug, superseded_at__isnull=True).order_by("version").first()
    if round is None or not round.lists_exclusions:
        raise Incomplete(f"There is no round {slug} that lists exclusions.")
    return round


def _findings(findings: Mapping[str, tuple[str, str]], *, meant: bool) -> list[dict[str, str]]:
    """Return findings as they are kept. Raises Incomplete where none is given, or one is without reasons of its own
    (unless those are `meant`).
    """
    fields: dict[str, list[str]] = {}
    for factor, (result, reasons) in findings.items():
        if factor not in Factor.values or result not in Found.values:
            fields[f"result_{factor}"] = [f"Choose which way “{factor}” points. “{result}” is not a finding."]
        elif result != Found.NOT_SHOWN and not reasons.strip():
            fields[f"reasons_{factor}"] = [f"Give the reasons of the finding on “{Factor(factor).label}”."]
        elif reasons.strip() and (short := lacks_substance(reasons)):
            fields[f"reasons_{factor}"] = [short]
    if not findings:
        fields["findings"] = ["Record a finding on at least one factor."]
    if not fields and not meant and (asked := _asked_about(findings)):
        fields["meant"] = asked
    if fields:
        raise Incomplete(*(said for group in fields.values() for said in group), fields=fields)
    return [
        {
            "factor": factor,
            "title": str(Factor(factor).label),
            "result": str(Found(result).label),
            "reasons": reasons.strip(),
        }
        for factor, (result, reasons) in findings.items()
    ]


def _asked_about(findings: Mapping[str, tuple[str, str]]) -> list[str]:
    """Return what a reviewer is asked about reasons of one factor that say no more than those of another."""
    titled = {str(Factor(factor).label): reasons for factor, (_, reasons) in findings.items()}
    asked = []
    for title, reasons in titled.items():
        others = {name: text for name, text in titled.items() if name != title}
        asked += [f"{title}: {said[:1].lower()}{said[1:]}" for said in repeats(reasons, others)]
    return asked


def sign_terms(*, slug: str, references: Collection[str], by: User, at: datetime, seen: str = "") -> list[TermDecision]:
    """Sign what was last recommended for one or many exclusions (references); return the decisions.

    Each writes a pending term, which its notice completes, and what everybody reads of it. All or none is signed.
    Raises NotPermitted, Incomplete for one without a recommendation and for whatever a recommendation is refused for,
    and Unconfirmed for more than UNASKED, unless `seen` names what is signed now, as that exception gave it.
    """
    if refused := signing_refusal(by):
        raise refused
    with transaction.atomic():
        round = lock_round(slug)
        rows = lock_listed(round, references)
        keys = [row.pk for row in rows]
        latest = latest_recommendations(keys)
        signed_before = Counter(TermDecision.versions.filter(listed__in=keys).values_list("listed_id", flat=True))
        refuse_many([_not_recommended(row, signed_before) for row in rows if row.pk not in latest])
        if any(one.recommended_by_id == by.pk for one in latest.values()):
            raise NotPermitted("You recommended it, so you cannot sign it.")
        chosen = {row.pk: _wanted(latest[row.pk]) for row in rows}
        _refuse_choices([(row, chosen[row.pk]) for row in rows])
        _ask_again(rows, latest, seen)
        terms = _pending_terms(rows, chosen, at)
        made = TermDecision.objects.bulk_create(
            TermDecision(
                listed=row,
                version=signed_before[row.pk] + 1,
                recommendation=latest[row.pk],
                term=terms.get(row.exclusion_id),
                recommended_by=latest[row.pk].recommended_by,
                signed_by=by,
                signed_at=at,
            )
            for row in rows
        )
        PublicTermDecision.objects.bulk_create(_public(one, at) for one in made)
        record_event(terms_subject(slug), "sign_terms", by=by, at=at, data={"numbers": [row.number for row in rows]})
    return made


def _not_recommended(row: ListedExclusion, signed_before: Mapping[int, int]) -> str:
    since = " since its decision was reopened" if signed_before[row.pk] else ""
    return f"{row.exclusion.reference}: no one has recommended anything{since}."


def _ask_again(rows: Sequence[ListedExclusion], latest: Mapping[int, TermRecommendation], seen: str) -> None:
    """Raise Unconfirmed for a press that signs many, unless the person has read what it does, and it does so still."""
    if len(rows) <= UNASKED:
        return
    signed = sha256(repr(sorted((row.number, latest[row.pk].pk) for row in rows)).encode()).hexdigest()[:16]
    if seen == signed:
        return
    figures = Counter(_in_words(latest[row.pk]) for row in rows).most_common()
    changed = "The recommendations have changed since you looked. " if seen else ""
    raise Unconfirmed(f"{changed}You are about to sign {len(rows):,} decisions.", figures=figures, seen=signed)


def _in_words(recommendation: TermRecommendation) -> str:
    first, last = recommendation.starts_on, recommendation.ends_on
    days = f"{f' from {in_full(first)}' if first else ''}{f' through {in_full(last)}' if last else ''}"
    return f"{Choice(recommendation.choice).label}{days}"


def _wanted(recommendation: TermRecommendation) -> Wanted:
    return Wanted(recommendation.choice, recommendation.starts_on, recommendation.ends_on)


def _pending_terms(
    rows: Sequence[ListedExclusion], chosen: Mapping[int, Wanted], at: datetime
) -> dict[int, ExclusionTerm]:
    """Write the pending terms of what is extended, reinstated or lapses with a transition; return them by exclusion."""
    there, made = terms_of(rows), []
    for row in rows:
        new = term_of_choice(row, there[row.exclusion_id], chosen[row.pk])
        if new:
            made.append(
                ExclusionTerm(
                    exclusion=row.exclusion,
                    heading=new.heading,
                    note=new.note,
                    seq=new.seq,
                    item=new.item,
                    status=ExclusionTerm.Status.PENDING,
                    valid_from=new.span.first,
                    valid_to=new.span.last,
                    dates_from=f"Decided in {row.round.title}"[:200],
                    recorded_at=at,
                )
            )
    bulk_create_with_history(made, ExclusionTerm, batch_size=BATCH)
    keys = [row.exclusion_id for row in rows]
    pending = ExclusionTerm.objects.filter(exclusion__in=keys, status=ExclusionTerm.Status.PENDING, recorded_at=at)
    return {term.exclusion_id: term for term in pending.order_by("pk")} if made else {}


def _public(decision: TermDecision, at: datetime) -> PublicTermDecision:
    recommended, term = decision.recommendation, decision.term
    return PublicTermDecision(
        listed=decision.listed,
        version=decision.version,
        choice=recommended.choice,
        starts_on=term.valid_from if term else None,
        ends_on=term.valid_to if term else None,
        reasons=recommended.reasons,
        findings=recommended.findings,
        decided_on=eastern_date(at),
    )
