"""What a new edition retires: the report, the decision, the correction notice, and the gates of a product text."""

import io
from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document

from exclusions.actions.loading.successions import COLUMNS
from exclusions.actions.notices.renumbering import settle_number
from exclusions.actions.review.product_texts import draft_text
from exclusions.actions.store.bulk import insert_rows
from exclusions.errors import Incomplete, NotPermitted, WrongState
from exclusions.models import Event, HtsEdition, LineSuccession, NumberSettlement, Petition, TariffLine, User
from exclusions.permissions.notices.retired_numbers import retired
from exclusions.permissions.notices.text_gates import customs_has_no_objection, text_cleared, text_drafted
from exclusions.queries.notices.correction_notice import corrections
from exclusions.queries.notices.renumbering import renumbering
from exclusions.workflow.states import Status
from tests.factories.tariff import LIST_3, MADE, cover, exclude, follow, make_edition, make_lists

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("Rows are locked, which SQLite does not do.")]
ClientOf = Callable[[User | None], Client]

OLD, NEW, OTHER = "6810990010", "6810990015", "6810990080"
FIRST, SECOND = date(2019, 1, 1), date(2020, 1, 1)
WHY = "The list of changes names it, and the words are the same."


def retire(*, ahead: date = SECOND) -> HtsEdition:
    """Put two editions on file; the second has another number in the place of the old one."""
    make_edition(FIRST, ("68109900", "Articles of cement"), (OLD, "Tiles"), (OTHER, "Other"), name="2019 first")
    TariffLine.objects.filter(number=OLD).update(valid_to=date.fromordinal(ahead.toordinal() - 1))
    made = make_edition(ahead, (NEW, "Tiles"), name="2020 second")
    follow(OLD, NEW, ahead)
    LineSuccession.objects.update(confidence="high", evidence="The line ended and one with the same words began.")
    return made


def test_the_report_lists_all_that_stands_on_a_retired_number(
    petition_in: Callable[[Status], Petition], cast: dict[str, User]
) -> None:
    case = petition_in(Status.CUSTOMS)
    action = case.round.actions.get()
    exclusion = exclude(action, OLD, LIST_3, None)
    exclude(action, OLD, LIST_3, date(2019, 12, 31), text="Ended before")
    exclude(action, OTHER, LIST_3, None, text="On another number")
    cover(action, OLD, "99038803", date(2018, 9, 24))
    report = renumbering(retire())
    (one,) = report.retired
    assert (one.number, one.words, report.open) == (OLD, "Tiles", 1)
    assert sorted((matter.kind, matter.key) for matter in one.matters) == [
        ("exclusion", exclusion.reference),
        ("list", ""),
        ("petition", case.reference),
        ("text", case.reference),
    ]
    assert [(item.number, item.confidence) for item in one.proposals] == [(NEW, "high")]
    assert "20(h)(1)" in next(matter.about for matter in one.matters if matter.kind == "exclusion")


def test_a_number_that_is_broken_out_and_one_in_other_words_are_told(db: None) -> None:
    action = make_lists()["1"]
    exclude(action, "8413810000", LIST_3, None)
    exclude(action, "8414100000", LIST_3, None, text="Vacuum pumps")
    make_edition(FIRST, ("84138100", "Pumps"), ("8414100000", "Vacuum pumps"), name="a")
    TariffLine.objects.filter(number="8414100000").update(valid_to=date(2019, 12, 31))
    made = make_edition(SECOND, ("8413810020", "Pumps: Turbine"), ("8414100000", "Vacuum pumps, oil-free"), name="b")
    report = renumbering(made)
    assert [one.number for one in report.retired] == ["8413810000"]
    assert [(one.number, one.now) for one in report.reworded] == [("8414100000", "Vacuum pumps, oil-free")]


def test_a_decision_is_recorded_and_drafts_the_correction_notice(cast: dict[str, User]) -> None:
    action = make_lists()["3"]
    text = "Tiles (described in statistical reporting number 6810.99.0010)"
    exclude(action, OLD, LIST_3, None, text=text)
    edition = retire()
    settle_number(edition, number=OLD, verdict="accepted", successors=[NEW], reason=WHY, by=cast["drafter"], at=MADE)
    event = Event.objects.get(kind="settle_number")
    assert (event.subject, event.data["successors"]) == (f"htsedition:{edition.pk}", [NEW])
    (one,) = corrections(edition)
    assert one.words == (
        "U.S. note 20(h)(1), heading 9903.88.05, is modified by deleting “6810.99.0010” and inserting “6810.99.0010 "
        "prior to January 1, 2020; described in statistical reporting number 6810.99.0015 effective January 1, 2020” "
        "in lieu thereof."
    )
    settle_number(edition, number=OLD, verdict="rejected", reason=WHY, by=cast["publisher"], at=MADE)
    assert corrections(edition) == []
    assert NumberSettlement.objects.count() == 2


