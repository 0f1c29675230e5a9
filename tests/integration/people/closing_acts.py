"""The acts that close a case, and the amendment of an exclusion, beside the others: importing this adds their rows."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from exclusions.actions.record.supersession import successor, write_numbers
from exclusions.actions.rounds import orders
from exclusions.models import (
    ActionRate,
    Amendment,
    CoveredLine,
    Exclusion,
    ExclusionTerm,
    Petition,
    Round,
    RoundOrder,
    TermDecision,
    User,
)
from exclusions.queries.record.late_seals import unsealed
from exclusions.workflow.states import Status
from tests.factories.casework.closings import covering, earlier
from tests.factories.facts import make_action
from tests.factories.notices.listed import extension_round, signed
from tests.factories.people import written_without_seal
from tests.integration.people.two_person_acts import CASES, Case, Stage, corrected_meanwhile, correction

__all__ = ["CASES"]


def closing(
    name: str, facts: Callable[[Stage], Mapping[str, Any]], disturb: Callable[[Stage], Any], status: Status
) -> Case:
    """Return the case of an act that closes a petition without its merits."""
    return Case(
        key=lambda on: on.filed.pk,
        facts=facts,
        disturb=disturb,
        done=lambda on: Petition.objects.get(pk=on.filed.pk).status == status,
        told=lambda on: {on.filed.filed_by.email},
        template=name,
        first="intake",
        second="legal",
        reason="Its own words say that it is the same product.",
    )


def reworded(stage: Stage) -> None:
    """Correct the wording of the exclusion that covers the petition."""
    text = Exclusion.objects.get(reference="EX-1").texts.get()
    text.text, text.reason = "Pumps of another kind (6810.99.0010)", "Another correction."
    after = successor(text, at=stage.filed.status_since)
    after.save()
    write_numbers([after])


CASES |= {
    "close_covered": closing("close_covered", lambda on: covering(on.filed), reworded, Status.COVERED),
    "close_duplicate": closing(
        "close_duplicate",
        lambda on: {"earlier": earlier(on.filed, on.filed.filed_by).reference},
        lambda on: Petition.objects.filter(pk=on.filed.pk).update(hts10="6810990020"),
        Status.DUPLICATE,
    ),
    "close_incomplete": closing(
        "close_incomplete",
        lambda on: {"missing": ["product_description"]},
        lambda on: on.again(),
        Status.INCOMPLETE,
    ),
}

NEW_RATE = {"heading": "99039210", "pct": "5.00", "kind": "whole", "valid_from": "2019-09-01"}


def put_under_it(stage: Stage) -> None:
    """Put a line under the heading of the proposed rate, so that more numbers would owe it."""
    CoveredLine.objects.create(action=make_action(), number="84138200", heading="99039210", valid_from=date(2019, 9, 1))


def signed_terms(stage: Stage) -> Mapping[str, Any]:
    """Have the exclusion of the published petition listed, and extended by the signatory; name the press."""
    if not TermDecision.objects.exists():
        at, term = stage.published.status_since + timedelta(days=1), stage.exclusion.terms.get()
        extension_round(term, at)
        people = {name: User.objects.filter(role=name).order_by("pk")[0] for name in ("reviewer1", "signatory")}
        last = term.valid_to + timedelta(days=90)
        signed(people, [term.exclusion.reference], "extend", None, last, at, slug="extension-open")
    return {"press": TermDecision.objects.get().pk}


def corrected_term(stage: Stage) -> None:
    """Supersede the pending term, as a correction does."""
    term = ExclusionTerm.objects.get(status="pending")
    term.reason = "Another correction."
    successor(term, at=stage.filed.status_since).save()


AWAY = "The portal was away for a week."


def an_administrator() -> User:
    """Return the one who was there first."""
    return User.objects.filter(role="admin").order_by("pk")[0]


def extended_alone(stage: Stage) -> Mapping[str, Any]:
    """Let one administrator extend what is pending after an outage, without the proposal; name the order."""
    at = stage.filed.status_since
    if not RoundOrder.objects.exists():
        orders.extend_pending(
            stage.filed.round, days=3, by=an_administrator(), at=at, citation="84 FR 40000", reason=AWAY
        )  # fmt: skip
    return {"order": RoundOrder.objects.get().pk, "moved": []}


def settled_meanwhile(stage: Stage) -> None:
    """Let the extension end."""
    orders.give(stage.filed.round, RoundOrder.Kind.FALL, {}, "84 FR 40000", AWAY, None, stage.filed.status_since, "",
                settles=RoundOrder.objects.get())  # fmt: skip


CASES |= {
    "change_dates": Case(
        key=lambda on: on.filed.round.slug,
        facts=lambda on: {"kind": "extend_filing", "until": "2019-12-31", "citation": "84 FR 40000"},
        disturb=lambda on: orders.extend_filing(
            on.filed.round,
            until=date(2019, 11, 30),
            by=an_administrator(),
            at=on.filed.status_since,
            citation="84 FR 40001",
            reason=AWAY,
        ),
        done=lambda on: Round.objects.current().get(slug=on.filed.round.slug).closes_at.date() > date(2019, 12, 30),
        told=lambda on: set(),
        template="",
        reason=AWAY,
    ),
    "keep_extension": Case(
        key=lambda on: on.filed.round.slug,
        facts=extended_alone,
        disturb=settled_meanwhile,
        done=lambda on: RoundOrder.objects.filter(kind="confirm").exists(),
        told=lambda on: set(),
        template="",
        reason=AWAY,
    ),
    "reopen_terms": Case(
        key=lambda on: signed_terms(on) and "extension-open",
        facts=signed_terms,
        disturb=corrected_term,
        done=lambda on: not TermDecision.objects.exists() and TermDecision.versions.exists(),
        told=lambda on: {on.published.filed_by.email},
        template="reopen_terms",
        first="legal",
        second="signatory",
        reason="A domestic source on the record was overlooked.",
    ),
    "change_list": Case(
        key=lambda on: make_action().pk,
        facts=lambda on: {
            "rows": [{"table": "rate", "key": None, "values": NEW_RATE}],
            "as_of": "2019-07-30",
        },
        disturb=put_under_it,
        done=lambda on: ActionRate.objects.filter(heading="99039210", pct=5).exists(),
        told=lambda on: set(),
        template="",
        reason="84 FR 45821.",
    ),
    "seal_late": Case(
        key=lambda on: written_without_seal(),
        facts=lambda on: {},
        disturb=lambda on: written_without_seal(),
        done=lambda on: unsealed() == [],
        told=lambda on: set(),
        template="",
        reason="The node that was forgotten went on for a minute.",
    ),
    "amend_exclusion": Case(
        key=lambda on: on.exclusion.pk,
        facts=correction,
        disturb=corrected_meanwhile,
        done=lambda on: Amendment.objects.filter(exclusion=on.exclusion).exists(),
        told=lambda on: set(),
        template="letter_superseded",
        first="publisher",
        second="legal",
        reason="The notice left the polished backs out.",
    ),
}
