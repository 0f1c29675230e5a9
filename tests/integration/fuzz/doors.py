"""Where hostile requests go: every entry of the URL table, with what stands there for somebody."""

from collections.abc import Callable, Iterator
from functools import partial
from urllib.parse import quote, unquote, urlsplit

from django.contrib import admin
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from tests.factories.addresses import addresses
from tests.factories.who_enters import EVERYBODY, RECUSED
from tests.factories.world import World
from tests.integration.core.test_every_url_every_role import ROWS
from tests.integration.fuzz.asking import Case, encoded, let_go, percent
from tests.integration.fuzz.forms import Form, Pairs, forms_of
from tests.integration.fuzz.values import FIELD, METHODS, PARAMETERS, PATH

THEIR_READERS = {"accounts": {"anonymous", "filer", "intake"}, "admin": {"admin", "intake"}}
FILE_NAMES = ("\x00.pdf", "a" * 400 + ".pdf", "no ending", "😀.docx", "../../x.pdf", "spec.pdf")


def ours(world: World, who: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each address of ours and the words in it that vary; what everybody reads, for two people alone."""
    for name, row in ROWS.items():
        if row.inside != EVERYBODY or who in {"anonymous", "filer"}:
            arguments = row.arguments(world)
            yield reverse(name, kwargs=arguments), [str(value) for value in arguments.values()]


def theirs(who: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each address of the account library, and of the administration for whom it opens."""
    for address in addresses():
        if who in THEIR_READERS.get(address.route.partition("/")[0], ()):
            yield address.url, ["1"] if "1" in address.url.split("/") else []
    if who == "admin":
        yield from _of_the_register()


def _of_the_register() -> Iterator[tuple[str, list[str]]]:
    """Yield the pages of one object of each model that the administration shows."""
    for model in admin.site._registry:
        found = model._default_manager.order_by("pk").first()
        if found is not None:
            for page in ("change", "history", "delete"):
                key = str(found.pk)
                yield reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=[key]), [key]


def everything(world: World, who: str) -> list[tuple[str, list[str]]]:
    """Return every address that this person is sent to."""
    return [*ours(world, who), *theirs(who)]


# A case that is not made yet, and what it is called: there are a hundred thousand for each person, of which few are
# sent. It is called after its route, since addresses hold keys that are others in each run.
Unmade = tuple[str, Callable[[], Case]]


def route(address: str) -> str:
    """Return the route of an address, with what is asked of it."""
    parts = urlsplit(address)
    try:
        return resolve(unquote(parts.path)).route
    except Resolver404:
        return parts.path


def on_addresses(places: list[tuple[str, list[str]]]) -> Iterator[Unmade]:
    """Yield each address with each other method, with hostile words in it, and with each parameter."""
    for address, words in places:
        called = route(address)
        for method in METHODS:
            case = partial(Case, method, address, "the method", () if method == "POST" else None)
            yield f"{called} {method}", case
        for place, word in enumerate(words):
            for hostile in PATH:
                changed = address.replace(f"/{quote(word)}/", f"/{hostile}/")
                if changed != address:
                    yield f"{called} {place}={hostile} GET", partial(Case, "GET", changed, "the address")
                    yield f"{called} {place}={hostile} POST", partial(Case, "POST", changed, "the address", ())
        for name in PARAMETERS:
            for value in FIELD:
                yield f"{called} ?{name}={value[:40]}", partial(_with_parameter, address, name, value)


def _with_parameter(address: str, name: str, value: str) -> Case:
    return Case("GET", f"{address}?{name}={percent(value)}", f"{name}={value}")


def pages(client: Client, places: list[tuple[str, list[str]]], opened: set[str]) -> Iterator[Form]:
    """Yield each form of each page that opens, but for those that are opened already; note which are."""
    seen = set()
    for address, _ in places:
        if address in opened:
            continue
        page = client.get(address)
        let_go(page)
        if page.status_code == 200:
            opened.add(address)
        if page.status_code != 200 or page.streaming or not page["Content-Type"].startswith("text/html"):
            continue
        for form in forms_of(address, page.content.decode()):
            key = (urlsplit(form.action).path, form.method, tuple(form.names), tuple(form.files))
            if key not in seen:
                seen.add(key)
                yield form


def on_form(form: Form) -> Iterator[Unmade]:
    """Yield a form with one field hostile at a time, left out, doubled; each button; strange files."""
    called = f"{form.method} {route(form.action)}"
    for what, case in _one_thing_wrong(form):
        yield f"{called} {what[:80]}", case


def _one_thing_wrong(form: Form) -> Iterator[Unmade]:
    def instead(name: str, pairs: Pairs, what: str) -> Unmade:
        return what, partial(_with, form, name, pairs, what)

    for name in form.names:
        for value in FIELD:
            yield instead(name, [(name, value)], f"{name}={value}")
        yield instead(name, [], f"{name} left out")
        twice = [(name, "a"), (name, "b"), (f"{name}[]", "c"), (f"{name}[a]", "d")]
        yield instead(name, twice, f"{name} twice")
    for name, value in form.buttons:
        yield instead(name, [(name, value)], f"the button {name}={value}")
    for name in form.files:
        for called in FILE_NAMES:
            yield f"{name}: {called}", partial(_with_file, form, name, called)
        yield instead(name, [(name, "no file")], f"{name} as a word")


def _with(form: Form, name: str, instead: Pairs, what: str) -> Case:
    """Return the form as it stands, with something else under one name."""
    pairs = [*(pair for pair in [*form.pairs, *form.buttons[:1]] if pair[0] != name), *instead]
    if form.method == "POST":
        return Case("POST", form.action, what, tuple(pairs))
    return Case("GET", f"{urlsplit(form.action).path}?{encoded(pairs)}", what)


def _with_file(form: Form, name: str, called: str) -> Case:
    return Case("POST", form.action, f"{name}: {called}", (*form.pairs, *form.buttons[:1]), (name, called))


WHO = sorted({*EVERYBODY, RECUSED})
