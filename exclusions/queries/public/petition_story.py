"""One posted petition as a reader wants it: where it stands, claim beside rebuttal, what is like it, how to cite it.

Reads the public tables alone. A fact that the source of a historical petition does not hold is None: the page says so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch

from exclusions.days import in_full
from exclusions.hts import dotted
from exclusions.likeness.words import parse_name
from exclusions.models.exclusion import ExclusionTerm, ExclusionText
from exclusions.models.public import PublicDocument, PublicPetition, PublicResponse
from exclusions.queries.public.registry import TERM_ORDER, state
from exclusions.queries.public.stages import Stop, awaits_notice, stage_line
from exclusions.questionnaires.certification import STEP as CERTIFY
from exclusions.questionnaires.contact import STEP as CONTACT
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.outcomes import DECIDED_AS
from exclusions.workflow.states import Stage

LIKE = 6  # petitions that the page names
COMPARED = 100  # newest ones of the number that are compared for it
TEXTS = 6  # exclusions of the number
FORMAL = frozenset({CONTACT.title, CERTIFY.title})
IN_HEADING = frozenset({"org_legal_name", "position"})
# What the requester and those who answer say of one thing: the keys of their forms.
SIDES: Sequence[tuple[str, frozenset[str], frozenset[str]]] = (
    (
        "Can it be had in the United States?",
        frozenset({"available_us", "available_us_explanation", "sourcing_attempted", "sourcing_attempts_summary"}),
        frozenset(
            {"makes_product", "product_likeness", "own_product", "available_now", "annual_capacity", "lead_time",
             "substitute"}
        ),
    ),
    (
        "Why it should, or should not, be excluded",
        frozenset({"severe_harm", "severe_harm_explanation", "strategic", "strategic_explanation", "rationale"}),
        frozenset({"explanation"}),
    ),
)  # fmt: skip

Line = dict[str, Any]


@dataclass(frozen=True)
class Side:
    """What one responder says, with its position and the requester's reply."""

    response: PublicResponse
    lines: list[Line]


@dataclass(frozen=True)
class Point:
    """One thing that both sides speak of."""

    title: str
    claim: list[Line]
    rebuttal: list[Side]


@dataclass(frozen=True)
class Earlier:
    """An exclusion that names the number of the petition, and where its last term stands on the day."""

    reference: str
    text: str
    whole_number: bool
    term: ExclusionTerm | None
    state: str


@dataclass(frozen=True)
class Like:
    """A posted petition on the same number; `shared` are words that both products' names say."""

    reference: str
    organization_name: str
    product_name: str
    outcome: str
    decided_on: date | None
    shared: list[str]


@dataclass(frozen=True)
class Answered:
    """A posted response and what was replied to it, without answers that are names of files."""

    response: PublicResponse
    lines: list[Line]
    reply: list[Line]
    photographs: list[PublicDocument]


@dataclass(frozen=True)
class Story:
    """What the page tells beside the columns of the petition itself."""

    line: list[Stop]
    awaits_notice: bool
    points: list[Point]
    steps: list[tuple[str, list[Line]]]
    formal: list[tuple[str, list[Line]]]
    photographs: list[PublicDocument]
    files: list[PublicDocument]
    responses: list[Answered]
    like: list[Like]
    more_like: bool
    earlier: list[Earlier]
    history: list[tuple[date | datetime, str]] = field(default_factory=list)
    citation: str = ""


def story(petition: PublicPetition, responses: Sequence[PublicResponse], at: datetime) -> Story:
    """Return the story of a petition that was read with its round, exclusion and documents; five statements at most."""
    names = {document.file_name for document in petition.documents.all()}
    steps = _steps(petition.answers, names)
    of_petition = [document for document in petition.documents.all() if document.response_id is None]
    points, (like, more) = _points(petition.answers, responses), _like(petition)
    return Story(
        line=stage_line(petition, at),
        awaits_notice=awaits_notice(petition),
        points=points,
        steps=_argument(steps, points),
        formal=[(title, rows) for title, rows in steps if title in FORMAL],
        photographs=_photographs(of_petition),
        files=of_petition,
        responses=[_answered(response) for response in responses],
        like=like,
        more_like=more,
        earlier=_earlier(petition.hts10, eastern_date(at)),
        history=_history(petition, responses),
        citation=_citation(petition),
    )


def _steps(answers: Iterable[Line], files: set[str]) -> list[tuple[str, list[Line]]]:
    """Return the answers by step, without those that are names of files: the files have a list of their own."""
    steps: dict[str, list[Line]] = {}
    for row in answers:
        if not _names_files(row, files):
            steps.setdefault(row["step"], []).append(row)
    return list(steps.items())


def _answered(response: PublicResponse) -> Answered:
    names = {document.file_name for document in response.documents.all()}
    told = [row for row in response.answers if not _names_files(row, names) and not _in_heading(row)]
    replied = [row for row in response.reply_answers if not _names_files(row, names) and not _in_heading(row)]
    return Answered(response, told, replied, _photographs(response.documents.all()))


def _photographs(files: Iterable[PublicDocument]) -> list[PublicDocument]:
    return [file for file in files if file.content_type.startswith("image/")]


def _in_heading(row: Mapping[str, Any]) -> bool:
    """Say whether the heading of a response says it already, or everybody who answers has to certify it."""
    return row["key"] in IN_HEADING or str(row["key"]).startswith("certify")