@pytest.mark.parametrize(
    ("who", "asked", "error", "said"),
    [
        ("reviewer1", {}, NotPermitted, "the drafter, the publisher"),
        ("drafter", {"number": OTHER}, WrongState, "is not a retired number in use under htsus 2020 second"),
        ("drafter", {"verdict": "maybe"}, Incomplete, "choose whether"),
        ("drafter", {"reason": " "}, Incomplete, "say what shows"),
        ("drafter", {"successors": []}, Incomplete, "name the number or numbers of 10 digits"),
        ("drafter", {"successors": [OLD]}, Incomplete, "6810.99.0010 is not in htsus 2020 second"),
        ("drafter", {"successors": ["6810"]}, Incomplete, "has 4 digits"),
        ("drafter", {"successors": [OTHER]}, Incomplete, "only proposed numbers"),
    ],
)
def test_a_decision_that_does_not_hold_is_refused_with_nothing_written(
    cast: dict[str, User], who: str, asked: dict[str, object], error: type[Exception], said: str
) -> None:
    exclude(make_lists()["3"], OLD, LIST_3, None)
    edition = retire()
    given = {"number": OLD, "verdict": "accepted", "successors": [NEW], "reason": WHY} | asked
    with pytest.raises(error) as refusal:
        settle_number(edition, by=cast[who], at=MADE, **given)  # type: ignore[arg-type]
    assert said in str(refusal.value).lower()
    assert not NumberSettlement.objects.exists()
    assert not Event.objects.filter(kind="settle_number").exists()


def test_pages_lead_from_the_edition_to_the_notice(cast: dict[str, User], client_of: ClientOf) -> None:
    exclude(make_lists()["3"], OLD, LIST_3, None, text="Tiles (described in statistical reporting number 6810.99.0010)")
    edition = retire()
    client = client_of(cast["publisher"])
    assert f"/renumbering/{edition.pk}/" in client.get("/renumbering/").content.decode()
    assert client.get(f"/renumbering/{edition.pk}/correction.txt").status_code == 404
    page = f"/renumbering/{edition.pk}/{OLD}/"
    assert "one with the same words began" in client.get(page).content.decode()
    refused = client.post(page, {"verdict": "chosen", "successors": "6810.99.0010", "reason": WHY})
    assert refused.status_code == 422
    assert WHY in refused.content.decode()
    assert client.post(page, {"verdict": "accepted", "accepted": [NEW], "reason": WHY}).status_code == 302
    assert "6810.99.0015" in client.get(f"/renumbering/{edition.pk}/").content.decode()
    text = client.get(f"/renumbering/{edition.pk}/correction.txt").content.decode()
    word = Document(io.BytesIO(client.get(f"/renumbering/{edition.pk}/correction.docx").content))
    assert "in lieu thereof." in text
    assert "\n\n".join(paragraph.text.strip() for paragraph in word.paragraphs) == text.strip()


def test_a_text_whose_number_the_next_edition_retires_is_asked_for_the_one_that_follows(
    petition_in: Callable[[Status], Petition], cast: dict[str, User], at: datetime
) -> None:
    """At drafting, at customs and at signing, with the days of each number."""
    case = petition_in(Status.CUSTOMS)
    assert customs_has_no_objection(case, cast["customs"], at, None) == ["Record the opinion on the text first."]
    signed = petition_in(Status.SIGNATURE)
    retire(ahead=date(2019, 12, 1))
    said = (
        "6810.99.0010 is not in HTSUS 2020 second, from December 1, 2019. It stands from January 1, 2018 through "
        "November 30, 2019. Write the text for the number that follows: 6810.99.0015 stands from December 1, 2019 on."
    )
    day = case.status_since
    assert retired(OLD, day) == [said]
    assert retired(OLD, day, named=[OLD, NEW]) == []
    assert retired(NEW, datetime(2019, 12, 2, 12, tzinfo=day.tzinfo)) == []
    assert text_drafted(case, cast["drafter"], day, None) == [said]
    assert text_cleared(signed, cast["signatory"], signed.status_since, None) == [said]
    drafting = petition_in(Status.DRAFTING)
    with pytest.raises(Incomplete) as refusal:
        draft_text(drafting, text="", number=OLD, whole_number=True, by=cast["drafter"], at=drafting.status_since)
    assert refusal.value.fields["number"] == [said]


@pytest.mark.parametrize("many", [1, 60])
def test_the_report_takes_the_same_statements_however_much_there_is(db: None, many: int) -> None:
    action = make_lists()["3"]
    numbers = [f"68109900{n:02d}" for n in range(10, 10 + many)]
    for number in numbers:
        exclude(action, number, LIST_3, None, text=f"Tiles {number}")
    make_edition(FIRST, ("681099", "Articles"), *((number, f"Kind {number}") for number in numbers), name="a")
    TariffLine.objects.filter(level=10).update(valid_to=date(2019, 12, 31))
    edition = make_edition(SECOND, *((f"68109901{n:02d}", f"Kind {n}") for n in range(many)), name="b")
    rows = [(n, f"68109901{i:02d}", "equal words", "a", "b", SECOND, "high", "x") for i, n in enumerate(numbers)]
    columns = (*COLUMNS, "confidence", "evidence")
    insert_rows(LineSuccession, columns, rows)
    with CaptureQueriesContext(connection) as captured:
        report = renumbering(edition)
    assert len(report.retired) == many
    assert all(one.proposals for one in report.retired)
    assert len(captured) == 12
