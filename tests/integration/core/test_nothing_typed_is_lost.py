"""A post that wrote something redirects; a refused one keeps its text, whatever refuses it.

The walks over every address and role (test_every_url_every_role) and over every door and conflict (test_refusals) hold
the same; here are the doors as they are used, and the ways of losing a text that were met.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from zeal import zeal_ignore

from exclusions.actions.people import authorizations
from exclusions.actions.record.notifications import deliver
from exclusions.models import Event, Notification, Petition, User
from exclusions.views.core.middleware.keep_typed import TECHNICAL
from exclusions.workflow.states import Status
from tests.factories.answers import RESPONSE_ANSWERS
from tests.factories.at_doors.door import Door
from tests.factories.cast import SignedIn
from tests.factories.doors import DOORS
from tests.factories.world import World

TYPED = "Because it is so, & no other."
# What a door needs beyond its row to be taken for real.
ALSO: dict[str, dict[str, Any]] = {
    "docket-respond": RESPONSE_ANSWERS,
    "docket-reply": {"text": TYPED, "certify_complete": "yes"},
}
# Doors that refuse what their row sends, by the rules of the world that it is sent to.
REFUSING = {
    "public.joint_statements.send": "the page showed no preview of these very answers",
    "casework.case.case_moves.transition": "no finding is recorded yet",
    "casework.case.at_desk._cite": "no finding is recorded yet to which anything could be added",
    "casework.case.at_desk.agree": "no desk has concluded yet",
    "casework.interests.not_them": "the interest keeps nobody from a company of that name",
    "casework.clusters.propose": "the person leads no team",
    "casework.case.own_view.own_view": "the case is not drawn for a blind review",
    "casework.case.beside.beside": "the two cases do not stand otherwise",
    "casework.case.notes.case_tag": "the team has no such tag",
    "casework.saved_views.remove": "the person has no such list",
    "casework.team.absence_withdraw": "there is no such absence",
    "casework.team.team": "the person leads no team",
    "notices.notices.notices": "the notice is older than the decision",
    "notices.notice_drafts.notice_drafts": "the exclusion of the granted case applies by an earlier notice",
    "casework.submissions.decide_submission": "the response is not confirmed",
    "casework.case.confidential_treatment.refuse": "it names no answer and gives no reasons",
    "importer.bulk_certify.certify": "the drafts of the sheet are not checked as they are now",
    "importer.together.returned.returned": "no petition of the world is returned",
    "importer.bulk_rows.leaks.settle": "no row of the sheet has such a value",
    "importer.petition_check.settle": "it names no leak and says nothing",
    "notices.looked_for.looked_for": "a later search than that of the year of the world is on record",
    "people.tokens.end": "the person has no such token",
    "people.organizations._change": "an organization keeps its last owner",
    "casework.case.statements.statements": "it names no words that a confidential answer holds",
    "casework.case.statements.second": "nobody seconds a statement of his own",
    "casework.screenings.screening_decide": "what waits is settled by a statement or withheld",
    "casework.waiting_files.review_file": "the part is no text, so that nobody can read it",
    "people.vetting.act": "another member of staff has proposed it, or nothing is to be ended",
    "people.representation.representation": "the address is no firm's",
}

# Doors that first show what would be written, with a status of their own, and write nothing.
SHOWING = {
    "public.joint_statements.preview": "what each petition would get, to be sent",
    "people.lists.staff_list": "the lines of a file, to be confirmed",
    "notices.letter_templates.version_preview": "the letter as it would be",
}


def written() -> tuple[int, ...]:
    """Count what every change leaves behind."""
    return Event.objects.count(), Notification.objects.count(), Petition.objects.count()


def outcome(door: Door, world: World, people: dict[str, User]) -> str:
    """Take a door for real; return what was answered otherwise than a redirect."""
    url, sent = reverse(door.name, kwargs=door.arguments(world)), {**door.form(world), **ALSO.get(door.name, {})}
    before = written()
    with zeal_ignore():
        answer = SignedIn(people.get(door.who)).post(url, sent)
    if answer.status_code in (302, 303):
        return ""
    return f"{answer.status_code}{', and something was written' if written() != before else ''}"


def test_every_door_that_wrote_redirects(
    world: World, cast: dict[str, User], petition_in: Callable[[Status], Petition]
) -> None:
    petition_in(Status.GRANTED)
    deliver(at=timezone.now())  # else each request would, since each is rolled back
    answers = {}
    for door in DOORS:
        with transaction.atomic():
            answered = outcome(door, world, cast)
            answers[door.site] = answers.get(door.site) or answered  # of several doors, the first that refuses
            transaction.set_rollback(True)
    assert {answers.pop(site) for site in SHOWING} == {"200"}
    refusing = {site: what for site, what in answers.items() if re.fullmatch("4..", what)}
    assert {site: what for site, what in answers.items() if what and site not in refusing} == {}
    assert refusing.keys() - REFUSING.keys() == set()


def test_what_buttons_and_hidden_inputs_send_is_not_taken_for_typed() -> None:
    """Every name that a template writes into a button or a hidden input is known, or is a field that is typed too."""
    sent = re.compile(r'<(?:button|input type="hidden")[^>]*?\sname="([\w-]+)"', re.DOTALL)
    typed = re.compile(r'<(?:select|textarea|input(?!\s+type="hidden"))\b[^>]*?\sname="([\w-]+)"', re.DOTALL)
    texts = [path.read_text() for path in (Path(settings.BASE_DIR) / "templates").rglob("*.html")]
    named, also_typed = ({name for text in texts for name in kind.findall(text)} for kind in (sent, typed))
    assert named - also_typed - TECHNICAL == set()


def test_a_firm_whose_leave_is_taken_back_keeps_what_it_typed(world: World, cast: dict[str, User]) -> None:
    client = Client()
    client.force_login(cast["filer"])
    address = reverse("petition-step", args=[world.draft.pk, "product"])
    assert client.get(address).status_code == 200
    authorizations.revoke(world.authorization, by=cast["importer"], at=timezone.now())
    answer = client.post(address, {"product_function": TYPED, "action": "save"})
    assert answer.status_code == 403
    assert escape(TYPED) in answer.content.decode()


def test_staff_whose_role_is_taken_away_keep_what_they_typed(world: World, cast: dict[str, User]) -> None:
    client = Client()
    client.force_login(cast["reviewer1"])
    address = reverse("case-finding", kwargs={"reference": world.level1.reference, "criterion": "availability"})
    User.objects.filter(pk=cast["reviewer1"].pk).update(role="")
    answer = client.post(address, {"result": "supports", "reasons": TYPED})
    assert answer.status_code in (403, 404)
    assert escape(TYPED) in answer.content.decode()


def test_the_reason_of_a_refused_button_can_be_sent_again(world: World, cast: dict[str, User]) -> None:
    client = Client()
    client.force_login(cast["intake"])
    address = reverse("petition-settle", args=[world.draft.pk])
    client.force_login(cast["importer"])
    answer = client.post(address, {"leak": "nothing", "statement": TYPED})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This was already resolved" in page
    assert re.search(r'name="statement"[^>]*>\s*' + re.escape(escape(TYPED)), page)
    assert 'name="leak" value="nothing"' in page
    assert reverse("petition-check", args=[world.draft.pk]) in page


def test_no_secret_is_shown_again(client: Client, db: None) -> None:
    answer = client.post(reverse("petition-new"), {"password": "hunter2 and more", "remark": TYPED})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert escape(TYPED) in page
    assert "hunter2" not in page


def test_another_site_has_nothing_repeated(db: None) -> None:
    client = Client(enforce_csrf_checks=True, headers={"origin": "https://elsewhere.example"})
    answer = client.post(reverse("docket-respond", args=["USTR-2019-0005-000001"]), {"remark": TYPED})
    assert answer.status_code == 403
    assert escape(TYPED) not in answer.content.decode()
