"""The docket of October 2021 end to end: 549 listed, commented, decided, published; and what the registry says then.

The comments are our own. Which of the 549 came back is known here of 113: those whose product stands, item by item,
under the heading of 87 FR 17380 (March 28, 2022) as a later notice carried it on, 12 of them with numbers that changed
meanwhile. That the others lapse is this test's story, not the record's: 352 came back in all.
"""

import csv
import gzip
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from exclusions.actions.decision.notices import Notice
from exclusions.actions.loading.listed_exclusions import list_from_table
from exclusions.actions.loading.rounds import load_rounds
from exclusions.actions.loading.tariff_lists import load_shipped_actions
from exclusions.actions.notices.drafting import change_paragraphs, send_draft
from exclusions.actions.notices.publishing import publish_draft
from exclusions.actions.notices.term_decisions import recommend_terms, sign_terms
from exclusions.actions.notices.term_drafts import draft_terms
from exclusions.actions.notices.term_notices import publish_terms
from exclusions.errors import Unconfirmed
from exclusions.gateways.tariff.listed_table import SHIPPED, read_listed_table
from exclusions.models import ExclusionTerm, ListedExclusion, NoticeTerm, PublicComment, PublicTermDecision
from tests.factories.notices.listed import AFTER, FINDINGS, OPEN, REASONS, SLUG, commented, posted_comment

pytestmark = pytest.mark.django_db
TEXTS, CARRIED_ON = "ch99/exclusions_note20_2026_rev6.csv.gz", "ch99/exclusion_extensions.csv"
NOTICES = "ch99/exclusion_notices.csv"
Place = tuple[str, str, str]


def came_back(folder: Path) -> dict[tuple[str, str], Place]:
    """Return the places under 9903.88.67 that the data know, by list and text of the product."""
    with (folder / CARRIED_ON).open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["heading"] == "9903.88.67"]
    before = {
        (row["new_heading"], row["new_subdivision"], row["new_item_seq"]): (row["note20_subdivision"], row["item_seq"])
        for row in rows
    }
    with gzip.open(folder / TEXTS, "rt", encoding="utf-8", newline="") as stream:
        found = {}
        for row in csv.DictReader(stream):
            place = before.get((row["chapter99_heading"], row["note20_subdivision"], row["seq"]))
            if place:
                found[row["list"], " ".join(row["text"].lower().split())] = ("9903.88.67", *place)
    return found


def window(folder: Path) -> tuple[date, date]:
    with (folder / NOTICES).open(encoding="utf-8", newline="") as stream:
        row = next(row for row in csv.DictReader(stream) if row["citation"] == "87 FR 17380")
    assert row["published_on"] == "2022-03-28"
    return date.fromisoformat(row["effective_from"]), date.fromisoformat(row["effective_to"])


@pytest.fixture
def docket(shared_data: Path) -> dict[str, Place]:
    """List the 549; return where those that are known to have come back stand, by reference."""
    call_command("load_exclusions", str(shared_data / TEXTS), stdout=StringIO(), stderr=StringIO())
    load_shipped_actions()
    load_rounds(at=OPEN)
    rows, _ = read_listed_table(SHIPPED[SLUG])
    list_from_table(slug=SLUG, rows=rows, at=OPEN)
    known = came_back(shared_data)
    listed = ListedExclusion.objects.select_related("exclusion__action").prefetch_related("exclusion__texts")
    found = {}
    for row in listed.order_by("number"):
        for text in row.exclusion.texts.all():
            place = known.get((row.exclusion.action.code, " ".join(text.text.lower().split())))
            if place:
                found[row.exclusion.reference] = place
    return found


def test_the_docket_of_2021_runs_from_its_list_to_the_terms_of_its_notice(
    docket: dict[str, Place], shared_data: Path, cast
) -> None:
    assert ListedExclusion.objects.count() == 549
    lists = Counter(ListedExclusion.objects.values_list("exclusion__action__code", flat=True))
    assert lists == {"1": 137, "2": 59, "3": 266, "4A": 87}
    assert len(docket) == len(set(docket.values())) == 113
    posted_comment(cast, "1-549")
    posted_comment(cast, "1-20", position="oppose", org_legal_name="Brook Tooling Inc",
                   at=datetime(2021, 12, 2, 4, 59, tzinfo=UTC) - timedelta(seconds=1))  # fmt: skip
    with pytest.raises(Exception, match="closed on"):
        commented("1", at=datetime(2021, 12, 2, 5, 0, tzinfo=UTC))
    first, last = window(shared_data)
    everything = list(ListedExclusion.objects.values_list("exclusion__reference", flat=True))
    back = sorted(docket)
    rest = [one for one in everything if one not in docket]
    for references, choice, days in ((back, "reinstate", (first, last)), (rest, "lapse", (None, None))):
        recommend_terms(slug=SLUG, references=references, choice=choice, first=days[0], last=days[1], reasons=REASONS,
                        findings=FINDINGS, by=cast["reviewer1"], at=AFTER)  # fmt: skip
    with pytest.raises(Unconfirmed, match="about to sign 549 decisions") as asked:
        sign_terms(slug=SLUG, references=everything, by=cast["signatory"], at=AFTER)
    assert [number for _, number in asked.value.figures] == [436, 113]
    sign_terms(slug=SLUG, references=everything, by=cast["signatory"], at=AFTER, seen=asked.value.seen)
    how: dict[str, Any] = {"by": cast["publisher"], "at": AFTER + timedelta(days=9)}
    draft = draft_terms(slug=SLUG, references=everything, only_waiting=True, **how)
    items = {item.pk: docket[item.exclusion.reference] for item in draft.items.select_related("exclusion")}
    change_paragraphs(draft, {key: int(item) for key, (_, _, item) in items.items()}, **how)
    publish_draft(send_draft(draft, **how), citation="87 FR 17380", published_on=date(2022, 3, 28), **how)
    publish_terms(slug=SLUG, references=rest, notice=Notice("87 FR 17380", date(2022, 3, 28)), **how)
    assert NoticeTerm.objects.count() == 549
    assert Counter(PublicTermDecision.objects.values_list("choice", flat=True)) == {"reinstate": 113, "lapse": 436}
    assert [comment.lines.count() for comment in PublicComment.objects.order_by("pk")] == [549, 20]
    terms = ExclusionTerm.objects.filter(heading="99038867").select_related("exclusion")
    found = {term.exclusion.reference: ("9903.88.67", term.note, term.item) for term in terms}
    assert found == docket, "each under the paragraph that the data know"
    assert set(terms.values_list("valid_from", "valid_to", "status", "authority", "published_on")) == {
        (first, last, "published", "87 FR 17380", date(2022, 3, 28))
    }
    of_docket = ExclusionTerm.objects.filter(exclusion__reference__in=back)
    for day, holding in ((date(2021, 10, 11), 0), (first, 113), (last, 113), (date(2023, 1, 1), 0)):
        under = of_docket.filter(heading="99038867").in_force(day)
        assert under.count() == holding, "the gap before it is real"
