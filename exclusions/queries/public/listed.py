"""The exclusions that a round lists, as everybody reads them: place, text, comments counted, what was decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from exclusions.facts.rounds import round_in_force
from exclusions.models.exclusion import ExclusionNumber, ExclusionTerm, ExclusionText
from exclusions.models.notices.listed import ListedExclusion, PublicComment, PublicTermDecision
from exclusions.models.round import Round
from exclusions.queries.public.registry import TERM_ORDER, Entry, entry
from exclusions.workflow.term_choices import Choice

PAGE_SIZE = 50
COMMENTS_SHOWN = 100
NO_TEXT = "The source does not give its text. The list names it by heading and item."
UNDECIDED = "undecided"
OUTCOME_WORDS: dict[str, str] = {
    UNDECIDED: "Not decided yet",
    Choice.EXTEND: "Extended",
    Choice.REINSTATE: "Reinstated",
    Choice.LAPSE: "Lapses",
}
OUTCOMES: list[tuple[str, str]] = list(OUTCOME_WORDS.items())
REOPENED = "Reopened, to be decided again"


def round_listing(slug: str) -> Round | None:
    """Return the round of this short name, if it lists exclusions."""
    round = round_in_force(slug)
    return round if round and round.lists_exclusions else None


def listed(
    round: Round, *, action: str = "", heading: str = "", outcome: str = "", words: str = ""
) -> "QuerySet[ListedExclusion]":
    """Return what a round lists and the filters leave, by number, with how many support and oppose each.

    `action`: code of a list; `heading`: plain; `outcome`: a key of `OUTCOMES`; `words`: all occur in a wording, or the
    number in the round.
    """
    rows = of_round(round)
    if action:
        rows = rows.filter(exclusion__action__code=action)
    if heading:
        rows = rows.filter(heading=heading)
    if outcome == UNDECIDED:
        rows = rows.filter(~Exists(_standing()))
    elif outcome:
        rows = rows.filter(Exists(_standing().filter(choice=outcome)))
    if words.strip().isdecimal() and len(words.strip()) < 6:
        rows = rows.filter(number=int(words))
    elif words.strip():
        texts = ExclusionText.objects.filter(exclusion=OuterRef("exclusion"))
        for word in words.split():
            texts = texts.filter(text__icontains=word)
        rows = rows.filter(Exists(texts) | Q(exclusion__reference__istartswith=words.strip()))
    return rows


def of_round(round: Round) -> "QuerySet[ListedExclusion]":
    """Return all that a round lists, by number, counted and with texts and decisions; five statements for a page."""
    stands = Q(comment_lines__comment__withdrawn_at__isnull=True)
    return (
        ListedExclusion.objects.filter(round__slug=round.slug)
        .select_related("exclusion__action")
        .prefetch_related(*_details())
        .annotate(
            supports=Count("comment_lines", filter=stands & Q(comment_lines__comment__position="support")),
            opposes=Count("comment_lines", filter=stands & Q(comment_lines__comment__position="oppose")),
        )
        .order_by("number")
    )


def _standing() -> "QuerySet[PublicTermDecision]":
    """Return the decision that stands of the listed exclusion of the outer statement."""
    return PublicTermDecision.objects.filter(listed=OuterRef("pk"))


def _details() -> list["Prefetch[Any]"]:
    return [
        Prefetch("decisions", PublicTermDecision.versions.select_related("reopening").order_by("-version")),
        Prefetch("exclusion__texts", ExclusionText.objects.order_by("version")),
        Prefetch("exclusion__texts__numbers", ExclusionNumber.objects.order_by("pk")),
        Prefetch("exclusion__terms", ExclusionTerm.objects.order_by(*TERM_ORDER)),
    ]


@dataclass(frozen=True)
class Line:
    """One listed exclusion as a row shows it; `row` carries `supports` and `opposes`."""

    row: ListedExclusion
    entry: Entry
    decision: PublicTermDecision | None
    former: list[PublicTermDecision]

    @property
    def text(self) -> str:
        """The wording that held on the day, or that there is none."""
        return self.entry.text.text if self.entry.text else NO_TEXT

    @property
    def outcome(self) -> str:
        """What was decided, in a word."""
        if self.decision is None and self.former:
            return REOPENED
        return OUTCOME_WORDS[self.decision.choice if self.decision else UNDECIDED]


def lines(rows: Iterable[ListedExclusion], on: date) -> list[Line]:
    """Return the rows (read with `listed`) as they are shown on a day."""
    return [Line(row, entry(row.exclusion, on), decision_of(row), former_of(row)) for row in rows]


def decision_of(row: ListedExclusion) -> PublicTermDecision | None:
    """Return what stands decided of a listed exclusion (read with `listed`), or None."""
    return next((one for one in row.decisions.all() if not hasattr(one, "reopening")), None)


def former_of(row: ListedExclusion) -> list[PublicTermDecision]:
    """Return the decisions on a listed exclusion (read with `listed`) that were reopened, newest first."""
    return [one for one in row.decisions.all() if hasattr(one, "reopening")]


@dataclass(frozen=True)
class ListedPage:
    """What the page of one listed exclusion shows; `comments` are at most a hundred, newest first."""

    line: Line
    comments: list[PublicComment]


def listed_page(round: Round, number: int, on: date) -> ListedPage | None:
    """Return the listed exclusion of a number in a round with its comments; None when there is none."""
    row = of_round(round).filter(number=number).order_by("number").first()
    if row is None:
        return None
    comments = PublicComment.objects.filter(lines__listed=row).order_by("-posted_at", "-reference")[:COMMENTS_SHOWN]
    return ListedPage(lines([row], on)[0], list(comments))


def counted(round: Round) -> dict[str, int]:
    """Return how many exclusions a round lists by what was decided of them, in the order of `OUTCOMES`."""
    rows = ListedExclusion.objects.filter(round__slug=round.slug).order_by()
    rows = rows.annotate(choice=Subquery(_standing().values("choice")[:1]))
    found = {choice or UNDECIDED: number for choice, number in rows.values_list("choice").annotate(number=Count("pk"))}
    return {label: found.get(key, 0) for key, label in OUTCOMES}


def headings_of(round: Round) -> list[str]:
    """Return the headings (plain) under which the exclusions of a round stand."""
    rows = ListedExclusion.objects.filter(round__slug=round.slug).order_by("heading")
    return list(rows.values_list("heading", flat=True).distinct())


def lists_of(round: Round) -> list[str]:
    """Return the codes of the round's lists."""
    return list(round.actions.order_by("position").values_list("code", flat=True))
