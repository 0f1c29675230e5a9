"""What the staff wrote of a case that is not signed is read nowhere by the public, nor by who filed a like one.

Complete by construction: the tables are those that lead to a petition, the addresses those of the table that is held
against the URLs, each asked for the like case too.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import NoReverseMatch, reverse
from zeal import zeal_ignore

from exclusions.actions import transitions
from exclusions.actions.casework.letters_to_set import set_letters
from exclusions.actions.filing.responses import confirm_response, post_response, respond
from exclusions.actions.record.notifications import as_email
from exclusions.actions.review import reviews
from exclusions.gateways.documents.object_store import read_file
from exclusions.gateways.documents.reading import read_content
from exclusions.models import (
    CaseNote,
    CommitteeAssessment,
    Contact,
    Decision,
    Letter,
    NoticeCase,
    Notification,
    Petition,
    Proposal,
    PublicDocument,
    PublicPetition,
    Recusal,
    Round,
    User,
)
from exclusions.permissions.likes.groups import LikeGroup, likes_of, with_result
from exclusions.queries.casework.case import determinations
from exclusions.queries.public.public_reads import PUBLIC_MODELS
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.outcomes import GRANTS
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.answers import RESPONSE_ANSWERS
from tests.factories.casework.arguing import answer_the_first
from tests.factories.casework.citing import SHOWS
from tests.factories.casework.ways import PATHS
from tests.factories.cast import NAMES, email_of
from tests.factories.markers import Markers
from tests.factories.petitions import APART, Journey
from tests.factories.world import World, token_of
from tests.integration.core.test_every_url_every_role import ROWS
from tests.integration.public.test_markers_never_leak import EXPORTS, MEASURED, body
from tests.opened import opened

pytestmark = pytest.mark.django_db
Told = Mapping[str, list[str]]

# What leads to a petition and holds no words of the staff about a case that is not signed.
WITHOUT = {
    **dict.fromkeys(
        (
            "PetitionVersion",
            "Response",
            "Reply",
            "Document",
            "EarlierCopy",
            "PartRead",
            "InquiryAnswer",
            "Listing",
            "BulkRow",
            "BulkWanted",
            "BulkLeak",
        ),
        "What was filed: the sweep of what is given in confidence reads it.",
    ),
    **dict.fromkeys(("Letter", "PendingLetter"), "Sent to who filed the case: what it says is swept as text."),
    **dict.fromkeys(("Decision", "Reopening", "Supplement", "NoticeCase"), "Made when a case is signed, or after."),
    **dict.fromkeys(("Inquiry", "Cure"), "Put to who filed the case; the question is public once it is asked."),
    **dict.fromkeys(("StoredCase", "TextMark", "Assignment", "JointActMember", "DueAlert"), "Nobody types in it."),
    **dict.fromkeys(("Closing",), "It ends a case without a signature."),
    **dict.fromkeys(("Quarantine", "Screening"), "Of what was public, or waits to be; test_take_down reads it."),
    **dict.fromkeys(("LeakSettlement", "ConfidentialityRefusal"), "Of what was given in confidence."),
}
THINNEST = "It is the thinnest of them all."
GOODS = {"product_name": "Kiln shelves of sintered mullite"}  # of which the world has no case
UNSTEADY = frozenset({"healthz"})
SAID = frozenset({"distinction", "words", "reasons", "particular"})  # keys of what people type into tables in a column


def private_tables() -> dict[type[models.Model], str]:
    """Return every table that leads to a petition and is not public, by the path that leads there."""
    found: dict[type[models.Model], str] = {Petition: ""}
    todo: list[type[models.Model]] = [Petition]
    while todo:
        home = todo.pop(0)
        for model in apps.get_app_config("exclusions").get_models():
            for column in model._meta.local_concrete_fields:
                known = model in found or model in PUBLIC_MODELS or model.__name__ in WITHOUT
                if column.related_model is home and not known:
                    found[model] = f"{column.name}__{found[home]}".rstrip("_")
                    todo.append(model)
    return {model: path for model, path in found.items() if model is not Petition}


def typed_columns(model: type[models.Model]) -> list[str]:
    """Return the columns into which people type whole words."""
    text = (models.CharField, models.TextField)
    return [
        column.attname
        for column in model._meta.local_concrete_fields
        if isinstance(column, models.JSONField)
        or (isinstance(column, text) and not column.choices and (column.max_length or 1000) >= 200)
    ]


def marked(value: Any, markers: Markers) -> Any:
    """Return a value of a column with a marker in the place of all that was typed."""
    if isinstance(value, str):
        return markers.word()
    if isinstance(value, list):
        return [marked(one, markers) if isinstance(one, dict) else one for one in value]
    if isinstance(value, dict):
        return {key: markers.word() if key in SAID and one else one for key, one in value.items()}
    return value


def plant(petition: Petition, markers: Markers) -> set[str]:
    """Put a marker into everything that the staff wrote of a case; return the tables that had a row to plant in."""
    planted = set()
    for model, path in private_tables().items():
        for row in model._base_manager.filter(**{path: petition.pk}).order_by("pk"):
            given = markers.given
            values = {name: marked(getattr(row, name), markers) for name in typed_columns(model)}
            with opened(model):
                model._base_manager.filter(pk=row.pk).update(**values)
            planted |= {model.__name__} if markers.given > given else set()
    at = petition.status_since
    Proposal.objects.create(
        act="close_covered", subject=f"petition:{petition.pk}", summary="Close it", reason=markers.word(),
        proposed_by=petition.filed_by, proposed_at=at, expires_at=at + timedelta(days=9),
    )  # fmt: skip
    return planted


def write_all(petition: Petition, cast: Mapping[str, User]) -> None:
    """Write a row where no step of the way to a signature leaves one; the committee turns against the grant."""
    at = petition.status_since
    about: dict[str, Any] = {"petition": petition}
    Recusal.objects.create(**about, user=cast["auditor"], reason="A cousin.", declared_at=at, ended_at=at)
    made: dict[str, Any] = {**about, "made_by": cast["reviewer1"], "made_at": at}
    CaseNote.objects.create(**made, text="A note.")
    Contact.objects.create(
        **about, with_whom="Someone", summary="A call.", held_on=at, logged_by=cast["reviewer1"], logged_at=at
    )
    said = {"words": "It has a maker here.", "agency": "doc", "view": "objects"}
    made["made_at"] = at + timedelta(minutes=1)  # after what it concluded before
    CommitteeAssessment.objects.create(**made, outcome="deny", reasons="A maker.", departure="A maker.", views=[said])


@pytest.fixture
def markers() -> Markers:
    """Return what is planted."""
    return Markers()


@pytest.fixture
def unsigned(cast: dict[str, User], list3: Round, world: World) -> Journey:
    """Return another requester's case that waits for its signature, where all that staff can write of one stands."""
    found = Journey({**cast, "importer": cast["rival"]}, list3, world.posted.status_since, answers=GOODS)
    found.take(*PATHS[Status.POSTED])
    said = {**RESPONSE_ANSWERS, "explanation": "We make it in Ohio, and can deliver all they need within a month."}
    given = respond(reference=str(found.petition.reference), answers=said, by=None, at=found.at)
    post_response(confirm_response(token=token_of(given), at=found.at), by=cast["intake"], at=found.at)
    found.take(*[name for name in PATHS[Status.SIGNATURE] if name not in PATHS[Status.POSTED]])
    write_all(found.petition, cast)
    answer_the_first(found.petition, by=cast["signatory"], at=found.at, reason="It names another product.")
    return found


