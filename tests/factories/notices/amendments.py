"""A technical amendment that two persons agreed to."""

from exclusions.actions.people import proposals
from exclusions.models import Amendment, Exclusion, User

FROM = "2019-08-01"


def amended(exclusion: Exclusion, *, text: str = "", applies_from: str = "", what: str = "wording") -> Amendment:
    """Let publisher and counsel agree to an amendment of the wording that stands; return it, waiting for its notice."""
    row = exclusion.texts.latest("version")
    first, second = (User.objects.filter(role=role).order_by("pk").first() for role in ("publisher", "legal"))
    assert first
    assert second
    words = text or row.text.replace("polished on one face", "polished on one or both faces")
    facts = {"what": what, "row": row.pk, "text": words, "holds_from": applies_from}
    at = exclusion.created_at
    made = proposals.propose(
        "amend_exclusion", exclusion.pk, by=first, at=at, reason="The notice left polished backs out.", facts=facts
    )
    proposals.confirm(made, by=second, at=at)
    return Amendment.objects.latest("pk")


def waiting(exclusion: Exclusion) -> Amendment:
    """Return the amendment of an exclusion that waits for its notice, put there where there is none."""
    found: Amendment | None = Amendment.objects.filter(exclusion=exclusion, published_at=None, dropped_at=None).first()
    if found:
        return found
    first, second = (User.objects.filter(role=role).order_by("pk").first() for role in ("publisher", "legal"))
    row = exclusion.texts.latest("version")
    made: Amendment = Amendment.objects.create(
        exclusion=exclusion,
        amends=row,
        text=row.text.replace("Slabs", "Polished slabs"),
        reason="The notice left polished backs out.",
        proposed_by=first,
        confirmed_by=second,
        agreed_at=exclusion.created_at,
    )
    return made
