"""What each transition leaves behind is written down, row by row and word by word, and stays so.

`tests/integration/walks/written/` holds what is expected; `REWRITE=1 pytest` of this file writes it anew, to be read
before it is committed. A transition that is new fails until its words are there.
"""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from exclusions.actions.filing import replies, responses
from exclusions.actions.filing.withdrawn_responses import withdraw_response
from exclusions.actions.record import quarantine
from exclusions.actions.record.files import Upload
from exclusions.models import Quarantine, Round, User
from exclusions.queries.record.public_things import public_things
from exclusions.workflow.public_things import OF_RESPONDERS, STAFF_ALONE, TEXTS, Kind
from exclusions.workflow.states import Status
from exclusions.workflow.transitions import TRANSITIONS
from tests.conftest import Clock
from tests.factories.casework.ways import PATHS
from tests.factories.cast import Responder
from tests.factories.markers import Markers
from tests.factories.petitions import Journey
from tests.factories.world import pdf, response_answers, token_of
from tests.integration.record.marked import publish_marked
from tests.integration.walks.whole_record import Record

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
OF_THEIR_OWN = ("hts10", "product_name", "org_legal_name")  # answers that have a column of the public copy
HOMES = ("petition", "response", "reply")  # of files
WRITTEN = Path(__file__).parent / "written"


def as_written(name: str, lines: list[str]) -> None:
    """Hold what was left behind against what is expected under that name."""
    file, text = WRITTEN / f"{name}.txt", "\n".join(lines) + "\n"
    if os.environ.get("REWRITE"):
        file.write_text(text)
    assert file.exists(), f"REWRITE=1 writes what {name} leaves behind; read it, and commit it"
    assert text == file.read_text()


def way_to(name: str) -> tuple[str, ...]:
    """Return the transitions before it: the fewest that lead to a state from which it goes."""
    sources = [status for status in Status if status in TRANSITIONS[name].sources]
    return min((PATHS[source] for source in sources), key=len)


@pytest.mark.parametrize("name", TRANSITIONS)
def test_a_transition_leaves_behind_what_is_written_down(journey: Callable[..., Journey], name: str) -> None:
    before = way_to(name)
    denies = not {"deny", "clear_for_denial"}.isdisjoint((*before, name))
    others(journey, decided=Status.GRANTED if denies else Status.DENIED)
    case = journey("deny" if denies else "grant", through_firm=True)
    case.take(*before)
    case.prepare(name)
    record = Record()
    case.act(name)
    as_written(f"transition_{name}", record.since())


def others(journey: Callable[..., Journey], *, decided: Status) -> None:
    """Three more petitions, of which nothing may change: decided the other way, taken down, returned."""
    journey("grant" if decided is Status.GRANTED else "deny").take(*PATHS[decided])
    down = journey(through_firm=True)
    quarantine.take_down(down.take("submit", "post"), by=down.cast["filer"], at=down.at, reason="A price.")
    journey(through_firm=True).take("submit", "return")


def test_every_file_is_that_of_a_transition() -> None:
    assert {file.stem for file in WRITTEN.glob("transition_*.txt")} == {f"transition_{name}" for name in TRANSITIONS}


def test_every_file_is_of_what_there_is() -> None:
    """What a kind of public thing or a state left behind goes with it."""
    of = {
        "quarantine": [*Kind, *(f"of_{key}" for key in OF_THEIR_OWN)],
        "said": [*Status, "of_ties", "of_two_persons"],
        "replaced": [f"file_of_{home}" for home in HOMES],
        "told": ["of_a_returned_petition", "of_answers", "of_files", "of_numbers"],
        "transition": [*TRANSITIONS],
    }
    known = {f"{group}_{name}" for group, names in of.items() for name in map(str, names)}
    assert {file.stem for file in WRITTEN.iterdir()} == known | {"response"}


