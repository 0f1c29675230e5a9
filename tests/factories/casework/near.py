"""The cases that are near to one, by their keys: what tests ask of the likeness of cases."""

from exclusions.facts.like_cases import near_to
from exclusions.models import StoredCase


def near_cases(case: StoredCase) -> dict[int, str]:
    """Return the other cases of the same cluster or of like text on the same 8 digits, as {key of the row: why}.

    Two statements.
    """
    near = near_to(case)
    others = StoredCase.objects.filter(near.condition).exclude(pk=case.pk)
    return {key: near.why(key, digest) for key, digest in others.order_by("pk").values_list("pk", "likeness")}
