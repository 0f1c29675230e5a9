"""What ties a member of staff to a company: an interest that was declared, or a place in it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q, Value

from exclusions.models.guards import AppendOnly
from exclusions.models.organization import Membership, Organization

if TYPE_CHECKING:
    from exclusions.models.user import User


# What a name ends with by law, and nobody says when speaking of the company.
LEGAL_SUFFIXES = frozenset(
    [
        "ag",
        "bv",
        "co",
        "company",
        "corp",
        "corporation",
        "gmbh",
        "inc",
        "incorporated",
        "kg",
        "limited",
        "llc",
        "llp",
        "lp",
        "ltd",
        "nv",
        "plc",
        "pte",
        "pty",
        "sa",
        "sarl",
        "spa",
        "srl",
    ]
)


def spoken_name(name: str) -> tuple[str, ...]:
    """Return the words of a company's name in small letters, without the legal suffixes at its end; () without any."""
    words = re.findall(r"\w+", name.replace(".", "").lower())
    while len(words) > 1 and words[-1] in LEGAL_SUFFIXES:
        words.pop()
    return tuple(words)


@dataclass(frozen=True)
class Ties:
    """What a person is tied to: organizations, their names in small letters (responders give only a name), and the
    companies that were declared by a name that no organization on file has: `spoken`, its words without legal suffixes.
    `apart` are names in small letters that an administrator found to be other companies, each beside the spoken words.
    """

    organizations: frozenset[UUID]
    names: frozenset[str]
    spoken: frozenset[tuple[str, ...]] = frozenset()
    apart: frozenset[tuple[tuple[str, ...], str]] = frozenset()

    @classmethod
    def from_rows(cls, rows: Iterable[tuple[UUID | None, str, str]]) -> "Ties":
        """Return the ties in rows of (key of an organization or None, name, name of a company that it is not or "")."""
        read = list(rows)
        found = [(key, name) for key, name, other in read if not other]
        return cls(
            apart=frozenset((spoken_name(name), other.strip().lower()) for _, name, other in read if other),
            organizations=frozenset(organization for organization, _ in found if organization),
            names=frozenset(name.strip().lower() for _, name in found if name.strip()),
            spoken=frozenset(spoken_name(name) for key, name in found if key is None and spoken_name(name)),
        )

    def name(self, other: str) -> bool:
        """Say whether a company of this name ties the person: it is the same, or holds a spoken one as whole words."""
        return other.strip().lower() in self.names or any(
            re.search(self._pattern(words), other.strip(), re.IGNORECASE) for words in self.spoken
        )

    def naming(self, column: str) -> list[Q]:
        """Return the conditions under which `name` is true of a column, any of them, each with an index of its own."""
        same = [Q(**{f"{column}__iexact": name}) for name in sorted(self.names)]
        return same + [Q(**{f"{column}__iregex": self._pattern(words)}) for words in sorted(self.spoken)]

    def _pattern(self, words: tuple[str, ...]) -> str:
        """Return the expression for a name that holds these as whole words, one after the other, and is not one that
        was found to be another company's; both databases read it alike.
        """
        between = r"\W+"
        held = rf"{between.join(map(re.escape, words))}(\W|$)"
        others = sorted(name for spoken, name in self.apart if spoken == words)
        if not others:
            return rf"(^|\W){held}"
        return rf"^(?!({'|'.join(map(re.escape, others))})$)(.*\W)?{held}"


class InterestQuerySet(models.QuerySet["Interest"]):
    """Look-ups of what ties whom."""

    def current(self) -> "InterestQuerySet":
        """Return the interests that have not ended."""
        return self.filter(ended_at__isnull=True)

    def ties_of(self, user: "User") -> Ties:
        """Return what ties a person: declared interests and own organizations. One statement."""
        none = Value("", output_field=models.CharField())
        declared = self.current().filter(user=user).order_by().values_list("organization", "name", none)
        places = Membership.objects.filter(user=user).order_by()
        apart = NotThem.objects.filter(interest__in=self.current().filter(user=user)).order_by()
        return Ties.from_rows(
            declared.union(
                places.values_list("organization", "organization__legal_name", none),
                apart.values_list("interest__organization", "interest__name", "name"),
            )
        )


class Interest(models.Model):
    """A staff member's interest in a company, declared by the person or by an administrator."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="interests")
    organization = models.ForeignKey(
        Organization, on_delete=models.SET_NULL, null=True, blank=True, related_name="interests"
    )
    name = models.CharField("name of the company", max_length=300)
    nature = models.CharField("what the interest is", max_length=300, help_text="for example shares, a former employer")
    declared_at = models.DateTimeField()
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = InterestQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "declared interest", "declared interests"
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="interest_has_name"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="interest_ended_by_and_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.name}"


class NotThem(models.Model):
    """That a company whose name holds the words of an interest is another one: an administrator found so, and why."""

    interest = models.ForeignKey(Interest, on_delete=models.CASCADE, related_name="not_them")
    name = models.CharField("name of the other company", max_length=300)
    reason = models.CharField(max_length=1000)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    guards = (AppendOnly(),)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="not_them_has_reason"),
            models.UniqueConstraint(fields=["interest", "name"], name="not_them_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: not the company of {self.interest}"
