"""Listed exclusions as the staff decide of them: what is recommended, signed and published of each."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, Q

from exclusions.models import ListedExclusion, NoticeTerm, Round, TermDecision, TermRecommendation
from exclusions.queries.notices.term_drafts import drafted
from exclusions.queries.public.listed import Line
from exclusions.workflow.term_choices import LISTING


@dataclass(frozen=True)
class DeskLine:
    """A listed exclusion with what stands of it; `notice` is the citation under which it was published, `draft` the
    key of the open notice draft that it stands in.
    """

    line: Line
    recommendation: TermRecommendation | None
    decision: TermDecision | None
    notice: str
    draft: int | None = None

    @property
    def state(self) -> str:
        """Where it stands, in words."""
        if self.notice:
            return f"Published, {self.notice}"
        if self.draft:
            return f"Signed, in notice draft {self.draft}"
        if self.decision:
            return "Signed, notice pending"
        if self.recommendation:
            return f"Recommended by {self.recommendation.recommended_by}"
        return "Reopened, nothing recommended since" if self.line.former else "Nothing recommended"


def latest_recommendations(keys: Collection[int]) -> dict[int, TermRecommendation]:
    """Return the recommendation that stands for each listed exclusion, by its key; one statement.

    One whose decision was reopened is spent: what is signed next is recommended anew.
    """
    rows = TermRecommendation.objects.filter(listed__in=keys).select_related("recommended_by", "decision__reopening")
    latest = {one.listed_id: one for one in rows.order_by("pk")}
    return {key: one for key, one in latest.items() if getattr(_signed(one), "reopening", None) is None}


def _signed(recommendation: TermRecommendation) -> TermDecision | None:
    return getattr(recommendation, "decision", None)


def desk_lines(lines: Sequence[Line]) -> list[DeskLine]:
    """Return the lines of a page with what stands of each. Three statements."""
    keys = [line.row.pk for line in lines]
    recommended = latest_recommendations(keys)
    published = NoticeTerm.objects.filter(decision=OuterRef("pk"), notice__undone_at__isnull=True).order_by("-pk")
    signed = TermDecision.objects.filter(listed__in=keys)
    decided = {one.listed_id: one for one in signed.annotate(notice=published.values("notice__citation")[:1])}
    drafts = drafted(decided.values())
    desk = []
    for line in lines:
        decision = decided.get(line.row.pk)
        notice = (decision.notice if decision else None) or ""
        draft = drafts.get(decision.term_id) if decision and decision.term_id else None
        desk.append(DeskLine(line, recommended.get(line.row.pk), decision, notice, draft))
    return desk


def rounds_that_list() -> list[Round]:
    """Return the rounds of extension and reinstatement, newest first, with how many they list and how many are open."""
    rows = Round.objects.current().filter(kind__in=LISTING)
    counted = rows.annotate(
        all_listed=Count("listed", distinct=True),
        decided=Count(
            "listed",
            filter=Q(listed__decisions__isnull=False, listed__decisions__reopening__isnull=True),
            distinct=True,
        ),
        undecided=F("all_listed") - F("decided"),
    )
    return list(counted.order_by("-opens_at", "slug"))


def listed_number(round: Round, number: int) -> ListedExclusion | None:
    """Return the listed exclusion of a number in a round, or None."""
    rows = ListedExclusion.objects.filter(round__slug=round.slug, number=number)
    return rows.select_related("round", "exclusion__action").order_by("pk").first()
