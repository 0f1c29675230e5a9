"""Who works beside whom."""

from django.db.models import QuerySet

from exclusions.models import User


def colleagues_of(user: User) -> QuerySet[User]:
    """Return the others of a person's role whose accounts are open, by name."""
    others = User.objects.filter(role=user.role, is_active=True).exclude(pk=user.pk)
    return others.only("pk", "full_name", "email").order_by("full_name", "email")
