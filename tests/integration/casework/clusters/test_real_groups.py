"""The real dockets' own opposite answers: how many of them the gate before the legal review would have stopped.

A group is one product name (letters and digits alike), one 10-digit number, different requesters, both answers. The
groups' rows are loaded as history; a live case for the same product, recommended one way, meets the other answer.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from exclusions.actions.review import reviews
from exclusions.actions.store.cases import keep_keys, store_docket
from exclusions.errors import Incomplete
from exclusions.facts.like_cases import marks_of
from exclusions.gateways.docket_table import DocketRow, read_docket_table
from exclusions.models import Petition, StoredCase, User
from exclusions.models.casework.store import plain_key
from exclusions.permissions.likes.groups import like_groups, otherwise
from exclusions.workflow.outcomes import CaseOutcome
from exclusions.workflow.states import Status
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import Journey

pytestmark = pytest.mark.django_db
LIST_3 = ("petitions/ustr_2019_0005_list3_requests.csv.gz", "USTR-2019-0005")
LIST_2 = ("petitions/ustr_2018_0032_list2_requests.csv.gz", "USTR-2018-0032")


def opposite(rows: list[DocketRow]) -> Iterator[list[DocketRow]]:
    """Yield the groups that got both answers."""
    groups: defaultdict[tuple[str, str], list[DocketRow]] = defaultdict(list)
    for row in rows:
        if key := plain_key(row.product):
            groups[key, row.hts10].append(row)
    for group in groups.values():
        asked = {plain_key(row.organization) for row in group}
        if len(asked) > 1 and {row.stage for row in group} >= {"granted", "denied"}:
            yield group


def stored(row: DocketRow) -> dict[str, object]:
    """Return a row of a docket as the store takes it."""
    facts = {"reference": row.reference, "requester": row.organization, "hts10": row.hts10, "product": row.product}
    return {**facts, "posted_on": row.posted_on, "stage": row.stage}


def ask_for(petition: Petition, row: DocketRow) -> None:
    """Let the live case be one for the product of that row, of another requester."""
    case = StoredCase.objects.get(petition=petition)
    case.hts10, case.product, case.words, case.requester = row.hts10, row.product, row.product, "A newcomer"
    case.likeness, keys = marks_of(case)
    case.save(update_fields=["hts10", "product", "words", "requester", "likeness"])
    keep_keys({case.likeness: keys})


@pytest.mark.parametrize(("docket", "known", "least"), [(LIST_3, 42, 40), (LIST_2, 30, 28)], ids=["list3", "list2"])
def test_the_gate_stops_the_opposite_answers_of_the_real_dockets(
    docket: tuple[str, str],
    known: int,
    least: int,
    shared_data: Path,
    journey: Callable[..., Journey],
    second_reviewer2: User,
) -> None:
    path, number = docket
    groups = list(opposite(read_docket_table(shared_data / path, number).rows))
    assert len(groups) == known
    store_docket([stored(row) for group in groups for row in group], docket=number)
    case = journey()
    petition = case.take(*PATHS[Status.CONSISTENCY])
    stopped, let_through = 0, []
    for group in groups:
        ask_for(petition, group[0])
        like = like_groups(petition)
        results = {outcome: bool(otherwise(like, outcome)) for outcome in (CaseOutcome.GRANTED, CaseOutcome.DENIED)}
        if all(results.values()):
            stopped += 1
        else:
            let_through.append(f"{group[0].hts10} {group[0].product}")
        try:
            reviews.record_consistency(petition, by=second_reviewer2, at=case.at)
        except Incomplete:
            refused = True
        else:
            refused = False
        assert refused is results[CaseOutcome.GRANTED], "it is recommended for a grant"
    assert stopped >= least, let_through
