"""Terms of granted exclusions that end soon, and whose petitioners were not told yet."""

from datetime import date, datetime, timedelta

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from exclusions.models import Decision, ExclusionTerm, Letter
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.states import Status

AHEAD = timedelta(days=60)  # before the last day


def ending_soon(at: datetime) -> QuerySet[ExclusionTerm]:
    """Return the published terms whose last day is within the next 60, and that no later term follows; by last day."""
    today: date = eastern_date(at)
    follows = ExclusionTerm.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=OuterRef("valid_to")),
        exclusion=OuterRef("exclusion"),
        status=ExclusionTerm.Status.PUBLISHED,
    )
    ending = ExclusionTerm.objects.filter(
        status=ExclusionTerm.Status.PUBLISHED, valid_to__gte=today, valid_to__lte=today + AHEAD
    )
    return ending.filter(~Exists(follows)).order_by("valid_to", "pk")


def untold(term: ExclusionTerm) -> QuerySet[Decision]:
    """Return the standing grants of a term's exclusion whose petitions got no letter that it ends."""
    about = Concat(Value("term "), Cast(Value(term.pk), CharField()))
    told = Letter.objects.filter(petition=OuterRef("petition"), kind=Letter.Kind.EXPIRY, about=about)
    grants = Decision.objects.filter(exclusion=term.exclusion_id, petition__status=Status.PUBLISHED)
    return grants.filter(~Exists(told)).select_related("exclusion__action", "petition").order_by("petition__reference")
