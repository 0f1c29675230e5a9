"""What refuses an action reaches the person, with the same status at every page that meets it.

The doors are held against the source: a view that attempts an action without a row here fails, and so does a view that
catches refusals by itself.
"""

import ast
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from django import forms
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from zeal import zeal_ignore

from exclusions import errors, views
from exclusions.actions.record.notifications import deliver
from exclusions.errors import ActionRefused, Conflict, Incomplete, NotPermitted, WrongState
from exclusions.models import Petition, User
from exclusions.views.casework.case.case_moves import OWN_PAGE
from exclusions.views.core.middleware.keep_typed import TECHNICAL
from exclusions.views.core.refusals import Attempt, place
from exclusions.workflow.states import Status
from exclusions.workflow.transitions import NEED_FORM
from tests.factories.at_doors.door import VIEWS, Door
from tests.factories.cast import SignedIn
from tests.factories.doors import DOORS
from tests.factories.people import PASSWORD
from tests.factories.world import World

KEPT = "Typed with care, & kept."
SAID = "Somebody was quicker than you; open the page again."
REFUSALS = {name for name, found in vars(errors).items() if isinstance(found, type)}
MEETS = {"Attempt", "Pressed", "Entry", "propose_or_show"}
# Met outside a view: the account library calls one (tests/functional/core/test_agency_sign_on.py), views the other.
NO_ADDRESS = {"core.sign_on.pre_social_login", "people.proposing.propose_or_show"}
# A part of a file is opened to be looked at (GET): why it cannot be is printed in its place, and nothing was sent.
LOOKED_AT = {"casework.waiting_files._part_shown"}


class Refuses:
    """Stands for an action that is refused, and knows through which views it was called."""

    def __init__(self) -> None:
        self.sites: set[str] = set()

    def __call__(self, *args: Any, **kwargs: Any) -> None:
        frame: FrameType | None = sys._getframe(1)
        while frame is not None:
            module = str(frame.f_globals.get("__name__", ""))
            if module.startswith(VIEWS):
                self.sites.add(f"{module.removeprefix(VIEWS)}.{frame.f_code.co_name}")
            frame = frame.f_back
        raise Conflict(SAID)


def answered(door: Door, world: World, people: Mapping[str, User]) -> str:
    """Send what the door asks for while its action is refused; return what went wrong, or an empty text."""
    client = SignedIn(people.get(door.who))
    url, sent, refuses = reverse(door.name, kwargs=door.arguments(world)), door.form(world), Refuses()
    # The action that would have locked the petition does not run, so that the page's own look-ups seem repeated.
    with pytest.MonkeyPatch.context() as patch, zeal_ignore():
        patch.setattr(door.action, refuses)
        answer = client.post(url, {**sent, "remark": KEPT})
        if (again := answer.get("Location", "")).startswith(reverse("account_reauthenticate")):
            answer = client.post(again, {"password": PASSWORD})  # the page goes on with what was sent
    if door.site not in refuses.sites:
        return f"the action was not called from there: {answer.status_code}, {sorted(refuses.sites)}"
    page = answer.content.decode()
    if SAID not in page:
        return "the page does not say why"
    if answer.status_code != 409:
        return f"{answer.status_code} instead of 409"
    lost = {name for name, value in {**sent, "remark": KEPT}.items() if not kept(page, name, value)}
    return f"lost: {lost}" if lost else ""


def kept(page: str, name: str, value: Any) -> bool:
    """Whether the page still holds what was sent: a text, the choice that was made, the name of a file."""
    texts = value if isinstance(value, list) else [getattr(value, "name", value)]
    return name in TECHNICAL or all(escape(text) in page for text in texts)


def test_a_conflict_is_409_at_every_page_which_holds_all_that_was_sent(
    world: World, cast: dict[str, User], petition_in: Callable[[Status], Petition]
) -> None:
    petition_in(Status.GRANTED)
    deliver(at=timezone.now())  # else each request would, since each is rolled back
    wrong = {}
    for door in DOORS:
        with transaction.atomic():
            wrong[f"{door.site} as {door.who or 'anybody'}"] = answered(door, world, cast)
            transaction.set_rollback(True)
    assert {name: what for name, what in wrong.items() if what} == {}


def functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    """Yield every function of the views with its name, `room.module.function`."""
    root = Path(views.__path__[0])
    for path in sorted(root.rglob("*.py")):
        room = ".".join(path.relative_to(root).with_suffix("").parts)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                yield f"{room}.{node.name}", node


def names_in(node: ast.AST) -> set[str]:
    """Return the names that a piece of source uses."""
    return {found.id for found in ast.walk(node) if isinstance(found, ast.Name)}


def test_every_view_that_attempts_an_action_is_among_the_doors() -> None:
    attempts = {
        name
        for name, node in functions()
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in MEETS
    }
    assert attempts - NO_ADDRESS - LOOKED_AT == {door.site for door in DOORS}


def test_no_view_catches_a_refusal_by_itself() -> None:
    catching = {
        name
        for name, node in functions()
        for handler in ast.walk(node)
        if isinstance(handler, ast.ExceptHandler) and handler.type is not None and names_in(handler.type) & REFUSALS
    }
    assert catching == set()


@pytest.mark.parametrize(
    ("refusal", "status"),
    [(ActionRefused, 422), (Incomplete, 422), (NotPermitted, 403), (WrongState, 409), (Conflict, 409)],
)
def test_a_refusal_says_its_status(refusal: type[ActionRefused], status: int) -> None:
    attempt = Attempt()
    assert (attempt.status, attempt.reasons) == (200, [])
    with attempt:
        raise refusal("No.")
    assert (attempt.status, attempt.reasons) == (status, ["No."])


def test_other_exceptions_go_on() -> None:
    with pytest.raises(ZeroDivisionError), Attempt():
        raise ZeroDivisionError


class Asked(forms.Form):
    """Two questions."""

    name = forms.CharField()
    day = forms.CharField(required=False)


def test_a_sentence_stands_beside_its_field_once_and_none_is_lost() -> None:
    form = Asked({"name": "A"})
    assert form.is_valid()
    place(form, Incomplete("Give the day.", "It is late.", fields={"day": ["Give the day."], "heading": ["Which?"]}))
    assert form.errors == {"day": ["Give the day."], "__all__": ["It is late.", "Which?"]}


def test_what_is_said_twice_is_said_once() -> None:
    assert Incomplete("No.", fields={"a": ["No.", "Never."], "b": ["Never."]}).sentences == ["No.", "Never."]


def test_what_the_form_finds_is_422() -> None:
    form = Asked({})
    attempt = Attempt(form)
    assert not form.is_valid()
    assert attempt.status == 422


def test_a_button_that_leads_to_a_page_has_that_page() -> None:
    assert set(OWN_PAGE) == NEED_FORM
