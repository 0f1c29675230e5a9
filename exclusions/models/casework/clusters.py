"""Clusters: cases on one product, drawn together so that they are decided alike; and what was done to many at once.

A cluster is a proposal of the machine until a reviewer accepts it. What people change of clusters is on the record of
the cases concerned, as events; what they do to many cases at once is a joint act, whose rows are never rewritten.
"""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from exclusions.models.casework.store import StoredCase
from exclusions.models.guards import AppendOnly
from exclusions.models.petition import Petition
from exclusions.workflow.joint import JOINT

PEOPLE = settings.AUTH_USER_MODEL


class Cluster(models.Model):
    """Cases on one product. `revision` grows with each change: a page that was made from an older one is refused."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "Proposed"
        ACCEPTED = "accepted", "Accepted"
        DISSOLVED = "dissolved", "Dissolved"

    title = models.CharField(max_length=300)
    hts10 = models.CharField(max_length=10, db_index=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    basis = models.CharField("why these cases are alike", max_length=300)
    revision = models.PositiveIntegerField(default=0)
    size = models.PositiveIntegerField("members that do not stand apart", default=0)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PEOPLE, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["-size", "id"], name="cluster_by_size")]

    def __str__(self) -> str:
        return f"Cluster {self.pk}: {self.title}"


class MemberQuerySet(models.QuerySet["ClusterMember"]):
    """Look-ups of members."""

    def current(self) -> Self:
        """Return the members that have not left, those that stand apart included."""
        return self.filter(left_at__isnull=True)

    def joined(self) -> Self:
        """Return the members that are decided with the cluster: none that left or stands apart."""
        return self.current().filter(apart="")


class ClusterMember(models.Model):
    """A case in a cluster: since when, why, and why it left or stands apart as an outlier.

    `value` is what the purchases that the requester reported add up to, in whole dollars: a confidential figure.
    """

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="members")
    case = models.ForeignKey(StoredCase, on_delete=models.CASCADE, related_name="memberships")
    basis = models.CharField(max_length=300, blank=True)
    value = models.BigIntegerField(null=True, blank=True)
    joined_at = models.DateTimeField()
    joined_by = models.ForeignKey(PEOPLE, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    apart = models.CharField("why it stands apart", max_length=1000, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    left_by = models.ForeignKey(PEOPLE, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField("why it left", max_length=1000, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(left_at__isnull=True), name="cluster_member_once"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} in {self.cluster_id}"


class JointAct(models.Model):
    """What one person did to many cases of a cluster at once. The row of each case names it."""

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="acts")
    kind = models.CharField(max_length=20)
    words = models.JSONField(default=dict, help_text="what was entered for all of them, without confidential notes")
    revision = models.PositiveIntegerField(help_text="of the cluster, when it was done")
    by = models.ForeignKey(PEOPLE, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    guards = (AppendOnly(),)

    def __str__(self) -> str:
        return f"{self.kind} for cluster {self.cluster_id}"

    @property
    def label(self) -> str:
        """What was done, in words."""
        return JOINT[self.kind].label


class JointActMember(models.Model):
    """A case of a joint act, and what is particular to it: keys and references alone."""

    act = models.ForeignKey(JointAct, on_delete=models.PROTECT, related_name="members")
    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="+")
    particular = models.JSONField(default=dict, help_text="references of its responses, keys of its own answers")

    guards = (AppendOnly(),)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["act", "petition"], name="joint_act_member_once")]

    def __str__(self) -> str:
        return f"{self.petition_id} in {self.act_id}"
