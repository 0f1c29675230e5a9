"""Fills a site for the crowd: `python -m tests.integration.faults.seed COUNT` prints what there is, as JSON.

A posted petition that takes responses, drafts that may be submitted now, a filer and a reviewer who are signed in.
"""

import json
import sys

import django

django.setup()

from django.utils import timezone  # noqa: E402

from exclusions.actions import transitions  # noqa: E402
from exclusions.actions.filing import petitions  # noqa: E402
from exclusions.facts.forms import petition_form  # noqa: E402
from exclusions.gateways.database import limits  # noqa: E402
from exclusions.models import Round  # noqa: E402
from tests.factories.answers import CERTIFIED, petition_answers, purchases  # noqa: E402
from tests.factories.people import make_organization, make_person  # noqa: E402
from tests.integration.faults.seed_sessions import session_of  # noqa: E402

NUMBER = "6810990020"


def main(count: int) -> None:
    """Make it all and print it, as `seed_demo` would: a long job, which goes round a pooler."""
    limits.lift()
    round_, now = Round.objects.get(is_demo=True), timezone.now()
    questions = {question.key: question for question in petition_form(round_).questions}
    answers = petition_answers(
        hts10=NUMBER,
        purchases=purchases(tuple(period.key for period in questions["purchases"].periods)),
        revenue={period.key: "9000000" for period in questions["revenue"].periods},
    )
    company = make_organization("Meadowlark Infant Care LLC")
    filer = make_person("Ada Importer", organization=company)
    intake, reviewer = make_person("Ines Intake", role="intake"), make_person("Remy Reviewer", role="reviewer1")
    made = [
        petitions.start(round=round_, organization=company, by=filer, at=now, answers=answers) for _ in range(count)
    ]
    posted = petitions.submit(made.pop(), by=filer, at=now, certified=CERTIFIED)
    posted = transitions.take(posted, "post", by=intake, at=now, data={"screened": True})
    facts = {
        "filer": session_of(filer),
        "reviewer": session_of(reviewer),
        "posted": posted.reference,
        "keys": {"filer": filer.pk, "reviewer": reviewer.pk},
    }
    sys.stdout.write(json.dumps({**facts, "drafts": [str(draft.pk) for draft in made]}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
