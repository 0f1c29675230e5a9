"""Many cases in one transaction: locked in one order, read once, written in batches.

The actions of one case are called for each of them, with the batch as an argument. What they ask of a case that was
locked here (its lock, a person's standing, what was given in confidence, the end of its chain) was looked up for all at
once; what they leave behind (events, messages, public copies, letters) waits here and is written at the end, in as few
statements as there are kinds of rows.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model, prefetch_related_objects

from exclusions.actions.record.events import petition_subject, record_event
from exclusions.actions.record.many.public_moves import publish_moves
from exclusions.actions.record.supplements.adding import Supplementing
from exclusions.actions.store.cases import restate
from exclusions.actions.store.turns import wait_for_clusters
from exclusions.facts.filing_day import filing_day
from exclusions.gateways.outbox import wake
from exclusions.models import (
    Anchor,
    Cluster,
    Decision,
    Event,
    Exclusion,
    JointAct,
    Letter,
    Notification,
    PendingLetter,
    Petition,
    PublicLetter,
    TariffAction,
    User,
)
from exclusions.permissions.case_secrets import CaseSecrets, secrets_of_cases
from exclusions.permissions.leaks import sealed_answers
from exclusions.permissions.standing import Standing, standing_of, standings
from exclusions.queries.casework.case.determinations import SetApart, action_of
from exclusions.queries.casework.case.passages import Passage
from exclusions.queries.casework.clusters.filed import Filed, filed_with_each, public_passages_of_each
from exclusions.queries.casework.other_cases import OtherCases

# What the gates and the entries of a case read of it.
ENTRIES = (
    "findings",
    "recommendations",
    "consistency_reviews",
    "legal_reviews",
    "drafts__opinions",
    "drafts__screening",
    "assessments",
    "decisions",
)
REST = (
    "round__actions",
    "organization",
    "filer_organization",
    "filed_by",
    "versions",
    "assignments__user",
    "leak_settlements",
)


@dataclass
class Batch:
    """Cases that are locked in this very transaction, by key, in the order of their references."""

    by: User
    at: datetime
    petitions: Mapping[UUID, Petition]
    act: JointAct | None = None
    exclusions: dict[tuple[int, str], Exclusion] = field(default_factory=dict)  # granted here, by action and product
    others: OtherCases = field(default_factory=OtherCases)  # that are named by what is entered
    supplementing: Supplementing = field(default_factory=Supplementing)
    templates: dict[str, tuple[str, str]] = field(default_factory=dict)  # of letters: text and name, by kind
    _held: Mapping[UUID, Standing] = field(default_factory=dict)
    _heads: dict[UUID, tuple[int, str]] = field(default_factory=dict)
    _events: list[Event] = field(default_factory=list)
    _messages: list[Notification] = field(default_factory=list)
    _moved: dict[UUID, Petition] = field(default_factory=dict)
    _rows: dict[type[Model], list[Any]] = field(default_factory=dict)
    _actions: dict[Any, TariffAction | None] = field(default_factory=dict)
    _letters: list[tuple[Letter, PublicLetter, dict[str, Any]]] = field(default_factory=list)

    def standing(self, petition: Petition, by: User | None) -> Standing | None:
        """Return the standing that was looked up under the lock, or None for another person."""
        return self._held.get(petition.pk) if by == self.by else None

    @cached_property
    def _secrets(self) -> Mapping[UUID, CaseSecrets]:
        return secrets_of_cases(self.petitions.values())

    @cached_property
    def _filed(self) -> Mapping[UUID, Filed]:
        return filed_with_each(self.petitions)

    @cached_property
    def _passages(self) -> Mapping[UUID, Mapping[str, Passage]]:
        return public_passages_of_each(self.petitions, self._filed)

    @cached_property
    def anchor(self) -> Anchor | None:
        """The last day's anchor of the record."""
        return Anchor.objects.order_by("-day").first()

    def standing_of(self, petition: Petition) -> Standing:
        """Return what the person who acts is to a case."""
        return self._held[petition.pk]

    def answers(self, petition: Petition) -> dict[str, Any]:
        """Return the answers of a case as last certified."""
        return sealed_answers(petition)

    def secrets(self, petition: Petition) -> CaseSecrets:
        """Return what was given in confidence in a case."""
        return self._secrets[petition.pk]

    def filed(self, petition: Petition) -> Filed:
        """Return what came to a case beside its answers."""
        return self._filed[petition.pk]

    def passages(self, petition: Petition) -> Mapping[str, Passage]:
        """Return what may be cited of a case in public."""
        return self._passages[petition.pk]

    def head(self, petition: Petition) -> tuple[int, str]:
        """Return number and hash of the last event of a case, those that wait here included; (0, "") where none is."""
        return self._heads.get(petition.pk, (0, ""))

    def read_entries_again(self) -> None:
        """Read what was entered since: the next gates judge by it."""
        for petition in self.petitions.values():
            petition.refresh_from_db(fields={name.partition("__")[0] for name in ENTRIES})  # they were prefetched
        prefetch_related_objects(list(self.petitions.values()), *ENTRIES)

    def add_event(self, petition: Petition, kind: str, **told: Any) -> Event:
        """Append an event to the chain of a case; it is written at the end."""
        sequence, previous = self.head(petition)
        by: User | None = told["by"]
        event = Event(
            subject=petition_subject(petition),
            sequence=sequence + 1,
            kind=kind,
            at=told["at"],
            by=by,
            role=told.get("role") or (by.role if by else ""),
            from_status=told.get("from_status", ""),
            to_status=told.get("to_status", ""),
            reason=told.get("reason", ""),
            data=dict(told.get("data") or {}),
            previous_hash=previous,
        )
        event.hash = event.digest()
        self._heads[petition.pk] = (event.sequence, event.hash)
        self._events.append(event)
        return event

    def follow(self, petition: Petition) -> None:
        """Have the case store and the public copy follow at the end."""
        self._moved[petition.pk] = petition

    def tell(self, message: Notification) -> None:
        """Have a message put into the outbox at the end."""
        self._messages.append(message)

    def add_row(self, row: Model) -> None:
        """Have a row inserted at the end, with all of its kind."""
        self._rows.setdefault(type(row), []).append(row)

    def action_of(self, petition: Petition) -> TariffAction | None:
        """Return the action that covered a case's number on its filing day, asked once for cases alike in these."""
        key = (petition.round_id, petition.hts10, filing_day(petition.submitted_at, petition.created_at))
        if key not in self._actions:
            self._actions[key] = action_of(petition)
        return self._actions[key]

    def add_letter(self, letter: Letter, shown: PublicLetter, facts: dict[str, Any]) -> None:
        """Have a letter issued that workers set afterwards, from these facts."""
        self._letters.append((letter, shown, facts))

    def write(self) -> None:
        """Write everything that waits."""
        for model, rows in self._rows.items():
            model._base_manager.bulk_create(rows, batch_size=500)
        Event.objects.bulk_create(self._events, batch_size=500)
        Letter.objects.bulk_create([letter for letter, _, _ in self._letters], batch_size=500)
        PublicLetter.objects.bulk_create([shown for _, shown, _ in self._letters], batch_size=500)
        PendingLetter.objects.bulk_create(
            [PendingLetter(letter=letter, facts=facts) for letter, _, facts in self._letters], batch_size=100
        )
        restate(*self._moved.values(), at=self.at)
        self.supplementing.hold(self._moved.values())
        publish_moves(self._moved.values(), at=self.at)
        self.supplementing.write(at=self.at)
        if self._messages:
            Notification.objects.bulk_create(self._messages, batch_size=500)
            transaction.on_commit(wake)


