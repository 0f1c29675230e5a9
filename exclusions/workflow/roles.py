"""Who takes part in a case. One person holds at most one staff role, so that duties stay apart."""

from django.db.models import TextChoices


class Role(TextChoices):
    """A part that somebody plays towards one petition, or in the agency."""

    REQUESTER = "requester", "Requester"
    FILER = "filer", "Third-party filer"
    CLOCK = "clock", "Clock"
    INTAKE = "intake", "Intake clerk"
    REVIEWER1 = "reviewer1", "Level 1 reviewer"
    REVIEWER2 = "reviewer2", "Level 2 reviewer"
    LEGAL = "legal", "Office of General Counsel"
    DRAFTER = "drafter", "Drafter"
    COMMITTEE = "committee", "Section 301 Committee member"
    CUSTOMS = "customs", "Customs reviewer"
    SIGNATORY = "signatory", "Signatory"
    PUBLISHER = "publisher", "Publisher"
    AUDITOR = "auditor", "Auditor"
    ADMIN = "admin", "Administrator"

    @property
    def one(self) -> str:
        """Somebody of the role, as a sentence names them: "a Publisher", "the Office of General Counsel"."""
        if self in (Role.CLOCK, Role.LEGAL):
            return f"the {self.label if self is Role.LEGAL else 'clock'}"
        return f"{'an' if self.label[0] in 'AEIOU' else 'a'} {self.label}"


OWNERS = frozenset({Role.REQUESTER, Role.FILER})

STAFF = frozenset(set(Role) - OWNERS - {Role.CLOCK})

# Who may read a whole petition, confidential answers included. Drafter, customs, publisher and admin work
# from the public copy or the product draft (domain: role table, 15 CFR 2006.15(c)).
READS_CONFIDENTIAL = frozenset(
    {Role.INTAKE, Role.REVIEWER1, Role.REVIEWER2, Role.LEGAL, Role.COMMITTEE, Role.SIGNATORY, Role.AUDITOR}
)

# What stands under a name in a letter, where the name of the role is not what one signs as.
SIGNS_AS = {Role.SIGNATORY: "Chair of the Section 301 Committee"}

# Roles that judge; a person with a tie to a party must not act in them.
JUDGES = STAFF - {Role.AUDITOR, Role.ADMIN}

# Whose cases are assigned, and so whose team has a lead; Customs works from texts that are nobody's.
LED = JUDGES - {Role.CUSTOMS}
