"""The product's templates say what Django's own say of the same words and things, also of what is not there."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import TextChoices
from django.template import Context, Engine, RequestContext, TemplateSyntaxError
from django.template.base import VariableDoesNotExist, VariableNode
from django.test import RequestFactory
from django.utils.functional import lazystr
from django.utils.safestring import mark_safe

from exclusions.gateways.templates.frames import QuickInclude
from exclusions.gateways.templates.nodes import QuickVariableNode

FILES = {
    "frame.html": "<b>{% block head %}head{% endblock %}</b>"
    "{% block body %}{% block inner %}in{% endblock %}{% endblock %}",
    "middle.html": "{% extends 'frame.html' %}{% block head %}middle, {{ block.super }}{% endblock %}",
    "page.html": "{% extends 'middle.html' %}{% block head %}page, {{ block.super }}{% endblock %}"
    "{% block inner %}{{ words }}{% endblock %}",
    "part.html": "[{{ words }}|{{ given }}|{{ forloop.counter }}]",
    "framed.html": "{% extends 'frame.html' %}{% block head %}{{ given }}{% endblock %}",
    "counts.html": "{% cycle 'a' 'b' %}{% ifchanged words %}new{% endifchanged %}",
}


class Colour(TextChoices):
    """Choices are not called, though they can be."""

    RED = "red", "Red"


class Pair(NamedTuple):
    """Looked up by name and by place."""

    left: str
    right: int


class Thing:
    """Answers as things of the product do, well and badly."""

    name = "a <thing>"
    listed = ("x", "y")

    def method(self) -> str:
        """Be called."""
        return "called & said"

    def needs(self, more: str) -> str:
        """Need a word, so that a template can not call it."""
        return more

    def delete(self) -> str:
        """Be kept from templates."""
        return "gone"

    delete.alters_data = True  # type: ignore[attr-defined]

    @property
    def missing(self) -> str:
        """Have no row."""
        raise ObjectDoesNotExist("none")

    @property
    def broken(self) -> str:
        """Fail as a property does that has a mistake in it."""
        raise AttributeError("of its own")

    def __iter__(self) -> Iterator[str]:
        return iter("ab")


def things() -> dict[str, Any]:
    """Return what the templates below are given."""
    return {
        "words": "5 < 6 & 'seven'",
        "safe": mark_safe("<i>safe</i>"),
        "late": lazystr("l<a>te"),
        "number": 1234567,
        "no": False,
        "nothing": None,
        "money": Decimal("1234.50"),
        "share": 0.25,
        "day": date(2026, 5, 1),
        "moment": datetime(2026, 5, 1, 3, 30, tzinfo=UTC),
        "thing": Thing(),
        "pair": Pair("l&r", 2),
        "map": {"items": "an item", "a b": 1, "inner": {"deep": ["zero", {"one": "<1>"}]}},
        "colour": Colour,
        "red": Colour.RED,
        "rows": [("a", 1), ("b", 2)],
        "empty": [],
        "type": Thing,
        "part": "part.html",
    }


SAID = [
    "plain words",
    *(f"{{{{ {name} }}}}" for name in things() if name not in {"thing", "type"}),
    "{{ absent }}{{ absent.more }}{{ words.absent }}{{ map.absent.more }}{{ request }}{{ template }}",
    "{{ thing.name }}{{ thing.method }}{{ thing.needs }}{{ thing.delete }}{{ thing.missing }}{{ thing.listed.1 }}",
    "{{ pair.left }}{{ pair.1 }}{{ pair.5 }}{{ map.items }}{{ map.inner.deep.1.one }}{{ words.0 }}{{ words.upper }}",
    "{{ colour.RED }}{{ colour.RED.label }}{{ red.value }}{{ type.name }}{{ rows.0.0 }}",
    "{{ words|upper }}{{ absent|default:'none' }}{{ words|safe }}{{ thing.name|truncatechars:3 }}{{ number|add:1 }}",
    "{{ words|default:number }}{{ moment|date:'H:i' }}{{ day|date:'Y' }}{{ 'a & b' }}{{ 5 }}{{ 2.5 }}{{ _('Yes') }}",
    "{% autoescape off %}{{ words }}{{ safe }}{{ number }}{% endautoescape %}",
    "{% if absent %}a{% elif words %}b{% else %}c{% endif %}{% if not absent %}d{% endif %}",
    "{% if number > 3 %}e{% endif %}{% if absent > 3 %}f{% endif %}",
    "{% if absent.more %}a{% else %}b{% endif %}{% if thing.missing %}a{% endif %}{% if 3 in absent %}a{% endif %}",
    "{% if empty %}a{% elif absent %}b{% endif %}{% if no %}{% endif %}{% if words == 'x' or number %}c{% endif %}",
    "{% for letter, n in rows %}{{ letter }}{{ n }}{{ forloop.counter }}{% include 'part.html' %}{% endfor %}",
    "{% for x in thing %}{{ x }}{% endfor %}{% for x in empty %}{% empty %}none{% endfor %}",
    "{% for x in absent %}a{% endfor %}",
    (
        "{% for r in rows %}{% for x in r %}{{ x }}{% endfor %}{{ r.0 }}"
        "{% with y=x %}{{ y }}{{ r }}{% endwith %}{% endfor %}"
    ),
    "{% for r in rows %}{% for x in r %}{{ forloop.parentloop.counter }}{% endfor %}{% endfor %}{{ x }}{{ r }}",
    "{% for r in rows reversed %}{% if forloop.last %}z{% endif %}{% for x in r %}{{ x }}{% endfor %}{% endfor %}",
    (
        "{% for r in rows %}{% for x, y in rows %}{{ r.1|add:forloop.revcounter }}{{ y|default:forloop }}"
        "{% endfor %}{% endfor %}"
    ),
    (
        "{% for r in rows %}{% ifchanged %}{{ no }}{% endifchanged %}"
        "{% cycle 'a' 'b' %}{% now 'Y' as r %}{{ r }}{% endfor %}"
    ),
    (
        "{% for a, b in rows %}{{ a }}{% for b in empty %}{% empty %}{{ b }}"
        "{% endfor %}{% endfor %}{% block x %}{{ a }}{% endblock %}"
    ),
    "{% block x %}{{ block.name }}{% with block=1 %}{{ block }}{% endwith %}{% endblock %}{{ block }}",
    "{{ words.absent|default:'none' }}{{ thing.missing|default_if_none:'x' }}{{ map.inner.absent }}{{ autoescape }}",
    "{% with given=words more=absent %}{{ given }}{{ more }}{% include 'part.html' %}{% endwith %}{{ given }}",
    "{% include 'part.html' with given=number only %}{% include 'part.html' with given=absent %}{% include part %}",
    "{% include 'framed.html' with given=safe only %}{% include 'framed.html' with given=words %}{{ given }}",
    "{% include 'counts.html' %}{% include 'counts.html' only %}{% cycle 'x' 'y' as z %}{% cycle z %}",
    "{% extends 'page.html' %}",
    "{% extends 'page.html' %}{% block body %}whole {{ block.super }} {{ words }}{% endblock %}",
    "{% extends part %}",
    "{% filter upper %}{{ words }}{% endfilter %}{% firstof absent words %}{% widthratio number 100 3 %}",
    "{% if request %}{% querystring page=number q=words %}{% querystring q=None as asked %}{{ asked }}{% endif %}",
]


def engine(quick: bool, said: str) -> Engine:
    """Return an engine over the templates above, with ours or Django's own loader before them."""
    own = "exclusions.gateways.templates.loader.Loader" if quick else "django.template.loaders.cached.Loader"
    inner = ("django.template.loaders.locmem.Loader", {**FILES, "said.html": said})
    return Engine(loaders=[(own, [inner])])


