"""A notice of many granted cases: drafted, checked, published, and set as every file.

Each case has an exclusion of its own; the example was brought to level 1 by the actions, and its copies are given what
a grant leaves.
"""

import resource
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from exclusions.actions.notices import drafting
from exclusions.actions.notices.publishing import publish_draft
from exclusions.gateways.annex.facts import read_facts
from exclusions.gateways.annex.files import TYPES, notice_file
from exclusions.gateways.tariff.exclusion_item import product_key
from exclusions.models import (
    Decision,
    Exclusion,
    ExclusionTerm,
    ExclusionText,
    NoticeDraft,
    Petition,
    PublicNotice,
    TariffAction,
    User,
)
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.roles import Role
from exclusions.workflow.states import Status
from tests.bench import goals
from tests.bench.goals import Figure
from tests.bench.parts import in_process
from tests.bench.posted import bring, person
from tests.factories.casework.copies import copies_of
from tests.factories.people import make_organization

TEXT = (
    "Slabs of agglomerated quartz, polished on one face, each measuring {} mm or more but not over {} mm in length and "
    "1.4 m or more but not over 2 m in width (described in statistical reporting number 6810.99.0010)"
)


def grants(count: int) -> None:
    """Make so many granted cases, each with an exclusion whose term waits for the notice."""
    roles = (Role.INTAKE, Role.REVIEWER1)
    staff = {role: person(f"Bench {role.value}", role=role) for role in roles}
    organization = make_organization("Sandpiper Stone LLC")
    requester = person("Paula Petitioner", organization=organization)
    first = bring(Status.LEVEL1, organization, requester, staff, timezone.now() - timedelta(days=29))
    made = [first, *copies_of(first, count - 1)]
    at, action = timezone.now() - timedelta(days=2), TariffAction.objects.get(code="3")
    signatory = person("Bench signatory", role=Role.SIGNATORY)
    for place, petition in enumerate(made):
        text = TEXT.format(500 + 2 * place, 501 + 2 * place)
        key = product_key(text)
        exclusion = Exclusion.objects.create(
            reference=f"L3-B-{place}", action=action, product_key=key, origin="decision", created_at=at
        )
        ExclusionText.objects.create(exclusion=exclusion, text=text)
        ExclusionTerm.objects.create(exclusion=exclusion, heading="99038813", note="p", status="pending")
        Decision.objects.create(
            petition=petition, outcome="grant", rationale="As found.", exclusion=exclusion, signed_by=signatory,
            signed_at=at,
        )  # fmt: skip
    # Brought here by the benchmark alone: the workflow is measured elsewhere.
    Petition.objects.filter(pk__in=[petition.pk for petition in made]).update(status=Status.GRANTED)


def measure(url: str, data: Path, say: Callable[[str], None]) -> list[Figure]:
    """Return the seconds of each step and of all, and the most memory that a process held which took them."""
    say(f"  a notice of {goals.NOTICE} exclusions …")
    grants(goals.NOTICE)
    return in_process(url, data, "notices.notice", "carry")


def carry(url: str, data: Path, say: Callable[[str], None]) -> list[Figure]:
    """Take every granted case through a notice."""
    cases, publisher = list(Petition.objects.filter(status=Status.GRANTED)), person("Pat Bench", role=Role.PUBLISHER)
    took: dict[str, float] = {}

    def timed(name: str, act: Callable[[], object]) -> None:
        begun = time.perf_counter()
        act()
        took[name] = time.perf_counter() - begun

    timed("draft", lambda: drafting.draft_notice(cases, by=publisher, at=timezone.now()))
    draft = _last(publisher)
    timed("checks", lambda: drafting.send_draft(draft, by=publisher, at=timezone.now()))
    today = eastern_date(timezone.now())
    citation = f"{today.year - 1935} FR 99999"
    timed(
        "publication",
        lambda: publish_draft(draft, citation=citation, published_on=today, by=publisher, at=timezone.now()),
    )
    facts = read_facts(PublicNotice.objects.latest("pk").facts)
    assert facts.requests == len(facts.rows) == len(cases)
    for kind in TYPES:
        timed(kind, lambda kind=kind: notice_file(facts, kind, at=timezone.now()))  # type: ignore[misc]
    note = ", ".join(f"{name} {seconds:.1f}" for name, seconds in took.items())
    return [
        Figure(f"notice of {len(cases)} exclusions", sum(took.values()), "s", goals.NOTICE_SECONDS, note),
        Figure("the same, peak memory", peak(), "MiB", goals.NOTICE_MIB),
    ]


def _last(publisher: User) -> NoticeDraft:
    return NoticeDraft.objects.filter(created_by=publisher).latest("pk")


def peak() -> float:
    """Return the most memory, in MiB, that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
