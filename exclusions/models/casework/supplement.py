"""What is added, with its day, to the public page of a decided petition when a like one is decided, or no longer is."""

from django.db import models

from exclusions.models.casework.decision import Decision
from exclusions.models.guards import AppendOnly
from exclusions.models.petition import Petition


class Supplement(models.Model):
    """One addition to the page of a petition, as of the moment at which a like one was decided otherwise.

    `references` are the like petitions that were decided at that moment and of which one sentence holds, `decision` is
    that of the first. `explanation` is the key under which that decision says it; "": nothing is said but that the
    decision was reopened, which the decision on the petition names.
    """

    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="supplements")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")
    explanation = models.CharField(max_length=40, blank=True)
    references = models.JSONField(default=list)
    made_at = models.DateTimeField(db_index=True)

    guards = (AppendOnly(),)

    def __str__(self) -> str:
        return f"{self.petition}, {self.decision}"
