"""Makes drafts that may be submitted now: `python -m tests.bench.drafts COUNT`.

Prints a session key, then one draft a line: its id and its revision. The drafts are in the demonstration round, whose
window is open, and name a number of the loaded edition.
"""

import sys

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from exclusions.actions.filing import petitions  # noqa: E402
from exclusions.facts.forms import petition_form  # noqa: E402
from exclusions.models import Round  # noqa: E402
from exclusions.permissions.filing import blocking_problems  # noqa: E402
from tests.factories.answers import petition_answers, purchases  # noqa: E402
from tests.factories.people import make_organization, make_person  # noqa: E402

NUMBER = "6810990020"


def main(count: int) -> None:
    """Make the drafts and print them. RuntimeError when one could not be submitted as it is."""
    round_ = Round.objects.get(is_demo=True)
    questions = {question.key: question for question in petition_form(round_).questions}
    periods = tuple(period.key for period in questions["purchases"].periods)
    answers = petition_answers(
        hts10=NUMBER,
        purchases=purchases(periods),
        revenue={period.key: "9000000" for period in questions["revenue"].periods},
    )
    organization = make_organization("Meadowlark Infant Care LLC")
    person = make_person("Ada Importer", organization=organization)
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    print(client.cookies[settings.SESSION_COOKIE_NAME].value)
    for _ in range(count):
        draft = petitions.start(round=round_, organization=organization, by=person, at=timezone.now(), answers=answers)
        problems = blocking_problems(draft, timezone.now())
        if problems:
            raise RuntimeError(f"The benchmark's petition may not be filed: {problems}")
        print(draft.pk, draft.revision)


if __name__ == "__main__":
    main(int(sys.argv[1]))
