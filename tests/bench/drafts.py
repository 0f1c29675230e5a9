"""The steps of a draft, on which filers spend their hours; and drafts that may be submitted now."""

from collections.abc import Callable
from pathlib import Path

from django.utils import timezone

from exclusions.actions.filing import petitions
from exclusions.facts.forms import petition_form
from exclusions.models import Petition, Round
from exclusions.permissions.filing import blocking_problems
from tests.bench import goals
from tests.bench.asked import Page, figures_of
from tests.bench.goals import Figure
from tests.bench.posted import NUMBER, person, session_of
from tests.factories.answers import petition_answers, purchases
from tests.factories.people import make_organization


def complete_drafts(count: int) -> tuple[str, list[Petition]]:
    """Return a session and so many drafts of its person in the demonstration's round, whose window is open.

    RuntimeError when one could not be submitted as it is.
    """
    round_ = Round.objects.get(is_demo=True)
    questions = {question.key: question for question in petition_form(round_).questions}
    answers = petition_answers(
        hts10=NUMBER,
        purchases=purchases(tuple(period.key for period in questions["purchases"].periods)),
        revenue={period.key: "9000000" for period in questions["revenue"].periods},
    )
    organization = make_organization("Meadowlark Infant Care of the Bench LLC")
    who = person("Ada Bench Importer", organization=organization)
    made = []
    for _ in range(count):
        draft = petitions.start(round=round_, organization=organization, by=who, at=timezone.now(), answers=answers)
        if problems := blocking_problems(draft, timezone.now()):
            raise RuntimeError(f"The benchmark's petition may not be filed: {problems}")
        made.append(draft)
    return session_of(who), made


def measure(url: str, data: Path, say: Callable[[str], None]) -> list[Figure]:
    """Return the figures of each step, and of the pages around them."""
    say("  opening the steps of a draft …")
    session, (draft,) = complete_drafts(1)
    steps = [*(step.key for step in petition_form(draft.round).steps), "check", "certify", "public"]
    addresses = {f"draft, {step}": f"/petitions/{draft.pk}/{step}/" for step in dict.fromkeys(steps)}
    others = {"own petitions": "/petitions/", "a new petition": "/petitions/new/"}
    full = [Page(name, path, session, goals.FULL_FLOORS) for name, path in addresses.items()]
    return figures_of(url, [*full, *(Page(name, path, session) for name, path in others.items())])
