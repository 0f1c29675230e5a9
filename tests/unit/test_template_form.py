"""The form of the templates: what makes them readable, and that each of them is still asked for by something.

One rule on elements is stricter than it looks: on one line at most one element *with attributes* begins. So a cell and
the link in it take three lines, and each field of a form has its own. Where white space would show, the break goes
inside a tag: `<a href="...">Next</a>` may end its line before the `>`.
"""

import re
from pathlib import Path

import pytest
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
PAGES = sorted(TEMPLATES.rglob("*.html"))
FILES = [*PAGES, *sorted((ROOT / "tests" / "functional").glob("*.html"))]
WIDTH = 120
# A tag that goes on behind its name: `<a href=...`, `<div{% if ...`, or `<input` at the end of a line.
WITH_ATTRIBUTES = re.compile(r"<[a-zA-Z][\w-]*(?![\w>-])")
# Routes have names; a path that is written out does not move with them. `url` is what components call an address.
HARD_PATH = re.compile(r"""\b(?:href|src|action|formaction|url|hx-\w+)=["']/""")
NAMED = re.compile(r"""{% *(?:include|extends|from) +["']([^"']+)["']""")
# Templates of Jinja2 name one another as they lie in this folder, and so does the tag that asks for one.
ROWS = "rows/"
DRAWN = re.compile(r"""(?:{% *rows +|draw_rows\(\s*)["']([^"']+)["']""")
# Rendered under these names by a library or by Django itself.
BY_LIBRARIES = ("account/", "allauth/", "mfa/", "socialaccount/", "usersessions/", "django/", "drf_spectacular/")
BY_DJANGO = {"400.html", "403.html", "404.html", "500.html"}
# Django's admin asks for these by the name of the model's table.
OF_ADMIN = {
    "admin/app_list.html",
    "admin/exclusions/madeform/change_list.html",
    "admin/exclusions/tariffaction/change_form.html",
}


def short(path: Path) -> str:
    """Return a template's name as Django knows it, or the path of a page of the tests."""
    return path.relative_to(TEMPLATES if path.is_relative_to(TEMPLATES) else ROOT).as_posix()


def breaches(text: str) -> list[str]:
    """Return what is wrong with the form of one template, line by line."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if len(line) > WIDTH:
            found.append(f"{number}: {len(line)} columns")
        if len(WITH_ATTRIBUTES.findall(line)) > 1:
            found.append(f"{number}: two elements with attributes")
        if HARD_PATH.search(line):
            found.append(f"{number}: a path instead of {{% url %}}")
    return found


def names() -> dict[str, set[str]]:
    """Return each template with those that it includes or extends."""
    return {short(path): named(short(path), path.read_text()) for path in PAGES}


def named(name: str, text: str) -> set[str]:
    """Return the templates that a template or a module names."""
    folder = ROWS if name.startswith(ROWS) else ""
    return {f"{folder}{one}" for one in NAMED.findall(text)} | {f"{ROWS}{one}" for one in DRAWN.findall(text)}


@pytest.mark.parametrize("path", FILES, ids=short)
def test_a_template_is_narrow_with_one_element_a_line_and_named_addresses(path: Path) -> None:
    assert breaches(path.read_text()) == []


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("x" * 121, "columns"),
        ('<td class="a"><a href="{{ url }}">b</a></td>', "two elements"),
        ('<div{% if a %} id="a"{% endif %}><p class="b">c</p></div>', "two elements"),
        ('<a href="/docket/">Docket</a>', "a path"),
        ('{% include "_components/empty.html" with url="/docket/" only %}', "a path"),
    ],
)
def test_a_fault_of_form_is_found(line: str, fault: str) -> None:
    assert [fault in said for said in breaches(line)] == [True]


def test_every_component_is_used_by_a_page() -> None:
    used = set().union(*names().values())
    assert [name for name in names() if name.startswith("_components/") and name not in used] == []


def found(name: str) -> bool:
    """Say whether there is a template of this name, ours or a library's."""
    try:
        get_template(name)
    except TemplateDoesNotExist:
        return False
    return True


def test_every_template_that_a_page_asks_for_is_there() -> None:
    known = names()
    assert [name for name in sorted(set().union(*known.values()) - set(known)) if not found(name)] == []


def test_only_jinja2_is_asked_for_templates_of_rows() -> None:
    others = {name: names for name, names in names().items() if not name.startswith(ROWS)}
    asked = {name: NAMED.findall((TEMPLATES / name).read_text()) for name in others}
    assert {name: given for name, given in asked.items() if any(one.startswith(ROWS) for one in given)} == {}


def test_every_template_is_asked_for_by_something() -> None:
    known = names()
    code = "\n".join(path.read_text() for path in (ROOT / "exclusions").rglob("*.py"))
    drawn = named("", code)
    reached = {
        name
        for name in known
        if name.startswith(BY_LIBRARIES) or name in BY_DJANGO | OF_ADMIN or f'"{name}"' in code or name in drawn
    }
    new = set(reached)
    while new:
        new = set().union(*(known.get(name, set()) for name in new)) - reached
        reached |= new
    assert sorted(set(known) - reached) == []
