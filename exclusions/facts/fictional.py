"""What was made for the demonstration: a real product may have a term that nobody ever published."""

from django.db.models import Q

from exclusions.models.exclusion import ExclusionTerm
from exclusions.models.round import Round

FICTIONAL = "Fictional: made for the demonstration"
INVENTED = "(fictional)"  # at the end of a citation that does not exist


def demo_dockets() -> frozenset[str]:
    """Return the dockets of demonstration rounds; a petition's reference begins with its docket. One statement."""
    return frozenset(Round.objects.filter(is_demo=True).values_list("docket", flat=True))


def is_marked(term: ExclusionTerm) -> bool:
    """Whether a term, read with the column `fictional`, was made for the demonstration."""
    return bool(getattr(term, "fictional", False))


def fictional(prefix: str = "") -> Q:
    """Return the condition, or column, that a term of an exclusion (`prefix` leads to it) is fictional.

    It is where its heading is that of a demonstration round, or where its citation says so.
    """
    invented = Round.objects.filter(is_demo=True).exclude(heading="").values("heading")
    return Q(**{f"{prefix}heading__in": invented}) | Q(**{f"{prefix}authority__endswith": INVENTED})