@pytest.fixture
def steady(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the keys of rows be the same every time: what came at one moment is ordered by them."""
    monkeypatch.setattr("os.urandom", Random(301).randbytes)


class Told:
    """What each act of a story leaves behind, one after the other."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._record = Record()

    def after(self, act: str) -> None:
        """Note what was written since the act before, under these words."""
        self.lines += [f"# {act}", *self._record.since()]


@pytest.mark.parametrize("kind", list(Kind))
def test_what_is_taken_down_corrected_or_put_back_leaves_behind_what_is_written_down(
    steady: None, list3: Round, cast: dict[str, User], clock: Clock, kind: Kind
) -> None:
    petition = publish_marked(list3, "petition-2019", Markers(), cast, clock.now)
    beside(cast, clock)
    thing = [found for found in public_things(petition) if found.kind is kind][-1]
    owner = kind not in STAFF_ALONE | OF_RESPONDERS and not (thing.document and thing.document.response)
    told, by = Told(), cast["importer" if owner else "intake"]
    taken = quarantine.take_down(petition, thing.key, by=by, at=clock.now, reason=" A name. ", ground="personal")
    told.after(f"take_down {kind} by {by.role or 'the importer'}")
    if kind in TEXTS:
        quarantine.correct(taken, " Words for everybody. ", by=cast["legal"], at=clock.now + HOUR)
        told.after("correct by legal")
    else:
        quarantine.restore(taken, by=cast["intake"], at=clock.now + HOUR)
        told.after("restore by intake")
        quarantine.take_down(petition, thing.key, by=cast["legal"], at=clock.now + 2 * HOUR, reason="A price.")
        told.after("take_down again by legal, on no ground")
    as_written(f"quarantine_{kind.value}", told.lines)


def beside(cast: dict[str, User], clock: Clock) -> None:
    """Another petition, posted and answered, of which nothing may change."""
    round_ = Round.objects.get(slug="list-3")
    publish_marked(round_, "machinery-2024", Markers(), cast, clock.now)


@pytest.mark.parametrize("key", OF_THEIR_OWN)
def test_an_answer_that_has_a_column_of_its_own_is_taken_out_of_that(
    steady: None, list3: Round, cast: dict[str, User], clock: Clock, key: str
) -> None:
    petition = publish_marked(list3, "petition-2019", Markers(), cast, clock.now)
    told = Told()
    taken = quarantine.take_down(petition, f"answer:{key}", by=cast["intake"], at=clock.now, reason="A name.")
    told.after("take_down")
    quarantine.correct(taken, "Words for everybody.", by=cast["legal"], at=clock.now + HOUR)
    told.after("correct")
    as_written(f"quarantine_of_{key}", told.lines)


@pytest.mark.parametrize("of", HOMES)
def test_a_file_that_is_replaced_leaves_behind_what_is_written_down(
    steady: None, list3: Round, cast: dict[str, User], clock: Clock, of: str
) -> None:
    petition = publish_marked(list3, "petition-2019", Markers(), cast, clock.now)
    file = next(
        thing.document
        for thing in public_things(petition)
        if thing.document and getattr(thing.document, f"{of}_id") is not None
    )
    told = Told()
    by = cast["intake" if of == "response" else "importer"]
    taken = quarantine.take_down(petition, f"document:{file.pk}", by=by, at=clock.now, reason="A name.")
    told.after("take_down")
    new = quarantine.replace_document(taken, Upload("other.pdf", pdf("other")), by=by, at=clock.now + HOUR)
    told.after("replace_document")
    waiting = Quarantine.objects.get(document=new)
    quarantine.restore(waiting, by=cast["intake"], at=clock.now + 2 * HOUR)
    told.after("restore of the new one")
    as_written(f"replaced_file_of_{of}", told.lines)


def test_a_response_leaves_behind_what_is_written_down(
    journey: Callable[..., Journey], cast: dict[str, User], responder: Responder
) -> None:
    journey().take("submit", "post")  # of which nothing may change
    case = journey(through_firm=True)
    posted = case.take("submit", "post")
    told = Told()
    given = responses.respond(reference=str(posted.reference), answers=response_answers(responder), by=None, at=case.at)
    told.after("respond")
    responses.confirm_response(token=token_of(given), at=case.at + HOUR)
    told.after("confirm_response")
    given.refresh_from_db()
    token = token_of(given)
    given = responses.post_response(given, by=cast["intake"], at=case.at + 2 * HOUR)
    told.after("post_response")
    replies.reply(given, answers={"text": "Theirs are thinner.", "certify_complete": "yes"}, by=cast["filer"],
                  at=case.at + 3 * HOUR)  # fmt: skip
    told.after("reply")
    withdraw_response(given, by=None, token=token, at=case.at + 4 * HOUR)
    told.after("withdraw_response")
    as_written("response", told.lines)
