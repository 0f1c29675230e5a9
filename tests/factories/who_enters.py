"""Who may open an address, as the tests state it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from exclusions.actions.watching import subscribe
from exclusions.gateways.mail_stop import stop_token, watch_token
from exclusions.models import ClusterMember
from exclusions.queries.public.watches.watched import watched
from tests.factories.casework.inquiries import asked
from tests.factories.cast import CAST
from tests.factories.notices.amendments import waiting
from tests.factories.notices.letter_templates import written_version
from tests.factories.notices.renumbering import renumbered, renumbered_number
from tests.factories.public import store_like
from tests.factories.world import World

EVERYBODY = frozenset({"anonymous", *CAST})
ANYBODY_SIGNED_IN = frozenset(CAST)
OWNERS = frozenset({"importer", "filer"})
OUTSIDE = frozenset({"importer", "filer", "rival", "outsider", "nobody"})
# Customs sees product texts alone, the administrator no case at all.
CASE_STAFF = ANYBODY_SIGNED_IN - OUTSIDE - {"customs", "admin"}
REVIEWERS = frozenset({"reviewer1", "reviewer2", "second_reviewer2"})
# Who reads confidential matter (15 CFR 2006.15): drafter and publisher work from the public copy.
CONFIDENTIAL = CASE_STAFF - {"drafter", "publisher"}
# A level 1 reviewer with an interest in the requester of every case here: a reviewer who cannot open one.
RECUSED = "recused"
# One of each kind: whoever else signs in sends the statements of one of these.
ON_EVERY_DATABASE = frozenset({"anonymous", "filer", "reviewer1", RECUSED, "customs", "auditor", "admin"})
# What the walk of all roles types into every form.
TYPED = "Typed with care."
Arguments = Callable[[World], Mapping[str, Any]]


@dataclass(frozen=True)
class Row:
    """One address: what stands in it, who gets `status` from it, and what the others are answered.

    Whoever is not signed in is sent to the sign-in page, unless everybody is let in.
    """

    inside: frozenset[str]
    arguments: Arguments = lambda world: {}
    status: int = 200
    others: int = 404
    also: Mapping[str, int] | None = None  # single people who are answered something else again
    posters: frozenset[str] | None = None  # who may POST, where that is not who may GET

    def expected(self, who: str) -> int:
        """Return the status that this person's GET is answered with."""
        if who == RECUSED:
            return self.expected("reviewer1")
        if self.also and who in self.also:
            return self.also[who]
        if who in self.inside:
            return self.status
        return 302 if who == "anonymous" else self.others

    def may_post(self, who: str) -> bool:
        """Say whether this person's POST is for the action to judge; anybody else's is refused at the door."""
        if who == RECUSED:
            return self.may_post("reviewer1")
        return who in (self.inside if self.posters is None else self.posters)


def wording(world: World) -> Mapping[str, Any]:
    """Name the wording of the world's exclusion."""
    return {"reference": world.exclusion.reference, "what": "wording", "key": world.exclusion.texts.get().pk}


def cluster(world: World) -> Mapping[str, Any]:
    """Name the cluster in which the case at level 1 is."""
    place = ClusterMember.objects.current().get(case__petition=world.level1)
    return {"key": place.cluster_id}


def letter_version(world: World) -> Mapping[str, Any]:
    """Name a version of a template, written for it."""
    return {"kind": "denial", "number": written_version("denial").number}