@contextmanager
def open_batch(keys: Iterable[UUID], *, by: User, at: datetime, clusters: Collection[Cluster] = ()) -> Iterator[Batch]:
    """Open a transaction in which these cases are locked, in the order of their references; write at its end.

    `clusters`: those whose cases are concluded or change places; others that conclude such are waited for first.
    Whoever locks several cases does it in this order, so that two of them never wait for each other.
    """
    with transaction.atomic():
        wait_for_clusters(clusters)
        rows = Petition.objects.select_for_update(of=("self",)).filter(pk__in=list(keys)).order_by("reference")
        locked = {petition.pk: petition for petition in rows}
        prefetch_related_objects(list(locked.values()), *REST, *ENTRIES)
        batch = Batch(by, at, locked, _held=standings(by, locked.values(), at), _heads=_heads(locked))
        yield batch
        batch.write()


def _heads(petitions: Mapping[UUID, Petition]) -> dict[UUID, tuple[int, str]]:
    """Return the last event of each chain; one statement."""
    subjects = {petition_subject(petition): key for key, petition in petitions.items()}
    found = Event.objects.filter(subject__in=list(subjects)).order_by("subject", "sequence")
    rows = found.values_list("subject", "sequence", "hash")
    return {subjects[subject]: (sequence, digest) for subject, sequence, digest in rows}


def standing_in(batch: Batch | None, by: User | None, petition: Petition, at: datetime) -> Standing:
    """Return a person's standing to a case: as it was looked up for the whole batch, else looked up now."""
    return (batch.standing(petition, by) if batch else None) or standing_of(by, petition, at)


def act_of(batch: Batch | None) -> JointAct | None:
    """Return the joint act in which a batch of cases is acted on, or None."""
    return batch.act if batch else None


def supplement(decision: Decision, apart: Iterable[SetApart], *, at: datetime, batch: Batch | None) -> None:
    """Add to the pages of the like petitions that a signed decision names; of a batch, at its end."""
    adding = batch.supplementing if batch else Supplementing()
    adding.add(decision, apart)
    if batch is None:
        adding.write(at=at)


def petition_event(petition: Petition, kind: str, *, batch: Batch | None = None, **told: Any) -> Event:
    """Append an event to the chain of a locked case, as `record_event` does; of a batch, at its end."""
    if batch:
        data = dict(told.pop("data", None) or {})
        return batch.add_event(petition, kind, data=data | ({"joint": batch.act.pk} if batch.act else {}), **told)
    return record_event(petition_subject(petition), kind, **told)
