"""To whom a letter goes: as the petition's own answers say, which are confidential. No one else gets the letter.

Read when a letter is set and kept nowhere else: not with what waits to be set, in no event, message or public copy.
"""

from exclusions.models import Petition
from exclusions.queries.record.letter_addresses import address_lines


def addressee(petition: Petition) -> list[str]:
    """Return the lines of the address: the requester, and through whom it filed; none where no version was sealed.

    The last version that was certified counts. One statement.
    """
    sealed = petition.versions.sealed()
    last = sealed.order_by("-number").first()
    return address_lines(last.answers, petition.organization.legal_name) if last else []