VETTERS = frozenset({"intake", "admin"})
NOTICE_STAFF = frozenset({"publisher", "signatory"})
CORRESPONDENTS = frozenset({"intake", "signatory"})
REOPENERS = frozenset({"signatory", "legal"})
CORRECTORS = frozenset({"publisher", "legal"})
LETTER_READERS = frozenset({"signatory", "legal", "auditor"})
# What one member of staff proposes, and another confirms.
OF_TWO_PERSONS = {
    "staff-organization-act": Row(
        VETTERS, lambda world: {"organization_id": world.draft.filer_organization_id, "name": "end_vetting"}
    ),
    "staff-accounts": Row(frozenset({"admin"})),
    "staff-account": Row(frozenset({"admin"}), lambda world: {"user_id": world.posted.filed_by_id}),
    "staff-account-new": Row(frozenset({"admin"})),
    "staff-account-act": Row(
        frozenset({"admin"}), lambda world: {"user_id": world.posted.filed_by_id, "name": "deactivate"}
    ),
    "staff-seals": Row(frozenset({"admin"})),
    "staff-events": Row(frozenset({"auditor"}), others=403),
    "proposals": Row(VETTERS | CORRECTORS | {"signatory", "auditor"}),
    "letter-templates": Row(LETTER_READERS),
    "letter-template": Row(LETTER_READERS, lambda world: {"kind": "denial"}),
    "letter-template-version": Row(LETTER_READERS, letter_version),
    "letter-template-preview": Row(LETTER_READERS, letter_version),
    "notice-heading": Row(frozenset({"publisher"}), others=403),
    "notice": Row(NOTICE_STAFF, lambda world: {"notice_id": world.published.notice_cases.get().notice_id}, others=403),
    "proposal": Row(VETTERS | {"auditor"}, lambda world: {"proposal_id": world.proposal.pk}),
    "case-letter-anew": Row(
        CORRESPONDENTS,
        lambda world: {"reference": world.denied.reference, "code": world.letter.code},
        also=dict.fromkeys(CASE_STAFF - CORRESPONDENTS, 403),
    ),
    "mail-stop": Row(EVERYBODY, lambda world: {"token": stop_token(world.posted.filed_by_id, "digest")}),
    "review-agreement": Row(frozenset({"auditor"}), others=403),
    "staff-round-sample": Row(frozenset({"admin"}), lambda world: {"slug": world.posted.round.slug}, others=403),
    "case-own-view": Row(
        frozenset({"reviewer2", "second_reviewer2"}),
        lambda world: {"reference": world.posted.reference},
        status=302,
        also=dict.fromkeys(CASE_STAFF - {"reviewer2", "second_reviewer2"}, 403),
    ),
    "case-findings": Row(CASE_STAFF, lambda world: {"reference": world.posted.reference}, status=302),
    "case-agree": Row(CASE_STAFF, lambda world: {"reference": world.posted.reference}, status=302),
    "case-inquiry-back": Row(
        frozenset(),
        lambda world: {"reference": world.level1.reference, "number": asked(world.level1).number},
        others=405,
        posters=CASE_STAFF,
    ),
    "petition-inquiry": Row(
        OWNERS, lambda world: {"petition_id": world.level1.pk, "number": asked(world.level1).number}
    ),
    "case-close": Row(
        frozenset({"intake"}),
        lambda world: {"reference": world.posted.reference, "kind": "covered"},
        also=dict.fromkeys(CASE_STAFF - {"intake"}, 403),
    ),
    "case-reopen": Row(
        REOPENERS,
        lambda world: {"reference": world.level1.reference},
        also=dict.fromkeys(CASE_STAFF - REOPENERS, 403),
    ),
    "staff-exclusion": Row(CORRECTORS | {"auditor", "admin"}, lambda world: {"reference": world.exclusion.reference}),
    "staff-exclusion-correct": Row(CORRECTORS, wording),
    "staff-exclusion-amend": Row(CORRECTORS, wording),
    "amendments": Row(CORRECTORS | {"auditor"}, also=dict.fromkeys(ANYBODY_SIGNED_IN - CORRECTORS - {"auditor"}, 403)),
    "amendment": Row(
        CORRECTORS | {"auditor"},
        lambda world: {"key": waiting(world.exclusion).pk},
        also=dict.fromkeys(ANYBODY_SIGNED_IN - CORRECTORS - {"auditor"}, 403),
    ),
}
# The rules of a round, how they changed, and what administrators order about it.
OF_ROUNDS = {
    "round-versions": Row(EVERYBODY, lambda world: {"slug": "list-3"}),
    "rounds-feed": Row(EVERYBODY),
    **dict.fromkeys(("staff-round", "staff-round-dates"), Row(frozenset({"admin"}), lambda world: {"slug": "list-3"})),
    "staff-list": Row(frozenset({"admin"}), lambda world: {"code": "3"}),
    "staff-list-row": Row(frozenset({"admin"}), lambda world: {"code": "3", "table": "rate", "key": "new"}),
    **dict.fromkeys(("staff-lists", "staff-list-new", "staff-forms"), Row(frozenset({"admin"}))),
    "staff-form": Row(frozenset({"admin"}), lambda world: {"key": "petition-2019"}),
    "staff-round-order": Row(frozenset({"admin"}), lambda world: {"slug": "list-3", "kind": "pause"}),
}


def historical(world: World) -> Mapping[str, Any]:
    """Name a historical case that is like the posted one."""
    return {"reference": store_like(world.posted, "USTR-2018-0032").reference}


# The manual is for whoever has a staff role, whichever it is.
MANUAL_READERS = ANYBODY_SIGNED_IN - OUTSIDE

