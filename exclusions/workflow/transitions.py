"""The workflow is these tables. The guard, the buttons, the diagram, the events and the tests all read them.

A gate is named here and answered in `exclusions.permissions.gates`: it returns the sentences that stand in
the way, none when the way is free.
"""

from collections.abc import Set
from dataclasses import dataclass

from exclusions.workflow.roles import OWNERS, Role
from exclusions.workflow.states import WITHDRAWABLE, Status


@dataclass(frozen=True)
class Transition:
    """One transition: its name, where from, where to, who may take it, what must hold, and who hears of it.

    The name is the same in the URL, the event, the e-mail template and the tests.
    """

    name: str
    label: str
    sources: frozenset[Status]
    target: Status
    roles: frozenset[Role]
    needs_reason: bool
    gates: tuple[str, ...]
    told: str  # how the owners read it in their petition's history; "" where it is not theirs to know
    mailed: bool  # whether the requester gets an e-mail, too


R, S = Role, Status
REASON = True
_NOTICE = {R.PUBLISHER, R.SIGNATORY}
_SIGNED = {S.GRANTED, S.PUBLISHED, S.DENIED}
# What closes a case without its merits: before counsel has concluded on them.
_UNCONCLUDED = {S.SUBMITTED, S.POSTED, S.REPLYING, S.LEVEL1, S.LEVEL2, S.CONSISTENCY, S.LEGAL}
_UNSIGNED = _UNCONCLUDED | {S.DRAFTING, S.CUSTOMS, S.COMMITTEE, S.SIGNATURE}
_CHECKED, _CHECKERS = {S.CONSISTENCY, S.LEGAL}, {R.REVIEWER2, R.LEGAL}
# Where a case may stand beside an unlike one, from the comparison with like cases on.
_BESIDE = _CHECKED | {S.DRAFTING, S.CUSTOMS, S.COMMITTEE, S.SIGNATURE}

_GATES: dict[str, tuple[str, ...]] = {
    "submit": ("window_open", "answers_pass", "certified"),
    "return": ("points_named", "cure_day_chosen"),
    "resubmit": ("round_goes_on", "cure_in_time", "answers_pass", "certified", "changed_or_stated"),
    "lapse": ("cure_period_over",),
    "post": ("confidentiality_screened",),
    "close_responses": ("response_period_over",),
    "begin_review": ("reply_period_over",),
    "recommend": ("every_criterion_found", "findings_cited", "recommendation_made", "codes_found", "arguments_marked"),
    "concur": (
        "every_criterion_found",
        "findings_cited",
        "recommendation_made",
        "codes_found",
        "departure_reasoned",
        "not_the_level1_reviewer",
        "own_view_recorded",
        "arguments_marked",
    ),
    "send_back": ("own_view_recorded",),
    "return_alike": ("unlike_named", "another_level2_reviewer"),
    "confirm_consistency": ("another_level2_reviewer", "consistency_recorded", "findings_cited", "arguments_marked"),
    "clear_for_drafting": (
        "every_criterion_found",
        "findings_cited",
        "legal_favours_grant",
        "departure_reasoned",
        "like_cases_answered",
        "arguments_marked",
    ),
    "clear_for_denial": (
        "every_criterion_found",
        "findings_cited",
        "legal_favours_denial",
        "codes_found",
        "departure_reasoned",
        "like_cases_answered",
        "arguments_answered",
    ),
    "send_to_customs": ("text_drafted",),
    "withhold_text": ("text_withheld",),
    "clear_text": ("customs_has_no_objection",),
    "object_to_text": ("customs_objects",),
    "assess": (
        "committee_assessed",
        "departure_reasoned",
        "like_cases_answered",
        "findings_cited",
        "arguments_answered",
    ),
    "grant": (
        "every_criterion_found",
        "findings_cited",
        "text_cleared",
        "grant_reasoned",
        "alike_to_grant",
        "contacts_stated",
        "answered_to_grant",
    ),
    "grant_in_part": (
        "every_criterion_found",
        "findings_cited",
        "text_cleared",
        "narrowing_reasoned",
        "alike_to_grant_in_part",
        "contacts_stated",
        "answered_to_grant_in_part",
    ),
    "deny": (
        "every_criterion_found",
        "findings_cited",
        "denial_coded",
        "alike_to_deny",
        "contacts_stated",
        "answered_to_deny",
    ),
    "publish": ("notice_cited",),
    "undo_publication": ("notice_undone_by_two",),
    "reopen_decision": ("counsel_agrees",),
    "withdraw": ("no_decision_signed",),
    "close_incomplete": ("closing_confirmed",),
    "close_covered": ("closing_confirmed", "no_decision_signed"),
    "close_duplicate": ("closing_confirmed", "no_decision_signed"),
}

