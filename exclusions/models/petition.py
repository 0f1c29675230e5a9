"""Petitions as their owners and the agency see them: confidential answers included.

Two words, one row: a *petition* is what somebody files and the public reads; a *case* is that petition as the
staff work it, with its assignments, findings, reviews and decision. A draft is a petition, and not yet a case.
"""

import hashlib
import json
import uuid
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from exclusions.models.guards import AppendOnly
from exclusions.models.interest import Interest, Ties
from exclusions.models.organization import Authorization, Organization
from exclusions.models.round import Round
from exclusions.questionnaires import Questionnaire
from exclusions.questionnaires.language.cleaned import Cleaned
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.roles import READS_CONFIDENTIAL
from exclusions.workflow.states import Status, label_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from exclusions.models.casework.decision import Decision
    from exclusions.models.user import User


# A response that was confirmed makes its author a party, whatever became of it.
GIVEN = ("submitted", "posted", "refused", "withdrawn")


def worked_on_by(user: "User", at: datetime) -> Q:
    """Return the condition under which a person may work on what a requester files, or its firm: of its organizations,
    or of a client that authorized its firm.
    """
    mine = list(user.memberships.order_by().values_list("organization", "organization__vetted_at"))
    found = Q(organization__in=[key for key, _ in mine])
    if firms := [key for key, vetted_at in mine if vetted_at]:
        leave = Authorization.objects.valid_on(eastern_date(at)).covering(OuterRef("round__slug"))
        leave = leave.filter(filer=OuterRef("filer_organization"), client=OuterRef("organization"))
        found |= Q(Exists(leave), filer_organization__in=firms)
    return found


class PetitionQuerySet(models.QuerySet["Petition"]):
    """Look-ups of petitions by who asks."""

    def owned_by(self, user: "User | AnonymousUser", at: datetime) -> Self:
        """Return the petitions of the person's organizations, those they may act for under an authorization, and those
        that they wrote down for a filer.

        Where the person has a place is looked up first: with the keys each reason is found by its own index.
        """
        if not user.is_authenticated:
            return self.none()
        return self.filter(worked_on_by(user, at) | Q(assisted_by=user))

    def visible_to(self, user: "User | AnonymousUser", at: datetime) -> Self:
        """Return the petitions that a person may read whole. Drafts are their owners' alone."""
        if not user.is_authenticated:
            return self.none()
        if user.role in READS_CONFIDENTIAL:
            return self.exclude(status=Status.DRAFT).open_to(user)
        return self.owned_by(user, at)

    def open_to(self, user: "User", ties: Ties | None = None) -> Self:
        """Leave out the petitions from which a recusal, a place in a party or a declared interest bars a person.

        `ties` are the person's, where they have been looked up already.
        """
        return self.exclude(pk__in=self.barred_keys(user, ties))

    def beside(self, petition: "Petition", number: str) -> Self:
        """Return the requester's other petitions for a number in a petition's round, open or decided, newest first.

        Whoever may read one may read these: a firm, or who wrote it down for a filer, gets those that came by the same
        hands. What the requester files by itself or through another firm is not theirs to know.
        """
        same = self.filter(organization=petition.organization_id, round__slug=petition.round.slug, hts10=number)
        if petition.filer_organization_id or petition.assisted_by_id:
            same = same.filter(filer_organization=petition.filer_organization_id, assisted_by=petition.assisted_by_id)
        over = (Status.WITHDRAWN, Status.LAPSED)
        return same.exclude(pk=petition.pk).exclude(status__in=over).order_by("-created_at")

    def of_hand(self, user: "User") -> Self:
        """Return the petitions that were ever assigned to a person, oldest first."""
        return self.filter(pk__in=user.assignments.values("petition_id")).order_by("created_at", "pk")

    def barred_keys(self, user: "User", ties: Ties | None = None) -> "models.QuerySet[Any, Any]":
        """Return the keys of the petitions that bar a person, as `permissions.standing` says of one.

        Each reason is looked up by its own index. The keys are few: they are read once, and compared with each row of a
        list by its own index.
        """
        stepped_back = user.recusals.filter(ended_at__isnull=True).values("petition_id")
        reasons = [Q(assisted_by=user), *self._tied(ties or Interest.objects.ties_of(user))]
        return stepped_back.union(*(self.model.objects.filter(one).values("pk") for one in reasons), all=True)

    def _tied(self, ties: Ties) -> list[Q]:
        """Return the conditions under which a person is tied to a party."""
        organizations = list(ties.organizations)
        found = [Q(organization__in=organizations) | Q(filer_organization__in=organizations)] if organizations else []
        for name, responder in zip(ties.naming("legal_name"), ties.naming("responses__organization_name"), strict=True):
            namesakes = Organization.objects.filter(name)
            found.append(Q(organization__in=namesakes) | Q(filer_organization__in=namesakes))
            # One look-up, so that name and status are those of the same response.
            responded = self.model.objects.filter(responder, responses__status__in=GIVEN)
            found.append(Q(pk__in=responded.values("pk")))
        return found