def sign_beside(unsigned: Journey, markers: Markers, cast: dict[str, User]) -> Petition:
    """Grant and publish a like case, set apart from the unsigned one, and deny a third, which supplements its page."""
    case, by = Journey(cast, unsigned.petition.round, unsigned.at, answers=GOODS), cast["second_reviewer2"]
    case.take(*PATHS[Status.SIGNATURE])
    said = {
        group.key: f"Longer than {markers.word()}." if unsigned.petition.reference in group.references else APART
        for group in with_result(likes_of(case.petition, by).groups)
    }
    assert any(words != APART for words in said.values())
    reviews.record_consistency(case.petition, distinctions=said, ours=SHOWS, by=by, at=case.at)
    case.act("grant")
    case.at += timedelta(hours=1)
    notice = {"citation": "84 FR 88888", "published_on": eastern_date(case.at)}
    transitions.take(case.petition, "publish", by=cast["publisher"], at=case.at, data=notice)
    third = Journey(cast, unsigned.petition.round, case.at, "deny", answers=GOODS)
    third.take(*PATHS[Status.CONSISTENCY])
    # Its own words; those of the other record are about all that is denied on the docket, and would be published here.
    own = {group.key: THINNEST for group in likes_of(third.petition, by).groups if group.outcome in GRANTS}
    reviews.record_consistency(third.petition, distinctions=own, ours=SHOWS, by=by, at=third.at)
    third.act("confirm_consistency")
    third.take("clear_for_denial", "deny")
    set_letters()
    return case.petition


