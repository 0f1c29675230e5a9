"""The workflow is this table. The guard, the buttons, the diagram, the events and the tests all read it.

A gate is named here and answered in `exclusions.permissions.gates`: it returns the sentences that stand in
the way, none when the way is free.
"""

from dataclasses import dataclass

from exclusions.workflow.roles import OWNERS, Role
from exclusions.workflow.states import Status


@dataclass(frozen=True)
class Transition:
    """One step: its name (the same in URL, event, e-mail and test), where from, where to, who, and what must hold."""

    name: str
    label: str
    sources: frozenset[Status]
    target: Status
    roles: frozenset[Role]
    gates: tuple[str, ...] = ()
    needs_reason: bool = False
    tells: tuple[str, ...] = ()  # "requester", "responders": who gets a notification
    letter: str = ""  # the letter that is issued with it


def _t(
    name: str,
    label: str,
    sources: set[Status],
    target: Status,
    roles: set[Role] | frozenset[Role],
    *gates: str,
    needs_reason: bool = False,
    tells: tuple[str, ...] = (),
    letter: str = "",
) -> Transition:
    return Transition(name, label, frozenset(sources), target, frozenset(roles), gates, needs_reason, tells, letter)


_OPEN_TO_WITHDRAWAL = {
    Status.SUBMITTED,
    Status.RETURNED,
    Status.POSTED,
    Status.REPLYING,
    Status.LEVEL1,
    Status.LEVEL2,
    Status.CONSISTENCY,
    Status.LEGAL,
    Status.DRAFTING,
    Status.CUSTOMS,
    Status.COMMITTEE,
    Status.SIGNATURE,
}
S = Status
# fmt: off  (a table reads by its rows)
_ROWS = (
    _t(
        "submit",
        "Submit petition",
        {S.DRAFT},
        S.SUBMITTED,
        OWNERS,
        "window_open",
        "answers_pass",
        "certified",
        tells=("requester",),
        letter="receipt",
    ),
    _t(
        "return",
        "Return for correction",
        {S.SUBMITTED},
        S.RETURNED,
        {Role.INTAKE},
        needs_reason=True,
        tells=("requester",),
        letter="returned",
    ),
    _t("resubmit", "Resubmit", {S.RETURNED}, S.SUBMITTED, OWNERS, "answers_pass", "certified", tells=("requester",)),
    _t(
        "post",
        "Post to the docket",
        {S.SUBMITTED},
        S.POSTED,
        {Role.INTAKE},
        "confidentiality_screened",
        tells=("requester",),
    ),
    _t(
        "withdraw",
        "Withdraw",
        _OPEN_TO_WITHDRAWAL,
        S.WITHDRAWN,
        OWNERS,
        needs_reason=True,
        tells=("requester",),
        letter="withdrawal",
    ),
    _t("close_responses", "Close the response period", {S.POSTED}, S.REPLYING, {Role.CLOCK}, "response_period_over"),
    _t("begin_review", "Begin review", {S.REPLYING}, S.LEVEL1, {Role.CLOCK}, "reply_period_over", tells=("requester",)),
    _t(
        "recommend",
        "Send to level 2",
        {S.LEVEL1},
        S.LEVEL2,
        {Role.REVIEWER1},
        "every_criterion_found",
        "recommendation_made",
    ),
    _t("send_back", "Send back to level 1", {S.LEVEL2}, S.LEVEL1, {Role.REVIEWER2}, needs_reason=True),
    _t(
        "concur",
        "Send to consistency review",
        {S.LEVEL2},
        S.CONSISTENCY,
        {Role.REVIEWER2},
        "every_criterion_found",
        "recommendation_made",
        "not_the_level1_reviewer",
    ),
    _t(
        "confirm_consistency",
        "Confirm consistency",
        {S.CONSISTENCY},
        S.LEGAL,
        {Role.REVIEWER2},
        "another_level2_reviewer",
        "consistency_recorded",
    ),
    _t(
        "reopen",
        "Return to level 1",
        {S.CONSISTENCY, S.LEGAL},
        S.LEVEL1,
        {Role.REVIEWER2, Role.LEGAL},
        needs_reason=True,
    ),
    _t(
        "clear_for_drafting",
        "Clear for drafting",
        {S.LEGAL},
        S.DRAFTING,
        {Role.LEGAL},
        "every_criterion_found",
        "legal_favours_grant",
    ),
    _t(
        "clear_for_denial",
        "Clear for denial",
        {S.LEGAL},
        S.SIGNATURE,
        {Role.LEGAL},
        "every_criterion_found",
        "legal_favours_denial",
    ),
    _t("send_to_customs", "Send text to customs", {S.DRAFTING}, S.CUSTOMS, {Role.DRAFTER}, "text_drafted"),
    _t("clear_text", "No objection", {S.CUSTOMS}, S.COMMITTEE, {Role.CUSTOMS}, "customs_has_no_objection"),
    _t("object_to_text", "Object to the text", {S.CUSTOMS}, S.DRAFTING, {Role.CUSTOMS}, "customs_objects"),
    _t("give_up_text", "No administrable text", {S.DRAFTING}, S.LEVEL2, {Role.DRAFTER}, needs_reason=True),
    _t("assess", "Send for signature", {S.COMMITTEE}, S.SIGNATURE, {Role.COMMITTEE}, "committee_assessed"),
    _t(
        "grant",
        "Sign grant",
        {S.SIGNATURE},
        S.GRANTED,
        {Role.SIGNATORY},
        "every_criterion_found",
        "text_cleared",
        "grant_reasoned",
        tells=("requester",),
        letter="grant",
    ),
    _t(
        "deny",
        "Sign denial",
        {S.SIGNATURE},
        S.DENIED,
        {Role.SIGNATORY},
        "every_criterion_found",
        "denial_coded",
        tells=("requester",),
        letter="denial",
    ),
    _t("remand", "Return to legal", {S.SIGNATURE}, S.LEGAL, {Role.SIGNATORY}, needs_reason=True),
    _t(
        "publish",
        "Publish the notice",
        {S.GRANTED},
        S.PUBLISHED,
        {Role.PUBLISHER},
        "notice_cited",
        tells=("requester",),
    ),
)

# fmt: on

TRANSITIONS: dict[str, Transition] = {row.name: row for row in _ROWS}


def from_status(status: Status) -> list[Transition]:
    """Return the transitions that leave a status, in table order."""
    return [row for row in TRANSITIONS.values() if status in row.sources]
