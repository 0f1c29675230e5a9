"""What was made for the demonstration: a real product may have a term that nobody ever published."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

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


def is_all_invented(marks: Iterable[bool]) -> bool:
    """Whether an exclusion whose terms are marked so is fictional as a whole: it rests on invented terms alone.

    A real exclusion that a demonstration gave a term stays real; that term says of itself what it is.
    """
    of_terms = list(marks)
    return bool(of_terms) and all(of_terms)


def resting_on_invention(exclusion: str) -> Q:
    """Return the column that says the same of the exclusion to which `exclusion` leads, without reading its terms."""
    terms = ExclusionTerm.objects.filter(exclusion=OuterRef(exclusion))
    return Q(Exists(terms)) & ~Q(Exists(terms.exclude(fictional())))


def fictional(prefix: str = "") -> Q:
    """Return the condition, or column, that a term of an exclusion (`prefix` leads to it) is fictional.

    It is where its heading is that of a demonstration round, or where its citation says so.
    """
    invented = Round.objects.filter(is_demo=True).exclude(heading="").values("heading")
    return Q(**{f"{prefix}heading__in": invented}) | Q(**{f"{prefix}authority__endswith": INVENTED})
