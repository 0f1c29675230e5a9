"""Public files are looked through before a petition's row is locked: a slow file store holds up nobody's row."""

from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from exclusions.actions.filing import confidentiality, documents, petitions
from exclusions.actions.filing.documents import Upload
from exclusions.errors import Conflict, Incomplete
from exclusions.gateways.documents.folder_storage import FolderStorage
from exclusions.models import Event, User
from exclusions.permissions.filing import remarks
from exclusions.queries.importer.filing import working_version
from exclusions.workflow.states import Status
from tests.factories.files import pdf
from tests.factories.petitions import Journey

# Every transaction that is open here is an action's own.
pytestmark = pytest.mark.django_db(transaction=True)
LEAK, CLEAN = pdf("Hidden Supplier Works makes them", black_box=True), pdf("Slabs of quartz", black_box=True)


class WatchedFolder(FolderStorage):
    """The folder itself; it notes of each reading whether a transaction was open, and lets something happen then."""

    under_lock: list[bool] = []
    meanwhile: Callable[[], object] | None = None

    def _open(self, name: str, mode: str = "rb") -> object:
        self.under_lock.append(connection.in_atomic_block)
        if self.meanwhile is not None:
            self.meanwhile()
        return super()._open(name, mode)


@pytest.fixture
def folder(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[WatchedFolder]]:
    kept = {**settings.STORAGES["files"], "BACKEND": f"{__name__}.{WatchedFolder.__name__}"}
    settings.STORAGES = {**settings.STORAGES, "files": kept}
    monkeypatch.setattr(WatchedFolder, "under_lock", [])
    yield WatchedFolder
    WatchedFolder.meanwhile = None


@pytest.fixture
def case(journey: Callable[..., Journey]) -> Journey:
    return journey()


def attach(case: Journey, name: str, data: bytes) -> None:
    documents.attach(case.petition, "public_documents", Upload(name, data), by=case.cast["importer"], at=case.at)


def test_submitting_reads_no_file_while_the_row_is_locked(case: Journey, folder: type[WatchedFolder]) -> None:
    attach(case, "one.pdf", CLEAN)
    attach(case, "leak.pdf", LEAK)
    folder.under_lock.clear()
    with pytest.raises(Incomplete, match=r"leak\.pdf"):
        case.take("submit")
    assert len(folder.under_lock) >= 2
    assert True not in folder.under_lock


def test_settling_a_leak_reads_no_file_while_the_row_is_locked(
    case: Journey, folder: type[WatchedFolder], importer: User
) -> None:
    attach(case, "leak.pdf", LEAK)
    (found,) = [r for r in remarks(case.petition, working_version(case.petition).answers, case.at) if r.leak]
    folder.under_lock.clear()
    confidentiality.settle_leak(case.petition, found.leak, statement="It advertises.", by=importer, at=case.at)
    assert folder.under_lock
    assert True not in folder.under_lock
    assert case.take("submit").status == Status.SUBMITTED


def test_a_file_that_is_attached_while_others_are_read_is_looked_through_as_well(
    case: Journey, folder: type[WatchedFolder]
) -> None:
    attach(case, "one.pdf", CLEAN)

    def at_that_moment() -> None:
        folder.meanwhile = None
        attach(case, "late.pdf", LEAK)

    folder.meanwhile = staticmethod(at_that_moment)
    with pytest.raises(Incomplete, match=r"late\.pdf"):
        case.take("submit")
    assert True not in folder.under_lock


def test_an_answer_that_is_changed_while_files_are_read_is_looked_for_as_well(
    case: Journey, folder: type[WatchedFolder], importer: User
) -> None:
    attach(case, "one.pdf", pdf("Slabs from Umbrella Quarries of Ohio", black_box=True))
    answers = {"sourcing_attempts": "Umbrella Quarries of Ohio"}

    def at_that_moment() -> None:
        folder.meanwhile = None
        petitions.save_answers(case.petition, by=importer, at=case.at, answers=answers)

    folder.meanwhile = staticmethod(at_that_moment)
    with pytest.raises(Incomplete, match=r"one\.pdf"):
        case.take("submit")


def test_a_petition_that_changes_all_the_time_is_not_filed_half_checked(
    case: Journey, folder: type[WatchedFolder], importer: User
) -> None:
    attach(case, "one.pdf", CLEAN)
    names = (f"Umbrella Quarries of Ohio, pit {n}" for n in range(100))

    def at_each_moment() -> None:
        petitions.save_answers(case.petition, by=importer, at=case.at, answers={"sourcing_attempts": next(names)})

    folder.meanwhile = staticmethod(at_each_moment)
    with pytest.raises(Conflict, match="Someone else is changing"):
        case.take("submit")
    folder.meanwhile = None
    case.petition.refresh_from_db()
    assert (case.petition.status, case.petition.reference) == (Status.DRAFT, None)
    assert not Event.objects.filter(kind="submit").exists()
    assert case.take("submit").reference
