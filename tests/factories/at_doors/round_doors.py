"""The doors at which administrators order about a round, make a form, and bring the lines of a list."""

from collections.abc import Mapping
from typing import Any

from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile

from exclusions.gateways.tariff.rounds_file import SHIPPED
from exclusions.models import ActionRate
from exclusions.views.people.lists import SALT
from tests.factories.at_doors.door import ACTIONS, VIEWS, Door, Of
from tests.factories.who_enters import Row
from tests.factories.world import World

LINE = {"number": "84138100", "heading": "99038803", "included": True, "valid_from": "2019-05-10", "valid_to": None}
FILE = {"code": "3", "source": "Annex A", "file": "lines.csv", "sha256": "0" * 64, "lines": [LINE]}
RATE = {"heading": "9903.92.10", "pct": "25", "kind": "whole", "valid_from": "2019-05-10", "reason": "84 FR 40000."}
ORDER = {"citation": "84 FR 40000", "reason": "The portal was away."}


def fixed(**names: Any) -> Of:
    """Name a thing that stands in each world."""
    return lambda world: names


def first_rate(world: World) -> Mapping[str, Any]:
    """Name a rate of List 3."""
    return {"code": "3", "table": "rate", "key": ActionRate.objects.filter(action__code="3").order_by("pk")[0].pk}


def round_of_list_3() -> SimpleUploadedFile:
    """Return the file of a round of List 3, as it is shipped, under a docket that is free."""
    (table,) = [one for one in SHIPPED.read_text().split("[[round]]") if 'slug = "list-3"' in one]
    for taken, free in (('"list-3"', '"list-3-again"'), ('"USTR-2019-0005"', '"USTR-2039-0005"')):
        table = table.replace(taken, free)
    return SimpleUploadedFile("round.toml", f"[[round]]{table}".encode())


OF_LIST_PAGES = {
    "staff-list-never-right": Row(frozenset({"admin"}), first_rate),
    "staff-list-round": Row(frozenset({"admin"}), lambda world: {"code": "3"}),
}

# fmt: off
OF_ROUNDS = (
    Door("people.rounds.order", "admin", "staff-round-order", fixed(slug="list-3", kind="pause"),
         f"{ACTIONS}rounds.orders.pause", ORDER),
    Door("people.rounds.dates", "admin", "staff-round-dates", fixed(slug="list-3"),
         f"{ACTIONS}people.proposals.propose", {"day_unit": "business", "roll_rule": "none", **ORDER}),
    Door("people.made_forms.staff_form", "admin", "staff-form", fixed(key="petition-2019"),
         f"{VIEWS}people.made_forms.make_form", {"slug": "short", "title": "Short"}),
    Door("people.lists.staff_list", "admin", "staff-list", fixed(code="3"),
         f"{ACTIONS}loading.own_lists.preview_lines",
         lambda world: {"source": "Annex A", "file": SimpleUploadedFile("lines.csv", b"hts\n8413.81.00\n")}),
    Door("people.lists._proposed", "admin", "staff-list", fixed(code="3"), f"{ACTIONS}people.proposals.propose",
         lambda world: {"confirmed": signing.dumps(FILE, salt=SALT), "reason": "The annex of the notice."}),
    Door("people.lists.list_row", "admin", "staff-list-row", fixed(code="3", table="rate", key="new"),
         f"{ACTIONS}people.proposals.propose", RATE),
    Door("people.lists.never_right", "admin", "staff-list-never-right", first_rate,
         f"{ACTIONS}people.proposals.propose", {"reason": "The notice never said so."}),
    Door("people.lists.list_round", "admin", "staff-list-round", fixed(code="3"),
         f"{ACTIONS}people.proposals.propose",
         lambda world: {"round_file": round_of_list_3(), "reason": "The notice says so."}),
    Door("people.lists.new_list", "admin", "staff-list-new", fixed(), f"{ACTIONS}people.proposals.propose",
         {"code": "9", "name": "List 9", "citation": "90 FR 100", "position": "9", "reach": "lines",
          **{f"rate-{name}": value for name, value in RATE.items()}}),
)