def asked(world: World, petition: Petition, who: str) -> Iterator[str]:
    """Yield every address that a person may open, with what stands behind it in the world and of a petition."""
    letters = Letter.objects.filter(petition=petition).order_by("pk").values_list("code", flat=True)
    files = PublicDocument.objects.filter(petition__reference=petition.reference).order_by("pk")
    granted = Decision.objects.values_list("exclusion__reference", flat=True).get(petition=petition)
    notice = NoticeCase.objects.values_list("notice", flat=True).get(petition=petition)
    for name, row in ROWS.items():
        if row.expected(who) != 200 or name in UNSTEADY:
            continue
        known = dict(row.arguments(world))
        of_it = {"petition_id": petition.pk}
        names = [{"reference": one} for one in (petition.reference, granted)] if "reference" in known else [{}]
        numbers = [{"number": one} for one in (petition.hts10, notice)] if "number" in known else [{}]
        kinds = [{"kind": kind} for kind in EXPORTS] if "kind" in known else [{}]
        keys = [{"key": one.key} for one in files] if "key" in known else [{}]
        codes = [{"code": code} for code in letters] if "code" in known else [{}]
        yield reverse(name, kwargs=known)
        for more in product(names, numbers, kinds, keys, codes):
            own = {key: value for part in (of_it, *more) for key, value in part.items() if key in known}
            try:
                yield reverse(name, kwargs={**known, **own})
            except NoReverseMatch:
                continue
    feed = reverse("watch-feed")
    yield f"{feed}?kind=case&key={petition.reference}"
    yield f"{feed}?kind=number&key={petition.hts10}"


def read_everything(world: World, petition: Petition, markers: Markers, client_of: Callable[..., Client]) -> Told:
    """Return the markers that were read, by place: pages, letters, notices, mail of others, and public tables."""
    said: dict[str, str] = {}
    with zeal_ignore():
        for who, user in (("anonymous", None), ("importer", petition.filed_by)):
            client = client_of(user)
            for address in asked(world, petition, who):
                said[f"{who} {address}"] = body(client.get(address))
    said = {place: MEASURED.sub("", text) if "/metrics" in place else text for place, text in said.items()}
    for model in PUBLIC_MODELS:
        for row in model._base_manager.order_by("pk").values():
            said[f"{model.__name__} {row.get('id')}"] = repr(row)
    for letter in Letter.objects.filter(sha256__isnull=False).filter(petition__filed_by=petition.filed_by):
        said[f"letter {letter.code}"] = read_content("application/pdf", read_file(letter.storage_key)).text
    for message in Notification.objects.exclude(to=email_of(NAMES["rival"])):
        mail = as_email(message)
        said[f"mail {message.pk}"] = f"{mail.subject} {mail.body}"
    found = {place: markers.found_in(text) for place, text in said.items()}
    return {place: hits for place, hits in found.items() if hits}


def test_every_table_in_which_staff_write_of_a_case_is_planted(
    unsigned: Journey, markers: Markers, cast: dict[str, User]
) -> None:
    planted = plant(unsigned.petition, markers)
    typed = {model.__name__ for model in private_tables() if typed_columns(model)}
    assert typed - planted == set()


def test_nothing_of_an_unsigned_case_is_read_beside_a_like_one_that_is_published(
    unsigned: Journey, markers: Markers, cast: dict[str, User], world: World, client_of: Callable[..., Client],
    clock: Clock,
) -> None:  # fmt: skip
    plant(unsigned.petition, markers)
    case = sign_beside(unsigned, markers, cast)
    clock.move_to(case.status_since)
    assert PublicPetition.objects.get(reference=case.reference).supplements
    assert read_everything(world, case, markers, client_of) == {}


def test_with_undecided_cases_among_the_decided_ones_the_reading_finds_them(
    unsigned: Journey, markers: Markers, cast: dict[str, User], world: World, client_of: Callable[..., Client],
    clock: Clock, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def all_of_them(petition: Petition) -> list[LikeGroup]:
        return with_result(likes_of(petition).groups)

    monkeypatch.setattr(determinations, "decided_likes", all_of_them)
    plant(unsigned.petition, markers)
    case = sign_beside(unsigned, markers, cast)
    clock.move_to(case.status_since)
    found = read_everything(world, case, markers, client_of)
    assert f"anonymous {reverse('docket-petition', args=[case.reference])}" in found
    assert any(place.startswith("letter ") for place in found)
    assert any("/api/" in place for place in found)