class Petition(models.Model):
    """One request to exclude one product, from draft to decision."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=40, unique=True, null=True, blank=True)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="petitions")
    filer_organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="filed_petitions"
    )
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="petitions")
    assisted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="assisted_petitions"
    )
    assisted_request = models.CharField(
        max_length=300, blank=True, help_text="the written request under which staff filed for the organization"
    )
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.DRAFT)
    in_part = models.BooleanField(
        "granted in part", default=False, db_default=False, help_text="the decision that stands grants less than asked"
    )
    hts10 = models.CharField(max_length=10, blank=True)
    product_name = models.CharField(max_length=300, blank=True)
    revision = models.PositiveIntegerField(default=0, help_text="grows with each saved step of a draft")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    posted_at = models.DateTimeField(null=True, blank=True)
    response_closes_at = models.DateTimeField(null=True, blank=True)
    reply_closes_at = models.DateTimeField(null=True, blank=True, help_text="the latest of all reply deadlines")
    cure_closes_at = models.DateTimeField(null=True, blank=True, help_text="while it is returned: the last moment")
    status_since = models.DateTimeField()

    objects = PetitionQuerySet.as_manager()

    class Meta:
        indexes = [
            # Of a worklist in each order that it is shown in, down to the keys of its cases: a page is found by one of
            # these alone, and a deep one without the cases before it.
            models.Index(fields=["status", "status_since", "reference"], include=["id"], name="petition_worklist"),
            models.Index(fields=["status", "hts10", "reference"], include=["id"], name="petition_by_number"),
            models.Index(fields=["status", "product_name", "reference"], include=["id"], name="petition_by_product"),
            models.Index(fields=["status", "reference"], include=["id"], name="petition_by_reference"),
            models.Index(fields=["hts10"], include=["id"], name="petition_of_number"),
            models.Index(fields=["status_since", "reference"], name="petition_longest_wait"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="draft") | Q(reference__isnull=False, submitted_at__isnull=False),
                name="petition_filed_has_reference",
            ),
            models.CheckConstraint(
                condition=Q(posted_at__isnull=True) | Q(submitted_at__isnull=False), name="petition_posted_was_filed"
            ),
            models.CheckConstraint(
                condition=Q(assisted_by__isnull=True, assisted_request="")
                | (Q(assisted_by__isnull=False) & ~Q(assisted_request="")),
                name="petition_assisted_on_request",
            ),
        ]

    def __str__(self) -> str:
        return self.reference or "Draft petition"

    def get_status_display(self) -> str:  # type: ignore[no-redef]  # Django takes the one that stands here
        """Return the words of the status; of a grant in part, these."""
        return label_of(Status(self.status), in_part=self.in_part)

    @cached_property
    def looked_up(self) -> dict[str, Any]:
        """What permissions looked up about the petition, by a name that the module which puts it there chooses.

        Each of the many gates of a page asks with the petition alone, and some things are read for many petitions in
        one go: what was read goes with this very object, ends with it and is never saved.
        """
        return {}

    @property
    def decision(self) -> "Decision":
        """The signed decision that stands. Raises Decision.DoesNotExist when none was signed."""
        for found in self.decisions.all():
            return found
        raise self.decisions.model.DoesNotExist


def answers_sha256(answers: Mapping[str, Any]) -> str:
    """Return the sha256 (hex) over the answers as canonical JSON: keys sorted, no spaces, UTF-8."""
    canonical = json.dumps(answers, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


class PetitionVersionQuerySet(models.QuerySet["PetitionVersion"]):
    """Versions of answers: those that were certified, and the one that is being written."""

    def sealed(self) -> Self:
        """Return the certified ones."""
        return self.filter(sealed_at__isnull=False)

    def open(self) -> Self:
        """Return those that may be written yet: one a petition at most."""
        return self.filter(sealed_at__isnull=True)

    def newest(self) -> "PetitionVersion | None":
        """Return the one with the highest number; None where there is none. One statement."""
        return self.order_by("-number").first()


class PetitionVersion(models.Model):
    """The answers of a petition. A sealed version is what was certified, and is never changed again."""

    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(default=1)
    answers = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    sealed_at = models.DateTimeField(null=True, blank=True)
    sealed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sha256 = models.CharField(max_length=64, blank=True)

    objects = PetitionVersionQuerySet.as_manager()
    _cleaned: Cleaned | None = None
    guards = (AppendOnly(once="sealed_at"),)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["petition", "number"], name="petition_version_once"),
            models.UniqueConstraint(
                fields=["petition"], condition=Q(sealed_at__isnull=True), name="petition_one_open_version"
            ),
            models.CheckConstraint(
                condition=Q(sealed_at__isnull=True, sealed_by__isnull=True, sha256="")
                | (Q(sealed_at__isnull=False, sealed_by__isnull=False) & ~Q(sha256="")),
                name="petition_version_sealed_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.petition} version {self.number}"

    def cleaned(self, form: Questionnaire) -> Cleaned:
        """Return the answers of a certified version as a form reads them, gone through once for this object."""
        if self._cleaned is None or self._cleaned.form is not form:
            self._cleaned = form.cleaned(self.answers)
        return self._cleaned


class Listing(models.Model):
    """A member that an association names in its petition; once it accepts, it may read the petition's status."""

    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="listings")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="listings")
    listed_at = models.DateTimeField()
    listed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["petition", "organization"], condition=Q(ended_at__isnull=True), name="listing_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization} in {self.petition}"