# What the owners read in the history of their petition: the transitions that its public stage gives away anyway.
_TOLD = {
    "submit": "Petition submitted",
    "return": "Returned for correction",
    "resubmit": "Submitted again",
    "lapse": "Lapsed: not corrected in time",
    "post": "Posted to the docket",
    "close_responses": "Response period closed",
    "begin_review": "Review begun",
    "grant": "Granted",
    "grant_in_part": "Granted in part",
    "deny": "Denied",
    "publish": "Notice published",
    "undo_publication": "Notice taken back",
    "withdraw": "Withdrawn",
    "reopen_decision": "Decision reopened",
    "close_incomplete": "Not considered: incomplete",
    "close_covered": "Closed: covered by an existing exclusion",
    "close_duplicate": "Closed: duplicate of an earlier petition",
}
# The requester is told of these on the page alone, and of each other one of `_TOLD` by e-mail, too.
_UNMAILED = {"close_responses"}


def _t(
    name: str, label: str, sources: Set[Status], target: Status, roles: Set[Role], reason: bool = False
) -> Transition:
    gates, told = _GATES.get(name, ()), _TOLD.get(name, "")
    mailed = bool(told) and name not in _UNMAILED
    return Transition(name, label, frozenset(sources), target, frozenset(roles), reason, gates, told, mailed)


# fmt: off
_ROWS = (
    #  name                   label                         from             to             who            reason needed
    _t("submit",              "Submit petition",            {S.DRAFT},       S.SUBMITTED,   OWNERS),
    _t("return",              "Return for correction",      {S.SUBMITTED},   S.RETURNED,    {R.INTAKE},    REASON),
    _t("resubmit",            "Resubmit",                   {S.RETURNED},    S.SUBMITTED,   OWNERS),
    _t("lapse",               "Lapse",                      {S.RETURNED},    S.LAPSED,      {R.CLOCK}),
    _t("post",                "Post to the docket",         {S.SUBMITTED},   S.POSTED,      {R.INTAKE}),
    _t("withdraw",            "Withdraw",                   WITHDRAWABLE,    S.WITHDRAWN,   OWNERS,        REASON),
    _t("close_responses",     "Close the response period",  {S.POSTED},      S.REPLYING,    {R.CLOCK}),
    _t("begin_review",        "Begin review",               {S.REPLYING},    S.LEVEL1,      {R.CLOCK}),
    _t("recommend",           "Send to level 2",            {S.LEVEL1},      S.LEVEL2,      {R.REVIEWER1}),
    _t("send_back",           "Send back to level 1",       {S.LEVEL2},      S.LEVEL1,      {R.REVIEWER2}, REASON),
    _t("concur",              "Send to consistency review", {S.LEVEL2},      S.CONSISTENCY, {R.REVIEWER2}),
    _t("confirm_consistency", "Confirm consistency",        {S.CONSISTENCY}, S.LEGAL,       {R.REVIEWER2}),
    _t("reopen",              "Return to level 1",          _CHECKED,        S.LEVEL1,      _CHECKERS,     REASON),
    _t("return_alike",        "Return after comparison",    _BESIDE,         S.LEVEL1,      {R.REVIEWER2}, REASON),
    _t("clear_for_drafting",  "Clear for drafting",         {S.LEGAL},       S.DRAFTING,    {R.LEGAL}),
    _t("clear_for_denial",    "Clear for denial",           {S.LEGAL},       S.SIGNATURE,   {R.LEGAL}),
    _t("send_to_customs",     "Send text to customs",       {S.DRAFTING},    S.CUSTOMS,     {R.DRAFTER}),
    _t("clear_text",          "No objection",               {S.CUSTOMS},     S.COMMITTEE,   {R.CUSTOMS}),
    _t("object_to_text",      "Object to the text",         {S.CUSTOMS},     S.DRAFTING,    {R.CUSTOMS}),
    _t("withhold_text",       "Withhold the text",          {S.CUSTOMS},     S.DRAFTING,    {R.INTAKE},    REASON),
    _t("give_up_text",        "No administrable text",      {S.DRAFTING},    S.LEVEL2,      {R.DRAFTER},   REASON),
    _t("assess",              "Send for signature",         {S.COMMITTEE},   S.SIGNATURE,   {R.COMMITTEE}),
    _t("grant",               "Sign grant",                 {S.SIGNATURE},   S.GRANTED,     {R.SIGNATORY}),
    _t("grant_in_part",       "Sign grant in part",         {S.SIGNATURE},   S.GRANTED,     {R.SIGNATORY}),
    _t("deny",                "Sign denial",                {S.SIGNATURE},   S.DENIED,      {R.SIGNATORY}),
    _t("remand",              "Return to legal",            {S.SIGNATURE},   S.LEGAL,       {R.SIGNATORY}, REASON),
    _t("publish",             "Publish the notice",         {S.GRANTED},     S.PUBLISHED,   {R.PUBLISHER}),
    _t("undo_publication",    "Take the notice back",       {S.PUBLISHED},   S.GRANTED,     _NOTICE,       REASON),
    _t("reopen_decision",     "Reopen the decision",        _SIGNED,         S.LEGAL,       {R.SIGNATORY}, REASON),
    _t("close_incomplete",    "Close as incomplete",        {S.SUBMITTED},   S.INCOMPLETE,  {R.LEGAL},     REASON),
    _t("close_covered",       "Close as covered",           _UNSIGNED,       S.COVERED,     {R.LEGAL},     REASON),
    _t("close_duplicate",     "Close as a duplicate",       _UNCONCLUDED,    S.DUPLICATE,   {R.LEGAL},     REASON),
)
# fmt: on

