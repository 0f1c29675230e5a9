"""The acts of two persons as the tests do them: each one's key and facts, what makes it stale, whom it tells."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from exclusions.actions.people import proposals
from exclusions.actions.record.supersession import successor
from exclusions.models import Exclusion, LetterTemplate, Membership, Organization, Petition, Proposal, User
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.casework.ways import PATHS
from tests.factories.notices.letter_templates import written_version
from tests.factories.people import join, make_organization, make_person
from tests.factories.petitions import Journey


@dataclass
class Stage:
    """Who and what the acts are done to."""

    company: Organization
    firm: Organization
    owner: User
    member: User
    clerk: User
    trip: Callable[[], Journey]

    @cached_property
    def published(self) -> Petition:
        """The importer's petition, granted and published."""
        return self.trip().take(*PATHS[Status.PUBLISHED])

    @cached_property
    def journeyed(self) -> Journey:
        """The importer's petition on its way: returned for correction, and submitted again."""
        journey = self.trip()
        journey.take("submit", "return", "resubmit")
        return journey

    @property
    def filed(self) -> Petition:
        """That petition."""
        return self.journeyed.petition

    def again(self) -> None:
        """Return that petition once more, and let it be submitted again."""
        self.journeyed.take("return", "resubmit")

    @property
    def exclusion(self) -> Exclusion:
        """What was granted on it."""
        return Exclusion.objects.distinct().get(texts__source=f"Decision on {self.published.reference}")


@dataclass(frozen=True)
class Case:
    """An act as it is proposed: the key and the facts, what makes it stale, whether it was done; who the two are."""

    key: Callable[[Stage], Any]
    facts: Callable[[Stage], Mapping[str, Any]]
    disturb: Callable[[Stage], Any]
    done: Callable[[Stage], bool]
    told: Callable[[Stage], set[str]]
    template: str = "organization_changed"
    first: str = "admin"
    second: str = "second_admin"
    reason: str = "Seen."


def nothing(stage: Stage) -> Mapping[str, Any]:
    """Return no facts."""
    return {}


def role_of(user: User, organization: Organization) -> str:
    """Return what a person is in an organization; empty: nothing."""
    return str(
        Membership.objects.filter(user=user, organization=organization).values_list("role", flat=True).first() or ""
    )


def joined(stage: Stage) -> None:
    """Let somebody else join the company meanwhile."""
    join(make_person("Jo Joined"), stage.company)


def rename(organization: Organization) -> None:
    """Give an organization another name, as no page does."""
    Organization.objects.filter(pk=organization.pk).update(legal_name="Another Name Inc.")


CASES: dict[str, Case] = {
    "merge": Case(
        key=lambda on: on.company.pk,
        facts=lambda on: {"duplicate": str(make_organization("Acme Widgets LLC").pk)},
        disturb=joined,
        done=lambda on: Organization.objects.filter(merged_into=on.company).exists(),
        told=lambda on: {on.owner.email},
    ),
    "vet": Case(
        key=lambda on: on.firm.pk,
        facts=nothing,
        disturb=lambda on: rename(on.firm),
        done=lambda on: Organization.objects.get(pk=on.firm.pk).vetted_at is not None,
        told=lambda on: {on.owner.email},
    ),
    "end_vetting": Case(
        key=lambda on: on.firm.pk,
        facts=lambda on: Organization.objects.filter(pk=on.firm.pk).update(vetted_at=on.firm.created_at) and {},
        disturb=lambda on: rename(on.firm),
        done=lambda on: Organization.objects.get(pk=on.firm.pk).vetted_at is None,
        told=lambda on: {on.owner.email},
    ),
    "correct_kind": Case(
        key=lambda on: on.company.pk,
        facts=lambda on: {"kind": "broker"},
        disturb=lambda on: rename(on.company),
        done=lambda on: Organization.objects.get(pk=on.company.pk).kind == "broker",
        told=lambda on: {on.owner.email},
    ),
    "add_member": Case(
        key=lambda on: on.company.pk,
        facts=lambda on: {"email": make_person("Nan New").email.upper(), "role": "member"},
        disturb=joined,
        done=lambda on: role_of(User.objects.get(full_name="Nan New"), on.company) == "member",
        told=lambda on: {on.owner.email, "nan.new@example.test"},
    ),
    "change_member": Case(
        key=lambda on: on.company.pk,
        facts=lambda on: {"user": on.member.pk, "role": "owner"},
        disturb=joined,
        done=lambda on: role_of(on.member, on.company) == "owner",
        told=lambda on: {on.owner.email, on.member.email},
    ),
    "remove_member": Case(
        key=lambda on: on.company.pk,
        facts=lambda on: {"user": on.member.pk},
        disturb=joined,
        done=lambda on: not role_of(on.member, on.company),
        told=lambda on: {on.owner.email, on.member.email},
    ),
}


def of_clerk(
    done: Callable[[User], bool], facts: Callable[[Stage], Mapping[str, Any]] = nothing, also: str = ""
) -> Case:
    """Return the case of an act on the clerk's account, which becomes stale when the clerk's name changes."""
    return Case(
        key=lambda on: on.clerk.pk,
        facts=facts,
        disturb=lambda on: User.objects.filter(pk=on.clerk.pk).update(full_name="Another Name"),
        done=lambda on: done(User.objects.get(pk=on.clerk.pk)),
        told=lambda on: {on.clerk.email, *filter(None, [also])},
        template="account_changed",
    )


