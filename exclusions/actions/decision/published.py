"""What a publisher enters of a notice, and what publishing one case under it changes."""

from dataclasses import dataclass
from datetime import date

from exclusions.facts.headings import KnownHeading
from exclusions.models import Exclusion, ExclusionTerm, ExclusionText, Petition, TariffAction
from exclusions.workflow.terms import Term

PUBLISHED = "The notice was published."


@dataclass(frozen=True)
class Notice:
    """What a publisher enters of a Federal Register notice.

    `heading` (dotted or plain, 8 digits) and `note` override those of the round; `ends_on`, inclusive, is for a round
    whose notice itself fixes the end.
    """

    citation: str
    published_on: date
    heading: str = ""
    note: str = ""
    ends_on: date | None = None


@dataclass(frozen=True)
class Place:
    """Where a draft puts an exclusion: plain heading, note, paragraph, and the last day where the draft says one."""

    heading: str
    note: str
    number: int
    ends_on: date | None


@dataclass(frozen=True)
class Effect:
    """What publishing one case changes for importers. `waits` is the pending term; None where one applies already.

    `applies` is that one, which stays as it is. `number` is the paragraph of the note that a draft gives it; 0: the
    next one.
    """

    petition: Petition
    exclusion: Exclusion
    action: TariffAction
    heading: KnownHeading
    days: Term
    waits: ExclusionTerm | None
    text: ExclusionText | None
    number: int = 0
    applies: ExclusionTerm | None = None
