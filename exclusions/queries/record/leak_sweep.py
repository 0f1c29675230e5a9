"""The sweep of everything public against everything confidential, by the matchers that the doors of a case use."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from uuid import UUID

from exclusions.checks.confidential.leak_matcher import Hit, Matcher, Secret, Sort, hit_id, plain_words
from exclusions.errors import BrokenRound
from exclusions.models import BulkRow, Comment, LeakSettlement, Petition, PublicPetition, PublicResponse
from exclusions.permissions.case_secrets import CaseSecrets, secrets_of_cases
from exclusions.permissions.importer.bulk_rows import secrets_in_row
from exclusions.permissions.notices.comment_secrets import matcher_of_comment, secrets_of_comment
from exclusions.queries.chunks import read_in_chunks
from exclusions.queries.record.public_texts import Place, UnreadFile, public_texts

_DISTINCTIVE_DIGITS = 6  # significant; a rounder figure of one petition may be another's own
_DISTINCTIVE_WORDS = 2
_AT_ONCE = 100  # cases read at a time
_KEPT = 200  # cases whose matchers are kept


@dataclass(frozen=True)
class Leak:
    """A confidential value in a public place, named by its question; the value itself is never told."""

    owner: str
    label: str
    where: str

    def __str__(self) -> str:
        return f"{self.where}: repeats what {self.owner} gave in confidence under “{self.label}”."


@dataclass(frozen=True)
class UnsweptCase:
    """A case whose values are not known, since its round names a form that there is not."""

    owner: str
    why: str

    def __str__(self) -> str:
        return f"{self.owner}: what it holds in confidence was looked for nowhere. {self.why}"


def leaks() -> Iterator[Leak]:
    """Yield every confidential value that a public place repeats, each once a place."""
    return (found for found in findings() if isinstance(found, Leak))


def findings() -> Iterator[Leak | UnreadFile | UnsweptCase]:
    """Yield every leak, every public file that could not be read whole, every case of a broken round.

    Each file is parsed once.

    A case's own values, the responses' included, are looked for in whatever form in its own places; in those of others
    only what can be no coincidence. Left out is what was stated to be public, or by two members of staff a coincidence.
    """
    sweep = _Sweep()
    yield from sweep.unswept
    for place in public_texts():
        if isinstance(place, UnreadFile):
            yield place
        else:
            yield from sweep.leaks_in(place)


class _Sweep:
    """The values of all cases, and what was stated of them."""

    def __init__(self) -> None:
        self._case: dict[str, Petition] = {}
        self._owners: dict[Secret, set[str]] = {}
        self.unswept: list[UnsweptCase] = []
        rows = read_in_chunks(Petition.objects.all(), ["created_at", "pk"], _AT_ONCE)
        while cases := list(islice(rows, _AT_ONCE)):
            self._learn(cases)
        self._comments: dict[str, Comment] = {}
        self._learn_comments()
        self._learn_sheets()
        distinctive = (secret for secret in self._owners if _is_distinctive(secret))
        self._everybody = Matcher(distinctive, _public_names())
        self._held: dict[str, CaseSecrets] = {}
        self._stated: dict[str, set[tuple[str, str]]] = {}
        stated = LeakSettlement.objects.that_count().filter(petition__reference__isnull=False)
        for case, place, leak in stated.values_list("petition__reference", "place", "leak"):
            self._stated.setdefault(str(case), set()).add((place, leak))
        self._told: set[tuple[str, str, str]] = set()

    def _learn(self, cases: list[Petition]) -> None:
        secrets = self._secrets_of(cases)
        for petition in cases:
            owner = petition.reference or f"draft {petition.pk}"
            if petition.pk not in secrets:
                continue
            self._case[owner] = petition
            confidential = secrets[petition.pk]
            for secret in confidential.not_public():
                self._owners.setdefault(secret, set()).add(owner)

    def _learn_comments(self) -> None:
        rows = Comment.objects.exclude(status=Comment.Status.UNCONFIRMED).select_related("round")
        for comment in read_in_chunks(rows, ["created_at", "pk"], _AT_ONCE):
            owner = comment.reference or comment.receipt
            self._comments[owner] = comment
            for secret in secrets_of_comment(comment):
                self._owners.setdefault(secret, set()).add(owner)

    def _learn_sheets(self) -> None:
        """Learn what rows of bulk sheets hold that are no drafts yet; of the others the drafts themselves tell."""
        rows = BulkRow.objects.filter(drafted_at__isnull=True).select_related("sheet__round", "sheet__organization")
        for row in read_in_chunks(rows, ["pk"], _AT_ONCE):
            owner = f"bulk sheet {row.sheet_id}, line {row.number}"
            try:
                for secret in secrets_in_row(row.sheet, row):
                    self._owners.setdefault(secret, set()).add(owner)
            except BrokenRound as broken:
                self.unswept.append(UnsweptCase(owner, str(broken)))

    def _secrets_of(self, cases: list[Petition]) -> dict[UUID, CaseSecrets]:
        """Read all at once; where a round among them is broken, one by one without its cases."""
        try:
            return secrets_of_cases(cases)
        except BrokenRound:
            found: dict[UUID, CaseSecrets] = {}
            for case in cases:
                try:
                    found |= secrets_of_cases([case])
                except BrokenRound as broken:
                    self.unswept.append(UnsweptCase(case.reference or f"draft {case.pk}", str(broken)))
            return found

    def leaks_in(self, place: Place) -> Iterator[Leak]:
        """Yield what a place gives away that was not told of it before."""
        for owner, hit in self._hits(place):
            once = (owner, hit.secret.label, place.where)
            if once not in self._told and not self._is_settled(owner, hit.secret):
                self._told.add(once)
                yield Leak(*once)

    def _hits(self, place: Place) -> Iterator[tuple[str, Hit]]:
        for owner in place.owners:
            confidential = self._secrets(owner)
            if owner in self._comments:
                yield from ((owner, hit) for hit in matcher_of_comment(self._comments[owner]).find(place.text))
            if confidential is not None:
                found = confidential.on_own_page(place.text) if place.own_page else confidential.hits_in(place.text)
                yield from ((owner, hit) for hit in found)
        for hit in self._everybody.find(place.text):
            of = self._owners[hit.secret]
            if of.isdisjoint(place.owners):  # of its own case more is known: what everybody may read of it
                yield min(of), hit

    def _secrets(self, owner: str) -> CaseSecrets | None:
        if owner not in self._case:
            return None
        if owner not in self._held:
            if len(self._held) >= _KEPT:
                self._held.clear()
            petition = self._case[owner]
            self._held[owner] = secrets_of_cases([petition])[petition.pk]
        return self._held[owner]

    def _is_settled(self, owner: str, secret: Secret) -> bool:
        if owner in self._comments:
            return hit_id("comment", secret) in self._comments[owner].stated
        return any(hit_id(place, secret) == leak for place, leak in self._stated.get(owner, ()))


def _is_distinctive(secret: Secret) -> bool:
    if secret.sort is Sort.FIGURE:
        return len(secret.value.replace(",", "").strip("$0 ")) >= _DISTINCTIVE_DIGITS
    return secret.sort in (Sort.EMAIL, Sort.PHONE) or len(plain_words(secret.value)) >= _DISTINCTIVE_WORDS


def _public_names() -> list[str]:
    names = PublicPetition.objects.values_list("organization_name", "filer_name").distinct()
    responders = PublicResponse.objects.values_list("organization_name", flat=True).distinct()
    return sorted({name for name in chain(chain.from_iterable(names), responders) if name})
