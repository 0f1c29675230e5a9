"""A notice of many granted cases, from draft to files: `python -m tests.bench.register.drafted make 400`, then `carry`.

The second one, which is measured, prints a line a figure: name, number. Each case has an exclusion of its own; the
example was brought to level 1 by the actions, and its copies are given what a grant leaves.
"""

import resource
import sys
import time
from collections.abc import Callable
from datetime import timedelta

import django

django.setup()

from django.utils import timezone  # noqa: E402

from exclusions.actions.register.notices import drafting  # noqa: E402
from exclusions.actions.register.notices.publishing import publish_draft  # noqa: E402
from exclusions.gateways.annex.facts import read_facts  # noqa: E402
from exclusions.gateways.annex.files import TYPES, notice_file  # noqa: E402
from exclusions.gateways.tariff.exclusion_item import product_key  # noqa: E402
from exclusions.models import (  # noqa: E402
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
from exclusions.workflow.deadlines import eastern_date  # noqa: E402
from exclusions.workflow.roles import Role  # noqa: E402
from exclusions.workflow.states import Status  # noqa: E402
from tests.bench.posted import bring, person  # noqa: E402
from tests.factories.desk.copies import copies_of  # noqa: E402
from tests.factories.people import make_organization  # noqa: E402

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


def timed(name: str, act: Callable[[], object]) -> float:
    """Do it and print how long it took; return the seconds."""
    begun = time.perf_counter()
    act()
    took = time.perf_counter() - begun
    print(f"{name}\t{took:.2f}", flush=True)
    return took


def carry() -> None:
    """Take every granted case through a notice, and print what took how long and the most memory held."""
    cases, publisher = list(Petition.objects.filter(status=Status.GRANTED)), person("Pat Bench", role=Role.PUBLISHER)
    took = timed("draft", lambda: drafting.draft_notice(cases, by=publisher, at=timezone.now()))
    draft = _last(publisher)
    took += timed("checks", lambda: drafting.send_draft(draft, by=publisher, at=timezone.now()))
    today = eastern_date(timezone.now())
    citation = f"{today.year - 1935} FR 99999"
    took += timed(
        "publication",
        lambda: publish_draft(draft, citation=citation, published_on=today, by=publisher, at=timezone.now()),
    )
    facts = read_facts(PublicNotice.objects.latest("pk").facts)
    assert facts.requests == len(facts.rows) == len(cases)
    for kind in TYPES:
        took += timed(kind, lambda kind=kind: notice_file(facts, kind, at=timezone.now()))  # type: ignore[misc]
    print(f"all\t{took:.2f}")
    print(f"memory\t{peak():.0f}")


def _last(publisher: User) -> NoticeDraft:
    return NoticeDraft.objects.filter(created_by=publisher).latest("pk")


def peak() -> float:
    """Return the most memory, in MiB, that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    grants(int(sys.argv[2])) if sys.argv[1] == "make" else carry()
