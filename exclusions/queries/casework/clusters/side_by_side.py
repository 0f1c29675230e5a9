"""Two like cases side by side: how each stands, what was found in each, and what their public records say otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, prefetch_related_objects

from exclusions import criteria
from exclusions.facts.filing_day import filing_day
from exclusions.facts.like_cases import near_to
from exclusions.models import ClusterMember, Finding, Petition, User
from exclusions.permissions.likes.groups import of_form_alone
from exclusions.permissions.likes.recommended import Concluded, undecided
from exclusions.queries.casework.case.case import MADE
from exclusions.queries.casework.case.case_rows import ENTRIES, may_have
from exclusions.queries.casework.case.passages import Passage, excerpt, public_answers
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.outcomes import opposed

LONGEST = 400  # characters of an answer or of reasons in a cell
_READ = ("findings", "versions")


@dataclass(frozen=True)
class Side:
    """One of the two: `days` since its filing, `here` in its status; `concluded` is for what it stands, in words."""

    petition: Petition
    days: int
    here: int
    concluded: str

    @property
    def reference(self) -> str:
        """Its reference."""
        return str(self.petition.reference)


@dataclass(frozen=True)
class Line:
    """One thing of which both records say something; `citation` is how it is cited, of what may be."""

    title: str
    ours: str
    theirs: str
    citation: str = ""

    @property
    def differs(self) -> bool:
        """Whether they say it otherwise."""
        return self.ours != self.theirs


@dataclass(frozen=True)
class Pair:
    """The two cases; `unlike`: both are under review and stand otherwise. `cluster` is the key of the one that both are
    in, `why` says why they are like.
    """

    sides: tuple[Side, Side]
    findings: Sequence[Line]
    answers: Sequence[Line]
    unlike: bool
    cluster: int | None
    why: str


def side_by_side(petition: Petition, other: Petition, user: User, at: datetime) -> Pair | None:
    """Return two cases of `find_case` side by side, whom the person may both open; None where they are not like.

    Seven statements at most, besides those of `undecided`.
    """
    near = near_to(petition.stored)
    why = near.why(other.stored.pk, other.stored.likeness)
    if not why or petition.pk == other.pk:
        return None
    pair = [petition, other]
    prefetch_related_objects(pair, *[Prefetch(name, ENTRIES[name].order_by("pk")) for name in _READ])
    standing = {key: one.concluded for key, one in undecided([petition.pk, other.pk], user).items()}
    mine, theirs = (standing.get(one.pk) for one in pair)
    said = [public_answers(one, is_down=may_have(one, "quarantines")) for one in pair]
    return Pair(
        (_side(petition, mine, at), _side(other, theirs, at)),
        _findings(petition, other),
        [line for line in _answers(said[0], said[1]) if line.differs],
        unlike=_unlike(mine, theirs),
        cluster=_cluster(petition) if other.stored.pk in near.mates else None,
        why=why,
    )


def _side(petition: Petition, concluded: Concluded | None, at: datetime) -> Side:
    today = eastern_date(at)
    codes = f" ({', '.join(concluded.codes)})" if concluded and concluded.codes else ""
    return Side(
        petition,
        days=(today - filing_day(petition.submitted_at, at)).days,
        here=(today - eastern_date(petition.status_since)).days,
        concluded=f"{concluded.result.label}{codes}" if concluded else "",
    )


def _unlike(mine: Concluded | None, theirs: Concluded | None) -> bool:
    if mine is None or theirs is None or any(of_form_alone(one.result, one.codes) for one in (mine, theirs)):
        return False
    return opposed(mine.result, theirs.result)


def _cluster(petition: Petition) -> int | None:
    found = ClusterMember.objects.joined().filter(case=petition.stored)
    return found.order_by("pk").values_list("cluster_id", flat=True).first()


def _findings(petition: Petition, other: Petition) -> list[Line]:
    ours, theirs = _results(petition), _results(other)
    keys = dict.fromkeys([*petition.round.criteria, *other.round.criteria])
    return [Line(criteria.get(key).title, ours.get(key, ""), theirs.get(key, "")) for key in keys]


def _results(petition: Petition) -> dict[str, str]:
    made: list[Finding] = sorted(petition.findings.all(), key=MADE)
    return {one.criterion: f"{one.get_result_display()}: {excerpt(one.reasons, LONGEST)}" for one in made}


def _answers(ours: dict[str, Passage], theirs: dict[str, Passage]) -> list[Line]:
    """Return the questions that the public records answer, each with both answers."""
    others = {one.question: one for one in theirs.values()}
    lines = []
    for one in ours.values():
        there = others.get(one.question)
        if there is not None:
            lines.append(Line(one.words, excerpt(one.text, LONGEST), excerpt(there.text, LONGEST), one.citation))
    return lines
