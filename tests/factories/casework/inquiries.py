"""A question to the filer, as it stands on record."""

from datetime import timedelta

from exclusions.models import Inquiry, Petition, User

QUESTION = "Which of the two finishes has the product?"


def asked(petition: Petition) -> Inquiry:
    """Return the first question of a case, asked by the level 1 reviewer as it came there; made at the first call."""
    by = User.objects.filter(role="reviewer1", is_active=True).order_by("pk").first()
    since = petition.status_since
    found, _ = Inquiry.objects.get_or_create(
        petition=petition,
        number=1,
        defaults={
            "question": QUESTION, "asked_by": by, "asked_at": since, "closes_at": since + timedelta(days=14),
        },
    )  # fmt: skip
    return found
