"""Every page of the admin, of every model that it shows: it opens, and its markup ends where it should.

The models come from the admin's own register: one that is shown without a row here fails.
"""

from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.db import models
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from zeal import zeal_ignore

from exclusions.actions.record.quarantine import take_down
from exclusions.actions.review.interests import declare
from exclusions.actions.rounds.made_forms import make_form
from exclusions.actions.rounds.orders import pause
from exclusions.models import AccessLog, LookedForNotices, User
from tests.factories.cast import SignedIn
from tests.factories.tariff import follow
from tests.factories.world import World

Register = admin.ModelAdmin  # of any model
# HTML closes these by itself.
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
UNCLOSED = frozenset({"li", "p", "td", "th", "tr", "option", "dt", "dd"})
# What the pages of the admin are made of; anything else is a text that was taken for markup.
ELEMENTS = """
    a abbr article aside b bdi body br button caption circle code col colgroup dd defs details div dl dt em fieldset
    footer form g h1 h2 h3 h4 head header hr html i img input label legend li link main meta nav ol optgroup option p
    path pre script search section select small span strong style summary svg symbol table tbody td textarea tfoot th
    thead time title tr ul use"""
KNOWN = frozenset(ELEMENTS.split())


class Markup(HTMLParser):
    """Reads a page, and notes what is not known, closes nothing or is never closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.classes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.classes.update((dict(attrs).get("class") or "").split())
        if tag not in KNOWN:
            self.wrong.append(f"<{tag}> is no element of these pages")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that is written with a slash at its end; what HTML closes by itself has no end to note."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Note its end; those that HTML closes by itself may still stand open within it."""
        while self.open and self.open[-1] != tag and self.open[-1] in UNCLOSED:
            self.open.pop()
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> closes nothing, line {self.getpos()[0]}")


def read(page: str) -> Markup:
    """Return a page as it was read to its end."""
    markup = Markup()
    markup.feed(page)
    markup.close()
    markup.wrong += [f"<{tag}> is not closed" for tag in markup.open]
    return markup


def test_a_help_text_that_is_taken_for_markup_is_found() -> None:
    assert read("<div><p>templates/email/<template>.txt</div>").wrong[0] == "<template> is no element of these pages"
    assert read("<div><b>petition:</div>").wrong
    assert read("<ul><li>One<li>Two</ul><input><meta/>").wrong == []


@pytest.fixture
def shown(world: World, cast: dict[str, User]) -> None:
    """Make a row of each kind that the world lacks."""
    person, now = cast["admin"], timezone.now()
    AccessLog.objects.create(subject=f"petition:{world.posted.pk}", what="case file", by=person, role="admin", at=now)
    declare(user=cast["reviewer1"], name="Elsewhere Inc.", nature="Shares", by=cast["reviewer1"], at=now)
    follow("8413810010", "8413810040")
    LookedForNotices.objects.create(until=now.date(), looked_at=now)
    take_down(world.posted, f"document:{world.public_file.pk}", reason="A name.", by=cast["intake"], at=now)
    make_form(slug="short", title="Short request", based_on="petition-2019", asked={}, by=person, at=now)
    pause(world.posted.round, clocks_stand=False, citation="84 FR 29576", reason="A storm shut us.", by=person, at=now)


def fields_missing(markup: Markup, register: Register, request: HttpRequest, row: models.Model) -> set[str]:
    """Return the fields of a row that its page does not show."""
    wanted = flatten_fieldsets(register.get_fieldsets(request, row))
    return {name for name in wanted if f"field-{name}" not in markup.classes}


def wrong_pages(register: Register, person: User) -> Iterator[str]:
    """Open the list, the page for a new one and the page of one, and say what is wrong with each."""
    client, request = SignedIn(person), RequestFactory().get("/")
    request.user = person
    label = register.opts.label_lower
    row = register.get_queryset(request).first()
    if row is None:
        yield f"{label}: there is no row to show"
        return
    base = f"admin:{label.replace('.', '_')}"
    asked = {"changelist": [], "change": [row.pk], "history": [row.pk]}
    if register.has_add_permission(request):
        asked["add"] = []
    for kind, args in asked.items():
        answer = client.get(reverse(f"{base}_{kind}", args=args))
        if answer.status_code != 200:
            yield f"{label} {kind}: {answer.status_code}"
            continue
        markup = read(answer.content.decode())
        yield from (f"{label} {kind}: {what}" for what in markup.wrong)
        if kind == "change":
            yield from (f"{label}: {name} is not shown" for name in fields_missing(markup, register, request, row))


def test_every_page_of_every_model_is_whole(shown: None, cast: dict[str, User]) -> None:
    # Looking at a person means to look one up for the page, another for the session.
    with zeal_ignore():
        wrong = [what for register in admin.site._registry.values() for what in wrong_pages(register, cast["admin"])]
    assert wrong == []