TRANSITIONS: dict[str, Transition] = {row.name: row for row in _ROWS}


CLOSINGS = ("close_incomplete", "close_covered", "close_duplicate")
# Not in the course of a case: the first two reopen a closed case, the others close one without its merits. Each has a
# page of its own, and two persons close.
OUT_OF_COURSE = frozenset({"reopen_decision", "undo_publication", *CLOSINGS})


# Transitions that ask for more than a reason; they have a page of their own.
NEED_FORM = frozenset({"return", "post", "grant", "grant_in_part", "deny", "publish", "reopen_decision"})
# Those whose gates compare the case with like ones.
COMPARES = frozenset(
    {"confirm_consistency", "return_alike", "clear_for_drafting", "clear_for_denial", "assess"}
    | {"grant", "grant_in_part", "deny"}
)
# What each says of `Petition.in_part`; the others leave it.
SAYS_IN_PART = {"grant": False, "grant_in_part": True, "deny": False, "reopen_decision": False}
# Customs' transitions are taken with the opinion, on the page of the draft; intake's with what it withholds.
# What closes a case without its merits is proposed on a page of its own; what returns one is taken beside the other.
TAKEN_ELSEWHERE = frozenset(
    {"clear_text", "object_to_text", "withhold_text", "undo_publication", "return_alike", *CLOSINGS}
)
# Taken from whatever desk the case is at, where nobody of the person's role has it.
BESIDE_THE_DESK = frozenset({"return_alike"})


def in_course(status: Status) -> list[Transition]:
    """Return the transitions that leave a status in the course of a case, in table order; none for a closed one."""
    return [row for row in from_status(status) if row.name not in OUT_OF_COURSE]


def from_status(status: Status) -> list[Transition]:
    """Return the transitions that leave a status, in table order."""
    return [row for row in TRANSITIONS.values() if status in row.sources]


def path_to(status: Status, *, avoiding: Set[str] = frozenset()) -> tuple[str, ...]:
    """Return the names of the fewest transitions that lead from a draft to a status, without those in `avoiding`.

    Where two ways are as short, the one whose rows come first. ValueError when there is none.
    """
    paths: dict[Status, tuple[str, ...]] = {Status.DRAFT: ()}
    waiting = [Status.DRAFT]
    for here in waiting:
        for row in from_status(here):
            if row.target not in paths and row.name not in avoiding:
                paths[row.target] = (*paths[here], row.name)
                waiting.append(row.target)
    if status not in paths:
        raise ValueError(f"No transition leads to “{status.label}”.")
    return paths[status]