def told(quick: bool, said: str, with_request: bool) -> str:
    """Return what a template says, twice over: what is kept from the first time must not change the second."""
    template = engine(quick, said).get_template("said.html")

    def once() -> str:
        context = RequestContext(RequestFactory().get("/?q=a+b&x=%26")) if with_request else Context()
        context.update(things())
        return str(template.render(context))

    first = once()
    assert once() == first
    return first


@pytest.mark.parametrize("with_request", [False, True])
@pytest.mark.parametrize("said", SAID)
def test_a_template_says_what_django_says(said: str, with_request: bool) -> None:
    assert told(True, said, with_request) == told(False, said, with_request)


@pytest.mark.parametrize("said", ["{{ thing.broken }}", "{% if thing.broken %}{% endif %}", "{{ words|add:absent }}"])
def test_a_mistake_is_the_same_mistake(said: str) -> None:
    found = []
    for quick in (False, True):
        with pytest.raises((AttributeError, VariableDoesNotExist)) as raised:
            told(quick, said, with_request=False)
        found.append((raised.type, str(raised.value)[:40]))
    assert found[0] == found[1]


def test_the_templates_are_quickened() -> None:
    nodes = engine(True, "{{ words }}{% include 'part.html' %}{% include part %}").get_template("said.html").nodelist
    assert [type(node) for node in nodes][:2] == [QuickVariableNode, QuickInclude]
    assert not isinstance(nodes[2], QuickInclude)


def test_while_debugging_the_nodes_are_djangos_own() -> None:
    ours = engine(True, "{{ words }}")
    ours.debug = True
    assert type(ours.get_template("said.html").nodelist[0]) is VariableNode


def test_a_word_that_a_constant_part_does_not_know_is_a_mistake() -> None:
    found = Engine(
        loaders=[
            (
                "exclusions.gateways.templates.loader.Loader",
                [
                    (
                        "django.template.loaders.locmem.Loader",
                        {"a.html": "{% constant no %}{{ words }}{% endconstant %}"},
                    )
                ],
            )
        ],
        builtins=["exclusions.templatetags.addresses"],
    )
    with pytest.raises(TemplateSyntaxError):
        found.get_template("a.html").render(Context(things()))
