"""What has become public, or is about to end, of the things that people watch. Reads the public tables alone.

A fact has a name that never changes, so that it is told once: "decided:REFERENCE:2019-09-30". It belongs to a day in
New York: that on which it became public, or a day ahead of what it warns of. Petitions that were loaded from an old
docket's spreadsheet are no news.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from exclusions.days import EASTERN, in_full
from exclusions.hts import dotted
from exclusions.models.exclusion import ExclusionNumber, ExclusionTerm
from exclusions.models.public import PublicPetition, PublicResponse, Tombstone
from exclusions.models.round import Round, RoundOrder
from exclusions.queries.public.watches.word_watches import found_by
from exclusions.workflow.deadlines import eastern_date, in_words
from exclusions.workflow.outcomes import DECIDED_AS
from exclusions.workflow.states import Stage

AHEAD = (90, 30)  # days before an exclusion ends
WINDOW_AHEAD = 7  # days before a filing window closes
MOST = 2000  # petitions or responses of which a feed or a page tells; a watch is told of all
LONG = 160  # letters of a product that a line of news names


@dataclass(frozen=True)
class News:
    """One public fact: its name, the moment it belongs to, a headline, a sentence more, and its page (a path)."""

    fact: str
    at: datetime
    title: str
    text: str
    url: str

    def is_since(self, day: date) -> bool:
        """Whether it belongs to a day in New York, or to a later one."""
        return self.at >= _midnight(day)


Found = Iterator[tuple[str, News]]


def news(kind: str, keys: Collection[str], *, since: date | None, at: datetime) -> dict[str, list[News]]:
    """Return the news of things of one kind, by key, newest first: from the day `since` on, up to the moment `at`.

    `keys` are as `watched` gives them. The statements are as many for one thing as for all.
    """
    finds = {
        "number": _of_numbers,
        "case": _of_cases,
        "exclusion": _of_exclusions,
        "organization": _of_organizations,
        "round": _of_rounds,
        "words": _of_words,
    }
    found: dict[str, dict[str, News]] = {key: {} for key in keys}
    for key, one in finds[kind](set(keys), since, at):
        if key in found and one.at <= at and (since is None or one.is_since(since)):
            found[key][one.fact] = one
    return {key: sorted(rows.values(), key=lambda one: (one.at, one.fact), reverse=True) for key, rows in found.items()}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), EASTERN)


def _moment(day: date | datetime) -> datetime:
    return day if isinstance(day, datetime) else _midnight(day)


def _recent(since: date | None) -> Q:
    """Petitions of which something may be news since a day; a response or a reply has a table of its own.

    One that was closed, or whose decision was reopened, has no day of its own but that of its last change.
    """
    if since is None:
        return Q(historical=False)
    changed = Q(updated_at__gte=_midnight(since))
    return Q(historical=False) & (Q(posted_on__gte=since) | Q(decided_on__gte=since) | changed)


def _most(since: date | None) -> int | None:
    return None if since else MOST


def _petitions(where: Q, *, most: int | None = MOST) -> list[PublicPetition]:
    columns = ("reference", "organization_name", "hts10", "product_name", "stage", "posted_on", "decided_on")
    rows = PublicPetition.objects.filter(where).order_by("-posted_on", "-reference")
    return list(
        rows.only(*columns, "narrowing", "former_decisions", "supplements", "closing", "response_closes_at")[:most]
    )


def _of_petition(row: PublicPetition, *, whole: bool) -> Iterator[News]:
    """Posted and decided; of a petition that is watched itself (`whole`) also what happens between."""
    url = reverse("docket-petition", args=[row.reference])
    what = f"{row.organization_name}, HTSUS {dotted(row.hts10)}: {row.product_name[:LONG]}"
    if row.posted_on:
        said = f"{row.reference}: petition posted"
        yield News(f"posted:{row.reference}", _moment(row.posted_on), said, what, url)
    for former in row.former_decisions:
        day = date.fromisoformat(former["reopened_on"])
        said = f"{row.reference}: the decision was reopened"
        yield News(f"reopened:{row.reference}:{day}", _moment(day), said, f"{what}. {former.get('reason', '')}", url)
    if row.decided_on:
        said = f"{row.reference}: {DECIDED_AS[row.outcome].lower()}"
        yield News(f"decided:{row.reference}:{row.decided_on}", _moment(row.decided_on), said, what, url)
    for added in row.supplements if whole else ():
        day = date.fromisoformat(added["on"])
        said = f"{row.reference}: a supplement was added"
        yield News(f"supplement:{row.reference}:{day}", _moment(day), said, added["words"], url)
    if row.closing:
        day = date.fromisoformat(row.closing["on"])
        how = "withdrawn" if row.stage == Stage.WITHDRAWN else "closed without a decision on the merits"
        said = f"{row.reference}: {how}"
        yield News(f"closed:{row.reference}:{day}", _moment(day), said, what, url)
    if whole and row.response_closes_at:
        said = f"{row.reference}: responses are closed"
        yield News(f"responses-closed:{row.reference}", row.response_closes_at, said, what, url)


def _of_responses(where: Q, since: date | None) -> Iterator[tuple[PublicResponse, News]]:
    if since:
        where &= Q(posted_at__gte=_midnight(since)) | Q(replied_at__gte=_midnight(since))
    rows = PublicResponse.objects.filter(where).select_related("petition").order_by("-posted_at", "-reference")
    for row in rows.defer("answers", "reply_answers", "petition__answers", "petition__search_text")[: _most(since)]:
        url = f"{reverse('docket-petition', args=[row.petition.reference])}#{row.reference}"
        side = "in support" if row.position == "support" else "in opposition"
        text = f"{row.organization_name}, on {row.petition.product_name[:LONG]}"
        said = f"{row.petition.reference}: a response {side} was posted"
        yield row, News(f"response:{row.reference}", row.posted_at, said, text, url)
        if row.replied_at:
            said = f"{row.petition.reference}: the requester replied to {row.organization_name}"
            yield row, News(f"reply:{row.reference}:{row.replied_at:%Y%m%d%H%M}", row.replied_at, said, text, url)


def _of_cases(keys: set[str], since: date | None, at: datetime) -> Found:
    for row in _petitions(Q(reference__in=keys)):
        yield from ((row.reference, one) for one in _of_petition(row, whole=True))
    for response, one in _of_responses(Q(petition__reference__in=keys), since):
        yield response.petition.reference, one
    for grave in Tombstone.objects.filter(reference__in=keys, key=None).order_by("pk"):
        url = reverse("docket-petition", args=[grave.reference])
        said = f"{grave.reference}: taken down"
        text = "The petition is no longer shown. Its page says since when."
        day = eastern_date(grave.taken_down_at)
        yield grave.reference, News(f"taken-down:{grave.reference}:{day}", grave.taken_down_at, said, text, url)


def _of_organizations(keys: set[str], since: date | None, at: datetime) -> Found:
    for row in _petitions(Q(organization_name__in=keys) & _recent(since), most=_most(since)):
        yield from ((row.organization_name, one) for one in _of_petition(row, whole=False))
    for response, one in _of_responses(Q(organization_name__in=keys), since):
        if one.fact.startswith("response:"):
            yield response.organization_name, one


def _of_numbers(keys: set[str], since: date | None, at: datetime) -> Found:
    rows = _petitions(_on_numbers("hts10", keys) & _recent(since), most=_most(since))
    for row in rows:
        of_it = list(_of_petition(row, whole=False))
        yield from ((key, one) for key in keys if row.hts10.startswith(key) for one in of_it)
    below = _on_numbers("number", keys) | Q(number__in={key[:8] for key in keys if len(key) == 10})
    naming = ExclusionNumber.objects.filter(below)
    numbers: dict[int, set[str]] = {}
    for exclusion, number in naming.order_by("pk").values_list("text__exclusion_id", "number"):
        numbers.setdefault(exclusion, set()).add(number)
    of_them = Exists(naming.filter(text__exclusion=OuterRef("exclusion")))
    for term, one in _of_terms(ExclusionTerm.objects.filter(of_them), since, at):
        named = numbers.get(term.exclusion_id, set())
        yield from ((key, one) for key in keys if any(_names(number, key) for number in named))


def _of_words(keys: set[str], since: date | None, at: datetime) -> Found:
    among = PublicPetition.objects.filter(_recent(since))
    if since and not among.exists():
        return
    found = found_by(sorted(keys), among, newest=_most(since))
    whole = set().union(*found.values()) if found else set[int]()
    for row in _petitions(Q(pk__in=whole), most=None):
        of_it = list(_of_petition(row, whole=False))
        yield from ((key, one) for key, rows in found.items() if row.pk in rows for one in of_it)


def _on_numbers(column: str, keys: set[str]) -> Q:
    found = Q(**{f"{column}__in": {key for key in keys if len(key) == 10}})
    for key in keys:
        if len(key) < 10:
            found |= Q(**{f"{column}__startswith": key})
    return found


def _names(number: str, key: str) -> bool:
    """Say whether a number in a text names the watched one: below it, or the 8 digits that mean all of their tens."""
    return number.startswith(key) or (len(key) == 10 and number == key[:8])


def _of_exclusions(keys: set[str], since: date | None, at: datetime) -> Found:
    for term, one in _of_terms(ExclusionTerm.objects.filter(exclusion__reference__in=keys), since, at):
        yield term.exclusion.reference, one


def _of_terms(rows: Any, since: date | None, at: datetime) -> Iterator[tuple[ExclusionTerm, News]]:
    """Yield a term that is published, begins, ends; and 90 and 30 days ahead of its end unless another goes on after
    it.
    """
    today = eastern_date(at)
    published = rows.filter(status=ExclusionTerm.Status.PUBLISHED)
    if since:
        begun = _midnight(since)
        recent = Q(recorded_at__gte=begun) | Q(published_on__gte=since) | Q(valid_from__gte=since)
        ends = Q(valid_to__gte=since - timedelta(days=1), valid_to__lte=today + timedelta(days=max(AHEAD)))
        published = published.filter(recent | ends)
    terms = list(published.select_related("exclusion").order_by("-valid_from", "pk")[:2000])
    going_on = _last_days({term.exclusion_id for term in terms})
    for term in terms:
        yield from ((term, one) for one in _of_term(term, today, going_on.get(term.exclusion_id)))


def _last_days(exclusions: set[int]) -> dict[int, date]:
    """Return the last day of each exclusion by its standing terms, pending ones too; without an end the last of all
    days.
    """
    last: dict[int, date] = {}
    statuses = (ExclusionTerm.Status.PUBLISHED, ExclusionTerm.Status.PENDING)
    rows = ExclusionTerm.objects.filter(exclusion__in=exclusions, status__in=statuses, valid_from__isnull=False)
    for key, end in rows.order_by("pk").values_list("exclusion_id", "valid_to"):
        last[key] = max(last.get(key, date.min), end or date.max)
    return last


def _of_term(term: ExclusionTerm, today: date, last: date | None) -> Iterator[News]:
    reference, url = term.exclusion.reference, reverse("exclusion", args=[term.exclusion.reference])
    if term.valid_from is None:
        return
    last_day = f"through {in_full(term.valid_to)}" if term.valid_to else "without a stated end"
    span = f"From {in_full(term.valid_from)} {last_day}"
    text = f"{span}, heading {dotted(term.heading)}{f' ({term.authority})' if term.authority else ''}"
    name = f"{reference}:{term.heading}:{term.valid_from}"
    entered = eastern_date(term.recorded_at) if term.recorded_at else term.published_on
    if entered:
        yield News(f"term:{name}:{term.valid_to}", _moment(entered), f"{reference}: a term was published", text, url)
    begins = f"{reference}: in force from today, {in_full(term.valid_from)}"
    if entered is None or term.valid_from > entered:
        yield News(f"begins:{name}", _moment(term.valid_from), begins, text, url)
    if term.valid_to is None or (last is not None and last > term.valid_to):
        return
    ends = f"{reference}: ends on {in_full(term.valid_to)}"
    for days in AHEAD:
        if today <= term.valid_to:
            day = term.valid_to - timedelta(days=days)
            yield News(f"ends-{days}:{reference}:{term.valid_to}", _moment(day), ends, f"In {days} days. {text}", url)
    over = f"{reference}: ended on {in_full(term.valid_to)}"
    yield News(f"ended:{reference}:{term.valid_to}", _moment(term.valid_to + timedelta(days=1)), over, text, url)


def _of_rounds(keys: set[str], since: date | None, at: datetime) -> Found:
    titles = {}
    for row in Round.objects.current().filter(slug__in=keys).order_by("slug"):
        url, titles[row.slug] = reverse("round", args=[row.slug]), row.title
        opens, closes = in_words(row.opens_at), in_words(row.closes_at)
        text = f"Docket {row.docket}. Its filing window opens {opens} and closes {closes}."
        name = f"{row.slug}:{row.opens_at:%Y%m%d}"
        yield row.slug, News(f"opens:{name}", row.opens_at, f"{row.title}: the filing window is open", text, url)
        name = f"{row.slug}:{row.closes_at:%Y%m%d}"
        if at <= row.closes_at:
            ahead = row.closes_at - timedelta(days=WINDOW_AHEAD)
            said = f"{row.title}: the filing window closes {closes}"
            yield row.slug, News(f"closes-ahead:{name}", ahead, said, text, url)
        yield row.slug, News(f"closes:{name}", row.closes_at, f"{row.title}: the filing window has closed", text, url)
    for order in RoundOrder.objects.filter(slug__in=titles).order_by("-given_at", "-pk")[:2000]:
        url = f"{reverse('round', args=[order.slug])}#orders"
        said = f"{titles[order.slug]}: {order.get_kind_display().lower()}"
        yield order.slug, News(f"order:{order.pk}", order.given_at, said, f"{order.reason} ({order.citation})", url)
