"""The records of other cases that a distinction names: what is public of them, and what was given in confidence there.

Each is read once, for however many cases at once the distinction is made.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import prefetch_related_objects

from exclusions.models import Petition, Response, StoredCase
from exclusions.permissions.case_secrets import CaseSecrets, secrets_of_cases
from exclusions.permissions.likes.groups import LikeGroup
from exclusions.queries.casework.case.passages import Passage, passages_of

MOST_RESPONSES = 50  # that a list of choices has


@dataclass
class OtherCases:
    """Cases by their references, as they are read."""

    _live: dict[str, Petition] = field(default_factory=dict)
    _passages: dict[str, Mapping[str, Passage]] = field(default_factory=dict)
    _secrets: dict[str, CaseSecrets] = field(default_factory=dict)
    _products: dict[str, str] = field(default_factory=dict)
    _looked_through: set[tuple[str, str]] = field(default_factory=set)
    _stored: set[str] = field(default_factory=set)

    def live(self, references: Iterable[str]) -> dict[str, Petition]:
        """Return those of these cases that are petitions filed here; one statement, and those of what they are read
        with.
        """
        wanted = list(dict.fromkeys(references))
        missing = [name for name in wanted if name not in self._live]
        if missing:
            rows = list(Petition.objects.filter(reference__in=missing).select_related("round", "organization"))
            prefetch_related_objects(rows, "versions", "leak_settlements")
            self._live.update({str(row.reference): row for row in rows})
        return {name: self._live[name] for name in wanted if name in self._live}

    def passages(self, reference: str) -> Mapping[str, Passage]:
        """Return what is public of a petition filed here, by citation."""
        if reference not in self._passages:
            self._passages[reference] = passages_of(self.live([reference])[reference], whole=False)
        return self._passages[reference]

    def secrets(self, references: Iterable[str]) -> dict[str, CaseSecrets]:
        """Return what was given in confidence in these cases, as far as they are petitions filed here."""
        known = self.live(references)
        if missing := [one for name, one in known.items() if name not in self._secrets]:
            found = secrets_of_cases(missing)
            self._secrets.update({str(one.reference): found[one.pk] for one in missing})
        return {name: self._secrets[name] for name in known}

    def product(self, reference: str) -> str:
        """Return the product of a case of the store, as its row names it."""
        if reference not in self._products:
            row = StoredCase.objects.filter(reference=reference).values_list("product", flat=True).first()
            self._products[reference] = row or ""
        return self._products[reference]

    def stored(self, references: Iterable[str]) -> set[str]:
        """Return those of these references that are cases of the store, live or historical."""
        wanted = set(references)
        if missing := wanted - self._stored:
            self._stored.update(StoredCase.objects.filter(reference__in=missing).values_list("reference", flat=True))
        return wanted & self._stored

    def to_look_through(self, words: str, references: Iterable[str]) -> list[str]:
        """Return those of these cases for which these words have not been looked through yet."""
        new = [name for name in references if (name, words) not in self._looked_through]
        self._looked_through.update((name, words) for name in new)
        return new


def responses_to(petition: Petition, groups: Sequence[LikeGroup]) -> dict[str, list[str]]:
    """Return the references of posted responses to like petitions of these groups, and to a petition itself, by case;
    one statement, or none without a group.
    """
    live = {name for group in groups for name in group.live}
    found: dict[str, list[str]] = {}
    if groups:
        names = [str(petition.reference), *sorted(live)]
        rows = Response.objects.filter(petition__reference__in=names, status=Response.Status.POSTED)
        for case, name in rows.order_by("reference").values_list("petition__reference", "reference")[:MOST_RESPONSES]:
            found.setdefault(str(case), []).append(str(name))
    return found
