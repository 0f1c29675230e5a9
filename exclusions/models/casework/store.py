"""The case store: one row a case, live or historical, as far as cases are found and compared. For the staff alone.

A *live* case is a filed petition; its row is derived from it and holds public answers only. A *historical* case is a
row of a docket spreadsheet: its requester is text, its posted day stands for the filing day, its outcome has no
findings behind it. It is never owned, moved or mailed: there is no petition for that, and nothing else of ours refers
to it but what compares cases.
"""

import re
from typing import TYPE_CHECKING, Any, Self, cast

from django.db import models
from django.db.models import Q
from django.db.models.functions import Substr

from exclusions.gateways.database.words import holding_begun
from exclusions.models.guards import SearchIndex
from exclusions.models.interest import Ties
from exclusions.models.organization import Organization
from exclusions.models.petition import Petition
from exclusions.workflow.outcomes import CaseOutcome

if TYPE_CHECKING:
    from exclusions.models.user import User

TABLE, STORED_SEARCH = "exclusions_storedcase", "exclusions_storedsearch"
# The words that a search looks in; the index of migration case_store is over this very expression.
STORED_WORDS = (
    f"to_tsvector('english', replace({TABLE}.reference, '-', ' ') || ' ' || {TABLE}.requester || ' ' || {TABLE}.words)"
)
STORE_LAYOUT = 3  # raise it where `actions.store.cases` writes rows or keys otherwise
NAME_LENGTH = 300


def plain_key(text: str) -> str:
    """Return the letters and digits of a name alone, in lower case: what two spellings of one name have in common."""
    return "".join(filter(str.isalnum, text.casefold()))[:NAME_LENGTH]


class StoredCaseQuerySet(models.QuerySet["StoredCase"]):
    """Look-ups in the store."""

    def open_to(self, user: "User", ties: Ties | None = None) -> Self:
        """Leave out the live cases from which a recusal, a place in a party or a declared interest bars a person.

        `ties` are the person's, where they have been looked up already.
        """
        return self.exclude(petition__in=Petition.objects.barred_keys(user, ties))

    def worded(self, words: str) -> Self:
        """Return the cases in which all the words occur (stemmed, the last one begun), by either database's index."""
        found = self.words_found(words)
        return self if found is None else self.filter(found)

    @staticmethod
    def words_found(words: str) -> Q | None:
        """Return the condition of `worded`, to be joined with others; None where no word is in the text."""
        terms = re.findall(r"[^\W_]+", words)[:20]
        if not terms:
            return None
        return holding_begun(terms, STORED_SEARCH, kept=STORED_WORDS)


class StoredCase(models.Model):
    """One case as it is found and compared."""

    class Kind(models.TextChoices):
        LIVE = "live", "Live"
        HISTORICAL = "historical", "Historical"

    reference = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    docket = models.CharField(max_length=20, db_index=True)
    petition = models.OneToOneField(Petition, on_delete=models.CASCADE, null=True, blank=True, related_name="stored")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    requester = models.CharField(max_length=NAME_LENGTH, blank=True)
    requester_key = models.CharField(max_length=NAME_LENGTH, blank=True, db_index=True)
    hts10 = models.CharField(max_length=10, blank=True, db_index=True)
    hts8 = models.GeneratedField(
        expression=Substr("hts10", 1, 8), output_field=models.CharField(max_length=8), db_persist=True
    )
    product = models.CharField(max_length=NAME_LENGTH, blank=True)
    product_key = models.CharField(max_length=NAME_LENGTH, blank=True)
    words = models.TextField(blank=True, help_text="what the public reads of the product: name, description, use")
    filed_on = models.DateField(null=True, blank=True, help_text="of a historical case: the day of its posting")
    outcome = models.CharField(max_length=20, choices=CaseOutcome.choices, default=CaseOutcome.OPEN)
    decided_on = models.DateField(null=True, blank=True)
    lacks = models.CharField(max_length=40, blank=True, help_text="what the docket leaves blank: requester, product")
    likeness = models.BigIntegerField(
        default=0, db_default=0, help_text="digest of what is compared: cases of one are like the same others"
    )
    layout = models.PositiveSmallIntegerField(
        default=1, db_default=1, help_text="one of an earlier layout is written anew by migrate"
    )

    objects = cast("Any", StoredCaseQuerySet.as_manager())

    guards = (SearchIndex(STORED_SEARCH, ("reference", "requester", "words")),)

    class Meta:
        indexes = [
            models.Index(fields=["-filed_on", "-id"], name="stored_case_newest"),
            models.Index(fields=["hts8", "-filed_on", "-reference"], name="stored_case_hts8"),
            # With what leaves a case out of a list, so that a page deep in it is found without reading those before.
            models.Index(fields=["hts10", "-filed_on", "-id", "petition", "likeness"], name="stored_case_number_whole"),
            models.Index(fields=["product_key", "hts10"], name="stored_case_product"),
            # With all that is asked of like cases, so that a thousand of them are counted without reading their rows.
            models.Index(
                fields=["likeness"],
                include=["id", "filed_on", "kind", "outcome", "hts10", "petition", "organization", "requester_key"],
                name="stored_case_alike",
            ),
            # With all that is asked of the cases around one, so that ten thousand of them are counted alike.
            models.Index(
                fields=["hts10"],
                include=["outcome", "kind", "organization", "requester_key"],
                name="stored_case_of_number",
            ),
            models.Index(
                fields=["requester_key"],
                include=["outcome", "kind", "hts10", "organization"],
                name="stored_case_of_requester",
            ),
            models.Index(
                fields=["organization"],
                include=["outcome", "kind", "hts10", "requester_key"],
                name="stored_case_of_organization",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="live", petition__isnull=False, organization__isnull=False)
                | Q(kind="historical", petition__isnull=True, organization__isnull=True),
                name="stored_case_live_has_petition",
            )
        ]

    def __str__(self) -> str:
        return self.reference


class StoredKey(models.Model):
    """A key of a wording, by its digest; two wordings of near text on the same 8 digits share at least one.

    They narrow the store down to the few wordings that `facts.like_cases` compares. A wording keeps its keys when the
    last case of it is worded otherwise, and may have each of them twice where two cases of it came at once.
    """

    key = models.BigIntegerField()
    likeness = models.BigIntegerField(default=0, db_default=0, help_text="that of the cases of the wording")

    class Meta:
        indexes = [
            models.Index(fields=["key", "likeness"], name="stored_key_shared"),
            models.Index(fields=["likeness", "key"], name="stored_key_of_wording"),
        ]

    def __str__(self) -> str:
        return f"{self.likeness}: {self.key}"


class StoredNumber(models.Model):
    """An 8-digit number, to be locked by whoever concludes a case on it: others that do wait until that is written."""

    number = models.CharField(max_length=8, primary_key=True)

    def __str__(self) -> str:
        return self.number
