"""Every status of a petition, the public stage it is shown as, and whose move it is."""

from django.db.models import TextChoices


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


class Stage(TextChoices):
    """The words that the public sees; nothing finer leaves the agency before the decision."""

    STAGE1 = "stage1", "Stage 1: Public comment period"
    STAGE2 = "stage2", "Stage 2: Initial substantive review"
    STAGE3 = "stage3", "Stage 3: Administrability review"
    STAGE4 = "stage4", "Stage 4: Final determination"
    GRANTED = "granted", "Granted"
    DENIED = "denied", "Denied"
    WITHDRAWN = "withdrawn", "Withdrawn"


# None: the public does not know of the petition yet.
STAGE_OF: dict[Status, Stage | None] = {
    Status.DRAFT: None,
    Status.SUBMITTED: None,
    Status.RETURNED: None,
    Status.POSTED: Stage.STAGE1,
    Status.REPLYING: Stage.STAGE1,
    Status.LEVEL1: Stage.STAGE2,
    Status.LEVEL2: Stage.STAGE2,
    Status.CONSISTENCY: Stage.STAGE2,
    Status.LEGAL: Stage.STAGE2,
    Status.DRAFTING: Stage.STAGE3,
    Status.CUSTOMS: Stage.STAGE3,
    Status.COMMITTEE: Stage.STAGE3,
    # A petition that awaits a signature is shown as under review: Stage 4 would give the outcome away.
    Status.SIGNATURE: Stage.STAGE3,
    Status.GRANTED: Stage.STAGE4,
    Status.PUBLISHED: Stage.GRANTED,
    Status.DENIED: Stage.DENIED,
    Status.WITHDRAWN: Stage.WITHDRAWN,
}

MOVE_OF: dict[Status, str] = {
    Status.DRAFT: "The requester finishes and submits",
    Status.SUBMITTED: "The agency checks and posts",
    Status.RETURNED: "The requester corrects and resubmits",
    Status.POSTED: "Anyone may respond",
    Status.REPLYING: "The requester may reply to responses",
    Status.LEVEL1: "The agency reviews",
    Status.LEVEL2: "The agency reviews",
    Status.CONSISTENCY: "The agency reviews",
    Status.LEGAL: "The agency reviews",
    Status.DRAFTING: "The agency drafts the product text",
    Status.CUSTOMS: "Customs reads the product text",
    Status.COMMITTEE: "The agency reviews",
    Status.SIGNATURE: "The agency decides",
    Status.GRANTED: "The agency publishes the notice",
    Status.PUBLISHED: "Nobody: the case is closed",
    Status.DENIED: "Nobody: the case is closed",
    Status.WITHDRAWN: "Nobody: the case is closed",
}

CLOSED = frozenset({Status.PUBLISHED, Status.DENIED, Status.WITHDRAWN})
UNDER_REVIEW = frozenset({Status.LEVEL1, Status.LEVEL2, Status.CONSISTENCY, Status.LEGAL})
DECIDED = frozenset({Status.GRANTED, Status.PUBLISHED, Status.DENIED})
