"""Every status of a petition, and what it means to each reader: one row a status.

The row says as which stage the public sees it, in whose worklist it stands, whose move it is, its colour, and whether
its owners may change or withdraw the petition. Queries, pages and the transition table derive their lists from it.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import TextChoices

from exclusions.workflow.roles import Role


class Status(TextChoices):
    """Where a petition stands inside the agency."""

    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted, not posted"
    RETURNED = "returned", "Returned for correction"
    POSTED = "posted", "Posted, responses open"
    REPLYING = "replying", "Awaiting replies"
    LEVEL1 = "level1", "Level 1 review"
    LEVEL2 = "level2", "Level 2 review"
    CONSISTENCY = "consistency", "Consistency review"
    LEGAL = "legal", "Legal review"
    DRAFTING = "drafting", "Product text being drafted"
    CUSTOMS = "customs", "With customs"
    COMMITTEE = "committee", "With the Section 301 Committee"
    SIGNATURE = "signature", "Awaiting signature"
    GRANTED = "granted", "Granted, notice pending"
    PUBLISHED = "published", "Granted, notice published"
    DENIED = "denied", "Denied"
    WITHDRAWN = "withdrawn", "Withdrawn"
    LAPSED = "lapsed", "Lapsed, not corrected in time"
    INCOMPLETE = "incomplete", "Not considered: incomplete"
    COVERED = "covered", "Covered by an existing exclusion"
    DUPLICATE = "duplicate", "Duplicate of an earlier petition"


class Stage(TextChoices):
    """The words that the public sees; nothing finer leaves the agency before the decision."""

    STAGE1 = "stage1", "Stage 1: Public comment period"
    STAGE2 = "stage2", "Stage 2: Initial substantive review"
    STAGE3 = "stage3", "Stage 3: Administrability review"
    STAGE4 = "stage4", "Stage 4: Final determination"
    GRANTED = "granted", "Granted"
    IN_PART = "in_part", "Granted in part"
    DENIED = "denied", "Denied"
    WITHDRAWN = "withdrawn", "Withdrawn"
    INCOMPLETE = "incomplete", "Not considered: incomplete"
    COVERED = "covered", "Covered by an existing exclusion"
    DUPLICATE = "duplicate", "Duplicate of an earlier petition"


class Tone(StrEnum):
    """The colours of `_components/status_tag.html`: each but QUIET, the plain tag, is a rule of static/css/site.css."""

    QUIET = "quiet"
    WAIT = "wait"
    OPEN = "open"
    REVIEW = "review"
    GOOD = "good"
    BAD = "bad"


class Mover(StrEnum):
    """Who makes the next move, as the public reads it."""

    REQUESTER = "The requester"
    AGENCY = "The agency"
    CUSTOMS = "Customs"
    ANYONE = "Anyone"


@dataclass(frozen=True)
class Without:
    """Says of a status that it has no such thing, and why."""

    why: str


@dataclass(frozen=True)
class StatusRow:
    """What one status means to each of its readers; what it has none of, it says by name."""

    status: Status
    stage: Stage | Without
    worklist: Role | Without  # in whose worklist its petitions stand
    mover: Mover | Without
    does: str  # what the mover does next
    tone: Tone
    editable: bool  # whether the owners may change the answers
    withdrawal: bool | Without

    @property
    def move(self) -> str:
        """Whose move it is, and which, in a sentence for everybody."""
        return self.mover.why if isinstance(self.mover, Without) else f"{self.mover} {self.does}"


UNPOSTED = Without("The public does not see a petition until it is posted.")
WITH_OWNERS = Without("Its owners see it in their list of petitions.")
DRAFTS_ALONE = Without("Customs reads product drafts on its own page and never sees the petition.")
NO_WORK = Without("Nothing is left to do in the case.")
NOBODY = Without("No one: the case is closed")
DELETED = Without("A draft is not filed yet. Delete it instead.")
TOO_LATE = Without("The petition is decided. Withdrawing it does not undo the decision.")
GONE = Without("It is withdrawn already.")
CLOSED_SO = Without("It was closed without a decision.")
LAPSED = Without("It has lapsed, so you cannot withdraw it.")

_s, S = StatusRow, Status
REQUESTER, AGENCY, CUSTOMS, ANYONE = Mover
QUIET, WAIT, OPEN, REVIEW, GOOD, BAD = Tone
EDIT, SEALED = True, False
ALLOWED = True

# A petition that awaits a signature is shown as under review: Stage 4 would give the outcome away.
# fmt: off
_ROWS = (
    #  status         stage            worklist        who moves  and how                    tone    answers withdrawal
    _s(S.DRAFT,       UNPOSTED,        WITH_OWNERS,    REQUESTER, "finishes and submits",    QUIET,  EDIT,   DELETED),
    _s(S.SUBMITTED,   UNPOSTED,        Role.INTAKE,    AGENCY,    "checks and posts",        WAIT,   SEALED, ALLOWED),
    _s(S.RETURNED,    UNPOSTED,        WITH_OWNERS,    REQUESTER, "corrects and resubmits",  WAIT,   EDIT,   ALLOWED),
    _s(S.POSTED,      Stage.STAGE1,    Role.INTAKE,    ANYONE,    "may respond",             OPEN,   SEALED, ALLOWED),
    _s(S.REPLYING,    Stage.STAGE1,    Role.INTAKE,    REQUESTER, "may reply to responses",  OPEN,   SEALED, ALLOWED),
    _s(S.LEVEL1,      Stage.STAGE2,    Role.REVIEWER1, AGENCY,    "reviews",                 REVIEW, SEALED, ALLOWED),
    _s(S.LEVEL2,      Stage.STAGE2,    Role.REVIEWER2, AGENCY,    "reviews",                 REVIEW, SEALED, ALLOWED),
    _s(S.CONSISTENCY, Stage.STAGE2,    Role.REVIEWER2, AGENCY,    "reviews",                 REVIEW, SEALED, ALLOWED),
    _s(S.LEGAL,       Stage.STAGE2,    Role.LEGAL,     AGENCY,    "reviews",                 REVIEW, SEALED, ALLOWED),
    _s(S.DRAFTING,    Stage.STAGE3,    Role.DRAFTER,   AGENCY,    "drafts the product text", REVIEW, SEALED, ALLOWED),
    _s(S.CUSTOMS,     Stage.STAGE3,    DRAFTS_ALONE,   CUSTOMS,   "reads the product text",  REVIEW, SEALED, ALLOWED),
    _s(S.COMMITTEE,   Stage.STAGE3,    Role.COMMITTEE, AGENCY,    "reviews",                 REVIEW, SEALED, ALLOWED),
    _s(S.SIGNATURE,   Stage.STAGE3,    Role.SIGNATORY, AGENCY,    "decides",                 REVIEW, SEALED, ALLOWED),
    _s(S.GRANTED,     Stage.STAGE4,    Role.PUBLISHER, AGENCY,    "publishes the notice",    GOOD,   SEALED, TOO_LATE),
    _s(S.PUBLISHED,   Stage.GRANTED,   NO_WORK,        NOBODY,    "",                        GOOD,   SEALED, TOO_LATE),
    _s(S.DENIED,      Stage.DENIED,    NO_WORK,        NOBODY,    "",                        BAD,    SEALED, TOO_LATE),
    _s(S.WITHDRAWN,   Stage.WITHDRAWN, NO_WORK,        NOBODY,    "",                        QUIET,  SEALED, GONE),
    _s(S.LAPSED,      UNPOSTED,        NO_WORK,        NOBODY,    "",                        BAD,    SEALED, LAPSED),
    _s(S.INCOMPLETE,  Stage.INCOMPLETE, NO_WORK,       NOBODY,    "",                        BAD,    SEALED, CLOSED_SO),
    _s(S.COVERED,     Stage.COVERED,   NO_WORK,        NOBODY,    "",                        QUIET,  SEALED, CLOSED_SO),
    _s(S.DUPLICATE,   Stage.DUPLICATE, NO_WORK,        NOBODY,    "",                        QUIET,  SEALED, CLOSED_SO),
)
# fmt: on

STATUSES: dict[Status, StatusRow] = {row.status: row for row in _ROWS}
if undeclared := [str(status.label) for status in Status if status not in STATUSES]:
    raise LookupError(f"Declare in {__name__} what they mean to each reader: {', '.join(undeclared)}.")

# None: the public does not know of the petition yet.
STAGE_OF: dict[Status, Stage | None] = {
    row.status: row.stage if isinstance(row.stage, Stage) else None for row in _ROWS
}


def stage_of(status: Status, *, in_part: bool) -> Stage | None:
    """Return as which stage the public sees a petition; `in_part`: less is granted than was asked."""
    found = STAGE_OF[status]
    return Stage.IN_PART if in_part and found is Stage.GRANTED else found


def label_of(status: Status, *, in_part: bool) -> str:
    """Return the words of a status for the agency and the owners; `in_part` as for `stage_of`."""
    label = str(status.label)
    return label.replace("Granted", "Granted in part", 1) if in_part else label


MOVE_OF: dict[Status, str] = {row.status: row.move for row in _ROWS}
# The same to who is to make the move, as a request.
ASKED_OF_OWNERS: dict[Status, str] = {S.DRAFT: "Finish and submit", S.RETURNED: "Correct and resubmit"}
TONE_OF_STAGE: dict[Stage, Tone] = {
    Stage.STAGE1: OPEN,
    Stage.STAGE2: REVIEW,
    Stage.STAGE3: REVIEW,
    Stage.STAGE4: WAIT,
    Stage.GRANTED: GOOD,
    Stage.IN_PART: GOOD,
    Stage.DENIED: BAD,
    Stage.WITHDRAWN: QUIET,
    Stage.INCOMPLETE: BAD,
    Stage.COVERED: QUIET,
    Stage.DUPLICATE: QUIET,
}

CLOSED = frozenset(row.status for row in _ROWS if row.mover is NOBODY)
EDITABLE = frozenset(row.status for row in _ROWS if row.editable)
WITHDRAWABLE = frozenset(row.status for row in _ROWS if row.withdrawal is True)
# While responses and replies are taken and posted.
COMMENTING = frozenset(row.status for row in _ROWS if row.stage is Stage.STAGE1)
# Of these, the decision may be known.
DECIDED = frozenset(row.status for row in _ROWS if row.stage in (Stage.STAGE4, Stage.GRANTED, Stage.DENIED))


def worklist_of(role: str) -> tuple[Status, ...]:
    """Return the statuses that stand in the worklist of a role, in the order of the table; none for other roles."""
    return tuple(row.status for row in _ROWS if row.worklist == role)


# Customs works from drafts, the administrator in Django admin; neither has a list of petitions.
HAS_WORKLIST = frozenset({*filter(worklist_of, Role), Role.AUDITOR})
