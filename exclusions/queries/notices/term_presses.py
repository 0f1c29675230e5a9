"""What was signed of listed exclusions, press by press: how many decisions each signed, and what became of them."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from exclusions.models import NoticeTerm, PublicTermReopening, TermDecision
from exclusions.queries.notices.term_drafts import drafted
from exclusions.workflow.term_choices import Choice

SHOWN = 10


def presses(slug: str) -> "QuerySet[Any, Any]":
    """Return the presses that signed decisions in a round, newest first: `first` (the key of the first decision), who
    signed and when, how many it signed and how many of them were reopened. One statement.
    """
    rows = TermDecision.versions.filter(listed__round__slug=slug)
    counted = rows.values("signed_at", "signed_by", "signed_by__full_name").annotate(
        first=Min("pk"), number=Count("pk"), reopened=Count("reopening")
    )
    return counted.order_by("-signed_at", "-first")


@dataclass(frozen=True)
class Press:
    """What one press signed: all its decisions by number, with the listed exclusion of each."""

    decisions: list[TermDecision]

    @property
    def signed_at(self) -> datetime:
        """When."""
        return self.decisions[0].signed_at

    @property
    def first(self) -> int:
        """The key of its first decision, by which the press is asked for."""
        return min(one.pk for one in self.decisions)

    @property
    def figures(self) -> list[tuple[str, int]]:
        """How many decisions, by what each decides in words; the most first."""
        return Counter(Choice(one.recommendation.choice).label for one in self.decisions).most_common()

    @property
    def listed(self) -> list[int]:
        """The keys of the listed exclusions."""
        return [one.listed_id for one in self.decisions]

    @property
    def first_of_them(self) -> list[TermDecision]:
        """The first ten decisions."""
        return self.decisions[:SHOWN]

    @property
    def more(self) -> int:
        """How many there are beside those."""
        return max(0, len(self.decisions) - SHOWN)

    def reopening(self) -> PublicTermReopening | None:
        """Return what everybody reads of its reopening, or None."""
        one = self.decisions[0]
        rows = PublicTermReopening.objects.filter(decision__listed=one.listed_id, decision__version=one.version)
        return rows.order_by("pk").first()

    def faults(self) -> list[str]:
        """Return a sentence for each thing that holds the press: a notice that published of it, a draft with it."""
        notices = NoticeTerm.objects.filter(decision__in=self.decisions, notice__undone_at__isnull=True)
        published = Counter(notices.order_by("pk").values_list("notice__citation", flat=True))
        said = [
            f"{citation} published {count:,} of these decisions. Take the notice back first, on the day of its entry. "
            "Later, a new notice ends the terms."
            for citation, count in published.items()
        ]
        drafts = Counter(drafted(self.decisions).values())
        return said + [
            f"{count:,} of these decisions stand in notice draft {key}. Take them out of it, or drop it, first."
            for key, count in sorted(drafts.items())
        ]


def press(slug: str, key: int) -> Press | None:
    """Return the press that signed the decision with this key in a round, or None; two statements."""
    one = TermDecision.versions.filter(listed__round__slug=slug, pk=key).first()
    if one is None:
        return None
    same = Q(signed_at=one.signed_at, signed_by=one.signed_by_id, listed__round__slug=slug)
    of_it = ("listed__exclusion", "listed__round", "recommendation", "signed_by")
    return Press(list(TermDecision.versions.filter(same).select_related(*of_it).order_by("listed__number", "pk")))
