"""The confidential values of a case, its requester's and its responders', and whose each is (15 CFR 2006.15).

What is looked for at every door of a case (`workflow.disclosure_checks`), and in all that is public of it
(`check_leaks`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, prefetch_related_objects

from exclusions.checks.confidential.leak_matcher import Hit, Matcher, Secret, plain_words
from exclusions.facts.forms import petition_form, response_form
from exclusions.models import Document, Petition, PetitionVersion, Response
from exclusions.permissions.given import given_in_petition, given_in_response, matcher_of
from exclusions.permissions.leaks import names_as_secrets


@dataclass(frozen=True)
class OwnSecrets:
    """What must not be said in public of a case as far as its requester gave it.

    `known` is what the public may read of the parties anyhow, `told` what the petition's own public answers say.
    """

    own: list[Secret] = field(repr=False)
    known: list[str] = field(repr=False)
    told: str = field(repr=False)

    @cached_property
    def _requester(self) -> Matcher:
        return matcher_of(self.own, self.known, self.told)

    def of_requester(self, text: str) -> list[Hit]:
        """Return the requester's values that a text repeats, in their order there, each once a question."""
        return _once(self._requester.find(text))


@dataclass(frozen=True)
class CaseSecrets(OwnSecrets):
    """What must not be said of a case in public: the requester's values, and those of the responders, by response."""

    of_responses: Mapping[str, tuple[Secret, ...]] = field(repr=False)

    @cached_property
    def _on_own_page(self) -> Matcher:
        return matcher_of(self.own, self.known)

    @cached_property
    def _responders(self) -> Matcher:
        return matcher_of((secret for theirs in self.of_responses.values() for secret in theirs), self.known, self.told)

    def of_responders(self, text: str, *, but: str = "") -> list[Hit]:
        """Return the responders' values that a text repeats, but those that the response of that id itself gave."""
        gave = set(self.of_responses.get(but, ()))
        return _once(hit for hit in self._responders.find(text) if hit.secret not in gave)

    def on_own_page(self, text: str) -> list[Hit]:
        """Return every value of the case that the petition's own public answers repeat: they make nothing public."""
        return [*_once(self._on_own_page.find(text)), *self.of_responders(text)]

    def not_public(self) -> Iterator[Secret]:
        """Yield the values of the case that are not at the same time the public name of a party."""
        known = [f" {' '.join(plain_words(text))} " for text in self.known]
        for secret in (*self.own, *(secret for theirs in self.of_responses.values() for secret in theirs)):
            if not any(f" {' '.join(plain_words(secret.value))} " in text for text in known):
                yield secret

    def hits_in(self, text: str, *, but: str = "") -> list[Hit]:
        """Return the confidential values of the case that a text repeats: of the requester and of the responders."""
        return [*self.of_requester(text), *self.of_responders(text, but=but)]


def own_secrets(petition: Petition) -> OwnSecrets:
    """Return the confidential values of every version of a petition. Three statements, none of a response's answers."""
    responders = _confirmed([petition]).values_list("organization_name", flat=True)
    return _own(petition, _versions([petition]), list(_hidden(Q(petition=petition))), responders)


def case_secrets(petition: Petition) -> CaseSecrets:
    """Return the confidential values of every version of a petition and of every confirmed response to it."""
    return secrets_of_cases([petition])[petition.pk]


def secrets_of_cases(petitions: Iterable[Petition]) -> dict[UUID, CaseSecrets]:
    """Return the confidential values of several cases by the petition's key; as many statements as for one.

    Three, and one more for the rounds or the parties of petitions that were read without them.
    """
    cases = {petition.pk: petition for petition in petitions}
    prefetch_related_objects(list(cases.values()), "round", "organization")
    versions = list(_versions(cases.values()))
    responses = list(_confirmed(cases.values()).values("pk", "petition_id", "organization_name", "answers"))
    # By keys, not by a join: the database then finds the few files of these cases by its indexes.
    hidden = list(_hidden(Q(petition__in=cases) | Q(response__in=[row["pk"] for row in responses])))
    found = {}
    for key, case in cases.items():
        given = [row for row in responses if row["petition_id"] == key]
        own = _own(
            case,
            [row for row in versions if row[0] == key],
            [row for row in hidden if row[0] == key],
            [row["organization_name"] for row in given],
        )
        of_responses = {}
        for row in given:
            form, names = response_form(case.round), [(at, name) for _, of, at, name in hidden if of == row["pk"]]
            of_responses[str(row["pk"])] = given_in_response(form, row["answers"], names)
        found[key] = CaseSecrets(own.own, own.known, own.told, of_responses)
    return found


def _own(
    petition: Petition,
    versions: Iterable[tuple[UUID, Any, Any]],
    hidden: Iterable[tuple[UUID | None, UUID | None, str, str]],
    responders: Iterable[str],
) -> OwnSecrets:
    form, names = petition_form(petition.round), names_as_secrets((at, name) for _, _, at, name in hidden)
    own: list[Secret] = []
    known, told = [petition.organization.legal_name], ""
    for _, answers, sealed_at in versions:
        given = given_in_petition(form, answers)
        own += [*given.secrets, *names]
        known += given.known
        if sealed_at:  # the last sealed one is the public copy
            told = given.told
    return OwnSecrets(list(dict.fromkeys(own)), list(dict.fromkeys([*known, *responders])), told)


def _versions(petitions: Iterable[Petition]) -> QuerySet[PetitionVersion, tuple[UUID, Any, Any]]:
    found = PetitionVersion.objects.filter(petition__in=[petition.pk for petition in petitions])
    return found.order_by("petition", "number").values_list("petition_id", "answers", "sealed_at")


def _hidden(of: Q) -> QuerySet[Document, tuple[UUID | None, UUID | None, str, str]]:
    """Return the names of confidential files, of those taken away too, as (petition, response, question, name)."""
    found = Document.objects.filter(of, visibility=Document.Visibility.CONFIDENTIAL).order_by("uploaded_at", "pk")
    return found.values_list("petition_id", "response_id", "question_key", "file_name")


def _confirmed(petitions: Iterable[Petition]) -> QuerySet[Response]:
    asked = [petition.pk for petition in petitions if petition.round.response_questionnaire]
    found = Response.objects.filter(petition__in=asked)
    return found.exclude(status=Response.Status.UNCONFIRMED).order_by("created_at", "pk")


def _once(hits: Iterable[Hit]) -> list[Hit]:
    """Return the first hit of each question."""
    found: dict[str, Hit] = {}
    for hit in hits:
        found.setdefault(hit.secret.label, hit)
    return list(found.values())