def _argument(steps: list[tuple[str, list[Line]]], points: list[Point]) -> list[tuple[str, list[Line]]]:
    """Return the steps that argue, without what stands beside a rebuttal already."""
    told = {row["key"] for point in points for row in point.claim}
    left = [(title, [row for row in rows if row["key"] not in told]) for title, rows in steps if title not in FORMAL]
    return [(title, rows) for title, rows in left if rows]


def _names_files(row: Mapping[str, Any], files: set[str]) -> bool:
    said_here = [part.strip() for part in str(row["value"]).replace("\n", ", ").split(", ")]
    return bool(files) and str(row["key"]).endswith("documents") and set(said_here) <= files


def _points(answers: Sequence[Line], responses: Sequence[PublicResponse]) -> list[Point]:
    """Return what both sides speak of; nothing before somebody answered."""
    points = []
    for title, claimed, rebutted in SIDES:
        claim = [row for row in answers if row["key"] in claimed]
        sides = [
            Side(response, [row for row in response.answers if row["key"] in rebutted])
            for response in sorted(responses, key=lambda one: one.position != "oppose")
        ]
        sides = [side for side in sides if side.lines]
        if claim and sides:
            points.append(Point(title, claim, sides))
    return points


def _like(petition: PublicPetition) -> tuple[list[Like], bool]:
    """Return the petitions on the same number, those whose product's name shares most words first; one statement."""
    if not petition.hts10:
        return [], False
    others = PublicPetition.objects.filter(hts10=petition.hts10).exclude(pk=petition.pk)
    found = list(others.order_by("-posted_on", "-reference").values_list(*COLUMNS)[: COMPARED + 1])
    own = set(parse_name(petition.product_name).words)
    like = [
        Like(
            reference,
            organization,
            name,
            str(Stage(stage).label),
            decided_on,
            sorted(own & set(parse_name(name).words)),
        )
        for reference, organization, name, stage, decided_on in found[:COMPARED]
    ]
    like.sort(key=lambda one: len(one.shared), reverse=True)
    return like[:LIKE], len(found) > LIKE


COLUMNS = ("reference", "organization_name", "product_name", "stage", "decided_on")


def _earlier(number: str, on: date) -> list[Earlier]:
    """Return the exclusions whose text names the number, newest first; two statements."""
    if not number:
        return []
    rows = ExclusionText.objects.filter(numbers__number__in=(number, number[:8])).select_related("exclusion")
    rows = rows.order_by("-exclusion__pk", "-version").only("text", "whole_number", "exclusion__reference")
    known = ExclusionTerm.objects.only("exclusion", "status", "valid_from", "valid_to")
    terms = Prefetch("exclusion__terms", known.order_by(*TERM_ORDER))
    texts: dict[str, ExclusionText] = {}
    for text in rows.prefetch_related(terms)[: TEXTS * 4]:
        texts.setdefault(text.exclusion.reference, text)
    found = [_entry(text, on) for text in texts.values()]
    found.sort(
        key=lambda one: (one.state != "In force", -(one.term.valid_to or date.max).toordinal() if one.term else 0)
    )
    return found[:TEXTS]


def _entry(text: ExclusionText, on: date) -> Earlier:
    terms = list(text.exclusion.terms.all())
    in_force_then = [term for term in terms if state(term, on) == "In force"] or terms
    last = in_force_then[-1] if in_force_then else None
    said_of_it = state(last, on) if last else "Dates not known"
    return Earlier(text.exclusion.reference, text.text, text.whole_number, last, said_of_it)


def _history(petition: PublicPetition, responses: Sequence[PublicResponse]) -> list[tuple[date | datetime, str]]:
    """Return what happened and is public, oldest first."""
    rows: list[tuple[date | datetime, str]] = []
    if petition.posted_on:
        rows.append((petition.posted_on, "Posted"))
    for one in responses:
        side = "supported" if one.position == "support" else "opposed"
        rows.append((one.posted_at, f"{one.organization_name} {side} the petition"))
        if one.replied_at:
            rows.append((one.replied_at, f"The requester replied to {one.organization_name}"))
    for asked in petition.questions:
        rows.append((date.fromisoformat(asked["asked_on"]), f"The agency asked question {asked['number']}"))
        if asked["state"] == "answered":
            rows.append((date.fromisoformat(asked["ended_on"]), f"The requester answered question {asked['number']}"))
    for former in petition.former_decisions:
        rows.append((date.fromisoformat(former["decided_on"]), DECIDED_AS.get(former["outcome"], "Decided")))
        rows.append((date.fromisoformat(former["reopened_on"]), f"Decision reopened: {former['reason']}"))
    if petition.decided_on:
        rows.append((petition.decided_on, DECIDED_AS[petition.outcome]))
    for added in petition.supplements:
        rows.append((date.fromisoformat(added["on"]), "Supplement added to the decision"))
    if petition.closing:
        rows.append((date.fromisoformat(petition.closing["on"]), petition.get_stage_display()))
    return sorted(rows, key=lambda row: eastern_date(row[0]))


def _citation(petition: PublicPetition) -> str:
    """How a brief names the petition; the address of the page follows it."""
    who = petition.organization_name or "Petition"
    facts = [f"posted {_day(petition.posted_on)}" if petition.posted_on else ""]
    facts.append(f"{DECIDED_AS[petition.outcome].lower()} {_day(petition.decided_on)}" if petition.decided_on else "")
    told = "; ".join(filter(None, facts))
    number = f", HTSUS {dotted(petition.hts10)}" if petition.hts10 else ""
    product = petition.product_name or "product not given"
    return f"{who}, {product}{number}, No. {petition.reference}{f' ({told})' if told else ''}"


def _day(day: date | None) -> str:
    return in_full(day) if day else ""
