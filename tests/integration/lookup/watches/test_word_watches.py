"""Watches by the words of a product: what is told is what the docket's search finds, and nothing that is not public."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exclusions.actions.record.notifications import as_email
from exclusions.actions.telling_watchers import tell_watchers
from exclusions.actions.watching import confirm_watch, subscribe
from exclusions.gateways.mail_stop import watch_token
from exclusions.models import Notification, PublicPetition, Round, Subscription
from exclusions.queries.public.watches import watched as sentences
from exclusions.queries.public.watches.watched import NotWatchable, watched
from exclusions.queries.public.watches.word_watches import A_STATEMENT, found_by, read_line, watch_like
from exclusions.workflow.states import Status
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import SEVERAL, Journey
from tests.factories.public import EASTERN, make_public

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both_databases("Each has its own search of words, and its own way to put many searches into one."),
]
Start = Callable[..., Journey]
MONDAY = datetime(2026, 3, 2, 12, tzinfo=EASTERN)
DAY = timedelta(days=1)
READER = "reader@example.test"


def begin(line: str, *, at: datetime = MONDAY, email: str = READER, rate: str = "at_once") -> Subscription:
    made = subscribe(watched("words", line), email=email, at=at, rate=rate)
    assert made
    found = confirm_watch(watch_token(made.link), at=at)
    assert found
    return found


def test_what_ends_or_reopens_a_case_long_after_its_posting_is_told_to_each_kind_of_watch(journey: Start) -> None:
    denied, trip, gone = journey("deny", answers=SEVERAL), journey(answers=SEVERAL), journey(answers=SEVERAL)
    denied.take(*PATHS[Status.DENIED])
    trip.take("submit", "post")
    gone.take("submit", "post")
    at = denied.at = trip.at = gone.at = denied.at + 40 * DAY
    watches = (
        ("number", trip.petition.hts10),
        ("organization", str(trip.petition.organization)),
        ("words", "crystalline dust"),
    )
    for kind, key in watches:
        made = subscribe(watched(kind, key), email=f"{kind}@example.test", at=at)
        assert made
        assert confirm_watch(watch_token(made.link), at=at)
    assert tell_watchers(at=at + DAY) == []
    at = denied.at = trip.at = gone.at = at + 2 * DAY
    denied.take("reopen_decision")
    trip.take("close_duplicate")
    gone.take("withdraw")
    assert len(tell_watchers(at=at + DAY / 24)) == len(watches)
    for kind, _ in watches:
        [sent] = Notification.objects.filter(to=f"{kind}@example.test", template="watched_news")
        body = as_email(sent).body
        assert f"{denied.petition.reference}: the decision was reopened" in body, kind
        assert f"{trip.petition.reference}: closed without a decision on the merits" in body, kind
        assert f"{gone.petition.reference}: withdrawn" in body, kind


def posted(number: int, product: str, at: datetime, **changes: Any) -> PublicPetition:
    """Return a petition that is posted at a moment, with the words of its product in its public text."""
    day = at.astimezone(EASTERN).date()
    fields = {"historical": False, "posted_on": day, "stage": "stage1", "product_name": product, "search_text": product}
    return make_public(number, **{**fields, **changes})


def told(email: str = READER) -> list[str]:
    """Return the references of which an address was told, each as often as it was."""
    rows = Notification.objects.filter(to=email, template="watched_news").order_by("pk")
    return [one["title"][15:21] for row in rows for one in row.context["news"]]


def test_what_is_told_is_what_the_docket_finds_for_the_same_words(client: Client) -> None:
    begin("Quartz  SLABS")
    later = MONDAY + DAY
    posted(1, "Slabs of engineered quartz", later)
    posted(2, "A quartz slab, polished", later)
    posted(3, "Quartz clocks", later)
    posted(4, "Granite slabs", later)
    posted(5, "Old slabs of quartz", later, historical=True)
    assert tell_watchers(at=later) == ["Product words quartz slabs: 2"]
    assert sorted(told()) == ["000001", "000002"]
    page = client.get(watched("words", "quartz slabs").url).content.decode()
    assert all((f"USTR-2019-0005-{number}" in page) for number in (*told(), "000005"))
    assert not [number for number in ("000003", "000004") if f"USTR-2019-0005-{number}" in page]
    assert tell_watchers(at=later + timedelta(minutes=1)) == tell_watchers(at=later + DAY) == []


def test_words_are_narrowed_to_a_round_and_to_a_number(list3: Round) -> None:
    begin(f"slabs round:{list3.slug}", email="round@example.test")
    begin("slabs hts:6810.99", email="number@example.test")
    begin(f"slabs round:{list3.docket} hts:6810", email="both@example.test")
    assert Subscription.objects.get(email="both@example.test").key == f"slabs round:{list3.slug} hts:6810"
    later = MONDAY + DAY
    posted(1, "Slabs", later, hts10="6810990080")
    posted(2, "Slabs", later, hts10="6802930010")
    posted(3, "Slabs", later, hts10="6810190080", docket="USTR-2018-0025")
    posted(4, "Slabs", later, hts10="6810990040", docket="USTR-2018-0025")
    tell_watchers(at=later)
    assert sorted(told("round@example.test")) == ["000001", "000002"]
    assert sorted(told("number@example.test")) == ["000001", "000004"]
    assert told("both@example.test") == ["000001"]


def test_a_decision_is_told_and_what_was_public_before_is_not() -> None:
    row = posted(1, "Quartz slabs", MONDAY)
    begin("quartz")
    assert tell_watchers(at=MONDAY + timedelta(hours=1)) == []
    PublicPetition.objects.filter(pk=row.pk).update(decided_on=(MONDAY + 9 * DAY).date(), stage="denied")
    tell_watchers(at=MONDAY + 9 * DAY)
    [mail] = Notification.objects.filter(template="watched_news")
    assert mail.subject == f"{row.reference}: denied"
    assert mail.context["reference"] == "petitions for “quartz”"


def test_what_is_not_posted_or_was_taken_down_is_told_to_nobody(journey: Start) -> None:
    trip = journey()
    begin("quartz slabs", at=trip.at)
    begin("quartz slabs", at=trip.at, email="weekly@example.test", rate="weekly")
    trip.take("submit")
    assert tell_watchers(at=trip.at) == [], "it is filed, and not public"
    trip.take("post")
    reference = str(trip.petition.reference)
    assert len(tell_watchers(at=trip.at)) == 1
    assert told() == [reference[-6:]]
    PublicPetition.objects.filter(reference=reference).delete()
    assert tell_watchers(at=trip.at + 8 * DAY) == [], "taken down before the week was over"


def test_many_watches_are_looked_for_in_few_statements_and_none_where_nothing_was_posted(
    django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    lines = [f"slabs kind{number}" for number in range(2 * A_STATEMENT)]
    Subscription.objects.bulk_create(
        Subscription(
            kind="words", key=line, email=f"r{n}@example.test", created_at=MONDAY, confirmed_at=MONDAY,
            looked_on=MONDAY.date(),
        )
        for n, line in enumerate(lines)
    )  # fmt: skip
    later = MONDAY + DAY
    with django_assert_max_num_queries(6):
        assert tell_watchers(at=later) == []
    rows = [posted(n, f"Slabs kind{n}", later) for n in range(3)]
    with django_assert_num_queries(2):
        found = found_by(lines, PublicPetition.objects.filter(historical=False))
    assert {line: keys for line, keys in found.items() if keys} == {
        line: {row.pk} for line, row in zip(lines, rows, strict=False)
    }
    with django_assert_max_num_queries(20):
        assert len(tell_watchers(at=later)) == 3


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("a", sentences.NO_WORDS),
        ("!!", sentences.NO_WORDS),
        ("round:list-3", sentences.NO_WORDS),
        ("8413.81.0040", sentences.A_NUMBER.format("8413.81.0040")),
        ("ustr-2019-0005-000001", sentences.A_REFERENCE.format("USTR-2019-0005-000001")),
        ("slabs round:list-99", "No round is called “list-99”."),
        ("slabs hts:84x", sentences.NO_PREFIX.format("84x")),
        ("slabs hts:8", sentences.NO_PREFIX.format("8")),
        (" ".join(["slab"] * 21), sentences.LONG_WORDS),
        ("slab" * 51, sentences.LONG_WORDS),
    ],
)
def test_what_no_search_finds_is_refused_in_a_sentence(client: Client, line: str, sentence: str) -> None:
    with pytest.raises(NotWatchable) as refused:
        watched("words", line)
    assert sentence in str(refused.value)
    answer = client.post(reverse("watch"), {"kind": "words", "key": line, "email": READER})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Subscription.objects.exists()


def test_the_page_takes_words_round_number_and_rate_and_narrows_nothing_else(client: Client, list3: Round) -> None:
    asked = {"kind": "words", "key": "Quartz slabs", "round": list3.slug, "digits": "6810.99", "rate": "weekly"}
    assert client.post(reverse("watch"), {**asked, "email": READER}).status_code == 302
    made = Subscription.objects.get()
    assert (made.key, made.rate) == (f"quartz slabs round:{list3.slug} hts:681099", "weekly")
    mail = Notification.objects.get(template="confirm_watch")
    title = f"petitions for “quartz slabs” under HTSUS 6810.99 in {list3.title}"
    assert (mail.context["reference"], mail.context["rate"]) == (title, "once a week on Monday")
    answer = client.post(reverse("watch"), {**asked, "digits": "abc", "email": READER})
    assert set(answer.context["form"].errors) == {"digits"}
    answer = client.post(reverse("watch"), {**asked, "kind": "number", "key": "8413", "email": READER})
    assert answer.content.decode().count("Only product words can be narrowed.") >= 2
    for changed in ({"rate": "hourly"}, {"round": "list-99"}, {"digits": "none"}):
        assert client.post(reverse("watch"), {**asked, **changed, "email": READER}).status_code == 422
    assert Subscription.objects.count() == 1


def test_the_docket_links_to_a_watch_for_what_was_searched(client: Client, list3: Round) -> None:
    link = "Mail me when more is filed like this"
    assert link not in client.get(reverse("docket")).content.decode()
    page = client.get(reverse("docket"), {"q": "Quartz slabs", "docket": list3.docket, "hts": "6810"})
    query = watch_like({"q": "Quartz slabs", "docket": list3.docket, "hts": "6810"})
    assert f'href="{reverse("watch")}?{query.replace("&", "&amp;")}"' in page.content.decode()
    begun = client.get(f"{reverse('watch')}?{query}").content.decode()
    assert 'value="quartz slabs"' in begun
    assert f'<option value="{list3.slug}" selected>' in begun
    assert 'value="6810"' in begun
    assert watch_like({"hts": "8413"}) == watch_like({"q": "8413"}) == "kind=number&key=8413"
    assert watch_like({"q": "USTR-2019-0005-000001"}) == watch_like({"hts": "84131"}) == watch_like({}) == ""


def test_the_feed_and_the_line_of_words_agree(client: Client) -> None:
    posted(1, "Quartz slabs", MONDAY)
    posted(2, "Clocks", MONDAY)
    feed = client.get(reverse("watch-feed"), {"kind": "words", "key": "quartz slab hts:84"}).content.decode()
    assert feed.count("<entry>") == 1
    assert "USTR-2019-0005-000001: petition posted" in feed
    for line in ("quartz slabs", "quartz round:list-3", "quartz hts:6810", "quartz round:list-3 hts:681099"):
        assert read_line(line).line == line