def with_factor(stage: Stage) -> Mapping[str, Any]:
    """Give the clerk an authenticator app."""
    Authenticator.objects.create(user=stage.clerk, type=Authenticator.Type.TOTP, data={})
    return {}


def closed(stage: Stage) -> Mapping[str, Any]:
    """Close the clerk's account."""
    User.objects.filter(pk=stage.clerk.pk).update(is_active=False)
    return {}


def administers(user: User) -> bool:
    """Say whether somebody is an administrator, with the flags that go with it."""
    return (user.role, user.is_staff, user.is_superuser) == ("admin", True, True)


CASES |= {
    "change_staff_role": of_clerk(administers, lambda on: {"role": "admin"}),
    "change_lead": of_clerk(lambda user: user.leads, lambda on: {"leads": "yes"}),
    "change_name": of_clerk(lambda user: user.full_name == "Cleo Clark", lambda on: {"full_name": "Cleo  Clark "}),
    "change_address": of_clerk(
        lambda user: (
            user.email == "cleo@agency.test"
            and [str(one.email) for one in EmailAddress.objects.filter(user=user, verified=True)] == [user.email]
        ),
        lambda on: {"email": "Cleo@Agency.test"},
        also="cleo@agency.test",
    ),
    "reset_password": of_clerk(lambda user: not user.has_usable_password()),
    "reset_second_factor": of_clerk(lambda user: not Authenticator.objects.filter(user=user).exists(), with_factor),
    "deactivate": of_clerk(lambda user: not user.is_active),
    "reactivate": of_clerk(lambda user: user.is_active, closed),
    "new_staff": Case(
        key=lambda on: User.objects.get(email="alex.admin@example.test").pk,
        facts=lambda on: {"email": "New@Agency.test", "full_name": "Nan Novice", "role": "legal"},
        disturb=lambda on: (
            make_person("Nan Novice") and User.objects.filter(full_name="Nan Novice").update(email="new@agency.test")
        ),
        done=lambda on: User.objects.filter(email="new@agency.test", role="legal", is_staff=False).exists(),
        told=lambda on: {"new@agency.test"},
        template="account_changed",
    ),
}


def correction(stage: Stage, text: str = "Slabs of agglomerated quartz (6810.99.0010)") -> dict[str, Any]:
    """Return the facts of a correction of the published wording."""
    return {"what": "wording", "row": stage.exclusion.texts.get().pk, "text": text}


def corrected_meanwhile(stage: Stage) -> None:
    """Supersede the published wording, as another correction does."""
    text = stage.exclusion.texts.get()
    text.text, text.reason = "Slabs (6810.99.0010)", "Another correction."
    successor(text, at=stage.published.status_since).save()


CASES |= {
    "correct_exclusion": Case(
        key=lambda on: on.exclusion.pk,
        facts=correction,
        disturb=corrected_meanwhile,
        done=lambda on: on.exclusion.texts.get().text == correction(on)["text"],
        told=lambda on: {on.published.filed_by.email},
        template="letter_superseded",
        first="publisher",
        second="legal",
        reason="The annex of the notice says otherwise.",
    ),
    "reissue_letter": Case(
        key=lambda on: on.published.pk,
        facts=lambda on: {"letter": on.published.letters.get(kind="grant", superseded_by=None).code},
        disturb=lambda on: rename(on.published.organization),
        done=lambda on: on.published.letters.filter(kind="grant").count() == 2,
        told=lambda on: {on.published.filed_by.email},
        template="letter_superseded",
        first="intake",
        second="signatory",
        reason="It was addressed to the name that the company had before.",
    ),
    "use_template": Case(
        key=lambda on: written_version("denial").pk,
        facts=nothing,
        disturb=lambda on: LetterTemplate.objects.create(
            kind="denial",
            number=9,
            text="# Other",
            why="It was.",
            in_force_at=on.clerk.date_joined,
            written_by=on.clerk,
            written_at=on.clerk.date_joined,
        ),
        done=lambda on: LetterTemplate.objects.get(number=1).in_force_at is not None,
        told=lambda on: set(),
        template="",
        first="legal",
        second="signatory",
        reason="The law office asked for it.",
    ),
    "reopen_decision": Case(
        key=lambda on: on.published.pk,
        facts=nothing,
        disturb=lambda on: Petition.objects.filter(pk=on.published.pk).update(status=Status.GRANTED),
        done=lambda on: Petition.objects.get(pk=on.published.pk).status == Status.LEGAL,
        told=lambda on: {on.published.filed_by.email},
        template="reopen_decision",
        first="legal",
        second="signatory",
        reason="A domestic source on the record was overlooked.",
    ),
}


@pytest.fixture
def stage(journey: Callable[..., Journey]) -> Stage:
    """Return a company with an owner and a member, a firm of the same owner that is not vetted, and a clerk."""
    company, firm = make_organization("Acme Widgets, Inc."), make_organization("Bar LLP", kind="law_firm", vetted=False)
    owner, member = make_person("Olly Owner", organization=company), make_person("Max Member")
    join(owner, firm)
    join(member, company, Membership.Role.MEMBER)
    return Stage(company, firm, owner, member, make_person("Cleo Clerk", role="intake"), journey)


def put(act: str, stage: Stage, by: User, clock: Clock) -> Proposal:
    """Propose an act as its row says."""
    case = CASES[act]
    facts = case.facts(stage)
    return proposals.propose(act, case.key(stage), by=by, at=clock.now, reason=case.reason, facts=facts)