# Work on many cases.
OF_DESK = {
    "staff_manual": Row(MANUAL_READERS),
    "staff_manual_page": Row(MANUAL_READERS, lambda world: {"slug": "findings"}),
    "review-search": Row(CASE_STAFF, others=403),
    "find-case": Row(CASE_STAFF, historical, status=302, others=403),
    "past-case": Row(CASE_STAFF, historical, others=403),
    "clusters": Row(CASE_STAFF, others=403),
    "clusters-propose": Row(frozenset(), others=405, posters=REVIEWERS),
    "cluster": Row(CASE_STAFF, cluster, others=403, posters=REVIEWERS),
    "cluster-letters": Row(frozenset(), cluster, others=405, posters=CONFIDENTIAL),
    "cluster-act": Row(REVIEWERS, lambda world: {**cluster(world), "kind": "findings"}, others=403),
    "review-many": Row(frozenset(), others=405, posters=CASE_STAFF - {"auditor"}),
    "review-next": Row(frozenset(), others=405, posters=CASE_STAFF - {"auditor"}),
    "review-views": Row(frozenset(), others=405, posters=CASE_STAFF),
    # Nobody of the cast leads a team; tests/integration/casework/test_team.py has leads of each.
    "review-team": Row(frozenset(), others=403),
    "review-team-tags": Row(frozenset(), others=405, posters=ANYBODY_SIGNED_IN),
    "review-notes": Row(CASE_STAFF, others=403),
    "case-notes": Row(
        CONFIDENTIAL,
        lambda world: {"reference": world.level1.reference},
        also=dict.fromkeys(CASE_STAFF - CONFIDENTIAL, 403),
    ),
    "case-arguments": Row(
        CONFIDENTIAL,
        lambda world: {"reference": world.level1.reference},
        also=dict.fromkeys(CASE_STAFF - CONFIDENTIAL, 403),
    ),
    "case-tag": Row(
        frozenset(),
        lambda world: {"reference": world.level1.reference, "verb": "put"},
        others=405,
        posters=CASE_STAFF,
    ),
    "review-team-target": Row(frozenset(), others=405),
    "review-absences": Row(frozenset(), others=405),
    "review-absence-withdraw": Row(frozenset(), lambda world: {"absence_id": 1}, others=405),
    "review-view-remove": Row(frozenset(), lambda world: {"view_id": 1}, others=405),
}
RENUMBERERS = frozenset({"drafter", "publisher", "admin"})
OF_REGISTER = {
    "staff-standing-answers": Row(CONFIDENTIAL, others=403, posters=frozenset({"legal"})),
    "standing-answer-withdraw": Row(frozenset(), lambda world: {"key": 1}, others=405, posters=frozenset({"legal"})),
    "notices-searched": Row(frozenset({"publisher", "admin"}), others=403),
    "renumbering": Row(RENUMBERERS, others=403),
    "renumbering-edition": Row(RENUMBERERS, renumbered, others=403),
    "renumbering-number": Row(RENUMBERERS, renumbered_number, others=403),
    # Nothing is settled, so there is nothing to correct.
    "renumbering-correction": Row(
        RENUMBERERS, lambda world: {**renumbered(world), "kind": "txt"}, status=404, others=403
    ),
}


def watch_link(world: World) -> Mapping[str, Any]:
    """Name a watch that waits for its reader's confirmation, by its secret link."""
    made = subscribe(watched("case", str(world.posted.reference)), email="reader@example.test", at=timezone.now())
    assert made
    return {"token": watch_token(made.link)}


OF_ANSWERS = {
    "watch": Row(EVERYBODY),
    "watch-sent": Row(EVERYBODY),
    "watch-feed": Row(EVERYBODY, status=404),
    "watch-confirm": Row(EVERYBODY, watch_link),
    "watch-stop": Row(EVERYBODY, watch_link),
}
OF_STAFF = {**OF_ANSWERS, **OF_TWO_PERSONS, **OF_ROUNDS, **OF_DESK, **OF_REGISTER}


def lost(response: HttpResponse) -> bool:
    """Whether a page refused a form without giving back what was typed; with a wrong method nobody types."""
    refuses = 400 <= response.status_code < 500 and response.status_code != 405
    return refuses and response["Content-Type"].startswith("text/html") and TYPED.encode() not in response.content


def answered(world: World) -> Mapping[str, Any]:
    """Name the response to the posted petition as the public does."""
    return {"reference": world.posted.reference, "response": world.response.reference}


def taken(world: World) -> Mapping[str, Any]:
    """Name a taking down of the posted petition that there is not."""
    return {"reference": world.posted.reference, "quarantine_id": 1}


def by_link(world: World) -> Mapping[str, Any]:
    """Name the posted response by its secret link."""
    return {"reference": world.posted.reference, "token": world.posted_token}


def to_post(world: World) -> Mapping[str, Any]:
    """Name the response that waits to be posted."""
    return {"submission_id": world.new_response.pk}


def authorization(world: World) -> Mapping[str, Any]:
    """Name the leave that the importer gave to the filer's firm."""
    return {"authorization_id": world.authorization.pk}


def draft(world: World) -> Mapping[str, Any]:
    """Name the draft."""
    return {"petition_id": world.draft.pk}


def filed(world: World) -> Mapping[str, Any]:
    """Name the posted petition as its owners do."""
    return {"petition_id": world.posted.pk}


def posted(world: World) -> Mapping[str, Any]:
    """Name the posted petition as the public does."""
    return {"reference": world.posted.reference}


def case(world: World, **more: Any) -> Mapping[str, Any]:
    """Name the case at level 1."""
    return {"reference": world.level1.reference, **more}
