"""The confidential values of a case, its requester's and its responders', and whose each is (15 CFR 2006.15).

What is looked for at every door of a case (`workflow.doors`), and in all that is public of it (`check_leaks`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from exclusions.checks.confidential.matcher import Hit, Matcher, Secret, Sort, words
from exclusions.checks.confidential.spellings import LONG
from exclusions.checks.confidential.values import allowed
from exclusions.facts.forms import petition_form, response_form
from exclusions.models import Petition, Response
from exclusions.permissions.leaks import secrets_of
from exclusions.questionnaires import Questionnaire

THEIRS = "A response: "  # leads the label of a value that a responder gave


@dataclass(frozen=True)
class CaseSecrets:
    """What must not be said of a case in public: the requester's values, and those of the responders, by response.

    `known` is what the public may read of the parties anyhow, `told` what the petition's own public answers say.
    """

    own: list[Secret] = field(repr=False)
    of_responses: Mapping[str, list[Secret]] = field(repr=False)
    known: list[str] = field(repr=False)
    told: str = field(repr=False)

    @cached_property
    def _requester(self) -> Matcher:
        return Matcher(self.own, self.known, [self.told])

    @cached_property
    def _on_own_page(self) -> Matcher:
        return Matcher(self.own, self.known)

    @cached_property
    def _responders(self) -> Matcher:
        return Matcher((secret for held in self.of_responses.values() for secret in held), self.known, [self.told])

    def of_requester(self, text: str) -> list[Hit]:
        """Return the requester's values that a text repeats, in their order there, each once a question."""
        return _once(self._requester.find(text))

    def of_responders(self, text: str, *, but: str = "") -> list[Hit]:
        """Return the responders' values that a text repeats, but those that the response of that id itself gave."""
        gave = set(self.of_responses.get(but, ()))
        return _once(hit for hit in self._responders.find(text) if hit.secret not in gave)

    def on_own_page(self, text: str) -> list[Hit]:
        """Return every value of the case that the petition's own public answers repeat: they make nothing public."""
        return [*_once(self._on_own_page.find(text)), *self.of_responders(text)]

    def not_public(self) -> Iterator[Secret]:
        """Yield the values of the case that are not at the same time the public name of a party."""
        known = [f" {' '.join(words(text))} " for text in self.known]
        for secret in (*self.own, *(secret for held in self.of_responses.values() for secret in held)):
            if not any(f" {' '.join(words(secret.value))} " in text for text in known):
                yield secret

    def found(self, text: str, *, but: str = "") -> list[Hit]:
        """Return every value of the case that a text repeats; both matchers always run."""
        return [*self.of_requester(text), *self.of_responders(text, but=but)]


def case_secrets(petition: Petition) -> CaseSecrets:
    """Return the confidential values of every version of a petition and of every confirmed response to it."""
    return secrets_of_cases([petition])[petition.pk]


def secrets_of_cases(petitions: Iterable[Petition]) -> dict[UUID, CaseSecrets]:
    """Return the confidential values of several cases by the petition's key; as many statements as for one."""
    cases = Petition.objects.filter(pk__in={petition.pk for petition in petitions}).order_by("created_at", "pk")
    held = cases.select_related("round", "organization").prefetch_related(
        "versions", "documents", "responses__documents"
    )
    return {case.pk: _secrets(case) for case in held}


def _secrets(petition: Petition) -> CaseSecrets:
    form = petition_form(petition.round)
    versions = sorted(petition.versions.all(), key=lambda version: version.number)
    documents = sorted(petition.documents.all(), key=lambda document: (document.uploaded_at, document.pk))
    own: list[Secret] = []
    told = ""
    known: list[str] = [petition.organization.legal_name]
    for version in versions:
        answers = form.cleaned(version.answers)  # once: of a case with many responses this is most of the work
        own += secrets_of(form, answers, documents)
        known += allowed(form, answers)
        if version.sealed_at:  # the last sealed one is the public copy
            told = public_words(form, answers)
    of_responses = {}
    for response in _confirmed(petition):
        known.append(response.organization_name)
        of_responses[str(response.pk)] = secrets_of_response(petition, response)
    return CaseSecrets(list(dict.fromkeys(own)), of_responses, list(dict.fromkeys(known)), told)


def _confirmed(petition: Petition) -> list[Response]:
    if not petition.round.response_questionnaire:
        return []
    given = [row for row in petition.responses.all() if row.status != Response.Status.UNCONFIRMED]
    return sorted(given, key=lambda response: (response.created_at, response.pk))


def secrets_of_response(petition: Petition, response: Response) -> list[Secret]:
    """Return what a responder gave in confidence and does not say in public itself."""
    form = response_form(petition.round)
    answers = form.cleaned(response.answers)
    secrets = secrets_of(form, answers, list(response.documents.all()))
    said = Matcher(secrets, allowed(form, answers))
    public = {hit.secret for hit in said.find(public_words(form, answers)) if not _is_passage(hit.secret)}
    return [replace(secret, label=f"{THEIRS}{secret.label}") for secret in secrets if secret not in public]


def public_words(form: Questionnaire, answers: Mapping[str, Any]) -> str:
    """Return the public answers as printed, one a line."""
    return "\n".join(row.value for row in form.printed(answers, public_only=True))


def _is_passage(secret: Secret) -> bool:
    return secret.sort is Sort.PHRASE and len(words(secret.value)) >= LONG


def _once(hits: Iterable[Hit]) -> list[Hit]:
    """Return the first hit of each question."""
    found: dict[str, Hit] = {}
    for hit in hits:
        found.setdefault(hit.secret.label, hit)
    return list(found.values())
