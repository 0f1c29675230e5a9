"""To whom a letter goes: as the petition's own answers say, which are confidential. No one else gets the letter.

Read when a letter is set and kept nowhere else: not with what waits to be set, in no event, message or public copy.
"""

from exclusions.models import Petition, PetitionVersion
from exclusions.queries.record.letter_addresses import address_lines


def addressee(petition: Petition, version: int | None = None) -> list[str]:
    """Return the lines of the address: the requester, and through whom it filed; none where no version was sealed.

    `version` is the number of the sealed version by which the letter goes out; None: the last one. One statement.
    """
    sealed = PetitionVersion.objects.filter(petition=petition, sealed_at__isnull=False).order_by("-number")
    found = (sealed.filter(number=version) if version else sealed).values_list("answers", flat=True).first()
    return address_lines(found, petition.organization.legal_name) if found else []
