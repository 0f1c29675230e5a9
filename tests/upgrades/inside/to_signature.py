"""Every open case of the site that the environment names, led to a signature by the people of its desks.

    python to_signature.py MOMENT

By the product's own actions alone, none of them a remand: what a desk is asked for today and an earlier version did not
ask for, the desk that has the case adds. Prints a JSON object: of each case where it stood, where it stands, and which
desks added citations, marks or a comparison.
"""

import json
import sys
from collections.abc import Callable
from datetime import datetime, timedelta

import django
from steady import stand_at

MOMENT = datetime.fromisoformat(sys.argv[1])
stand_at(sys.argv[1])
django.setup()

from exclusions import criteria  # noqa: E402
from exclusions.actions import transitions  # noqa: E402
from exclusions.actions.casework import at_desk  # noqa: E402
from exclusions.actions.decision import decisions  # noqa: E402
from exclusions.actions.review import assignments, product_texts, reviews  # noqa: E402
from exclusions.actions.review.arguments import take_suggestions  # noqa: E402
from exclusions.actions.review.citations import add_citations  # noqa: E402
from exclusions.hts import dotted  # noqa: E402
from exclusions.models import Petition, TariffLine, User  # noqa: E402
from exclusions.permissions.agreement import adoption  # noqa: E402
from exclusions.permissions.arguments.findings import uncited  # noqa: E402
from exclusions.permissions.arguments.marked import arguments_of  # noqa: E402
from exclusions.permissions.conclusions import adverse, conclusions  # noqa: E402
from exclusions.permissions.consistency import answered_for, concluded, to_distinguish  # noqa: E402
from exclusions.permissions.likes.groups import like_groups  # noqa: E402
from exclusions.workflow.states import Status  # noqa: E402
from tests.factories.casework.citing import bearing  # noqa: E402

APART = "The record of this petition shows another use than theirs."
WHOSE = {
    Status.LEVEL1: "reviewer1",
    Status.LEVEL2: "reviewer2",
    Status.CONSISTENCY: "second2",
    Status.LEGAL: "legal",
    Status.DRAFTING: "drafter",
    Status.CUSTOMS: "customs",
    Status.COMMITTEE: "committee",
    Status.SIGNATURE: "signatory",
}
READS_NO_CASE = {Status.DRAFTING, Status.CUSTOMS}


def find(case: Petition, by: User, at: datetime) -> None:
    for key in case.round.criteria:
        if not case.findings.filter(criterion=key).exists():
            first, why = criteria.get(key).results[0], f"The record shows it of {key}."
            cites = bearing(case, key)
            reviews.record_finding(case, criterion=key, result=first, reasons=why, citations=cites, by=by, at=at)
    why = "The findings weigh this way."
    at_desk.send_on(
        case, "recommend", lambda one: reviews.recommend_outcome(one, outcome="grant", reasons=why, by=by, at=at),
        by=by, at=at,
    )  # fmt: skip


def agree(case: Petition, by: User, at: datetime) -> None:
    found = adoption(case)
    assert found, f"{case}: nothing to agree with"
    at_desk.agree(case, seen=found.row.pk, agreed=True, by=by, at=at)


def compare(case: Petition, by: User, at: datetime) -> None:
    said = {group.key: APART for group in to_distinguish(case, like_groups(case, by))[0]}
    reviews.record_consistency(case, distinctions=said, by=by, at=at)


def confirm(case: Petition, by: User, at: datetime) -> None:
    compare(case, by, at)
    transitions.take(case, "confirm_consistency", by=by, at=at)


def draft(case: Petition, by: User, at: datetime) -> None:
    line = TariffLine.objects.filter(valid_to__isnull=True, number__regex="^[0-9]{10}$").order_by("number")[0]
    number = dotted(line.number)
    text = f"Pumps of stainless steel, each weighing 3 kg or more (described in statistical reporting number {number})"
    product_texts.draft_text(case, text=text, number=number, by=by, at=at)
    transitions.take(case, "send_to_customs", by=by, at=at)


def clear(case: Petition, by: User, at: datetime) -> None:
    draft = case.drafts.order_by("-version")[0]
    product_texts.give_opinion(draft, result="no_objection", by=by, at=at)


def sign(case: Petition, by: User, at: datetime) -> None:
    last = list(conclusions(case).values())[-1]
    if last.outcome == "deny":
        codes = list(last.codes)
        decisions.deny(case, rationale="A source exists, as found.", denial_codes=codes, contacts="none", by=by, at=at)
        return
    why = "The duty does harm that no other factor outweighs." if adverse(case) else ""
    rationale = "No source outside China, as found."
    decisions.grant(case, rationale=rationale, adverse=why, contacts="none", by=by, at=at)


STEPS: dict[Status, Callable[[Petition, User, datetime], None]] = {
    Status.LEVEL1: find,
    Status.LEVEL2: agree,
    Status.CONSISTENCY: confirm,
    Status.LEGAL: agree,
    Status.DRAFTING: draft,
    Status.CUSTOMS: clear,
    Status.COMMITTEE: agree,
    Status.SIGNATURE: sign,
}


def make_up_for(case: Petition, by: User, at: datetime) -> list[str]:
    """Add what is asked for today, at the desk that has the case; return what was added."""
    added = []
    if lacking := uncited(case):
        add_citations(case, citations={key: bearing(case, key) for key in lacking}, by=by, at=at)
        added.append("citations")
    if arguments_of(case).open_texts:
        take_suggestions(case, by=by, at=at)
        added.append("marks")
    mine = concluded(case)
    if mine and case.status != Status.CONSISTENCY and answered_for(case, mine.result, mine.codes):
        compare(case, person("second2", case), at)
        added.append("comparison")
    return added


def person(name: str, case: Petition) -> User:
    """Return the person of that name, or for whoever stepped back from the case a colleague who came since."""
    found = User.objects.get(email=f"{name}@demo.example")
    if case.recusals.filter(user=found, ended_at__isnull=True).exists():
        email = f"new-{name}@demo.example"
        known = User.objects.filter(email=email).first()
        made = {"role": found.role, "full_name": f"New {name}"}
        found = known or User.objects.create_user(email, date_joined=MOMENT, **made)
    return found


def lead(reference: str) -> dict[str, object]:
    """Lead one case on, desk by desk, until it is signed."""
    at, added, begun = MOMENT, list[str](), ""
    while True:
        case = Petition.objects.select_related("round", "organization").get(reference=reference)
        begun = begun or case.status
        if case.status not in WHOSE:
            return {"began": begun, "ended": case.status, "added": added}
        here, by = Status(case.status), person(WHOSE[Status(case.status)], case)
        at += timedelta(minutes=10)
        if here not in READS_NO_CASE:
            if case.assignments.filter(role=by.role, ended_at__isnull=True).exclude(user=by).exists():
                assignments.take(case, by=by, at=at, reason="Its holder is away.")
            added += [f"{here}: {what}" for what in make_up_for(case, by, at)]
            case = Petition.objects.select_related("round", "organization").get(pk=case.pk)
        STEPS[here](case, by, at)


def main() -> None:
    """Lead on every open case and print what came of each."""
    open_ = Petition.objects.filter(status__in=list(WHOSE)).order_by("reference").values_list("reference", flat=True)
    sys.stdout.write(f"{json.dumps({reference: lead(str(reference)) for reference in open_})}\n")


if __name__ == "__main__":
    main()
