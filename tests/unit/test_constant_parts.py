"""Parts of a page that are the same for everybody, rendered once: nothing of one reader's request can get into them."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.template.defaultfilters import date as any_date
from django.test import RequestFactory
from django.test.utils import override_script_prefix
from django.urls import NoReverseMatch
from django.utils.timezone import localtime
from pytest_django.fixtures import Settings


def test_a_constant_part_shows_what_its_template_says_and_is_rendered_once() -> None:
    template = Template('{% constant %}<a href="{% url "docket" %}">a</a>{% endconstant %}')
    first = template.render(Context())
    assert first == '<a href="/docket/">a</a>'
    assert template.render(Context()) == first
    [part] = [node for node in template.nodelist if hasattr(node, "made")]
    assert list(part.made.values()) == [first]


@pytest.mark.parametrize(
    "inside",
    [
        "{{ user }}",
        "{{ user.email }}",
        "{% if user %}in{% endif %}",
        "{% if user.is_authenticated %}in{% endif %}",
        "{% for one in messages %}{{ one }}{% endfor %}",
        "{% with name=user %}{{ name }}{% endwith %}",
        "{% csrf_token %}",
        "{% firstof user %}",
    ],
)
def test_a_variable_of_the_page_inside_a_constant_part_is_a_mistake(inside: str) -> None:
    template = Template(f"{{% constant demo %}}{inside}{{% endconstant %}}")
    values = Context({"user": "ana@example.com", "messages": ["Sent."], "csrf_token": "secret", "demo": True})
    with pytest.raises(TemplateSyntaxError, match="asks for"):
        template.render(values)


def test_nothing_of_a_request_is_in_a_constant_part_even_where_the_template_catches_the_mistake() -> None:
    template = Template("{% constant %}{% if 1 and user %}{{ user }}{% else %}nobody{% endif %}{% endconstant %}")
    request = RequestFactory().get("/")
    assert template.render(Context({"user": "ana@example.com", "request": request})) == "nobody"


def test_a_flag_is_asked_inside_and_each_answer_is_kept_by_itself() -> None:
    template = Template("{% constant demo %}{% if demo %}made up{% else %}real{% endif %}{% endconstant %}")
    assert [template.render(Context({"demo": demo})) for demo in (True, False, True)] == ["made up", "real", "made up"]
    assert template.render(Context()) == "real"


def test_of_a_flag_only_yes_or_no_gets_in() -> None:
    template = Template("{% constant name %}{{ name }}{% endconstant %}")
    assert template.render(Context({"name": "Ana"})) == "True"
    assert template.render(Context({"name": "Ben"})) == "True"


def test_a_constant_part_holds_no_block() -> None:
    with pytest.raises(TemplateSyntaxError, match="holds no block"):
        Template("{% constant %}{% if 1 %}{% block main %}{% endblock %}{% endif %}{% endconstant %}")


def test_addresses_follow_the_servers_prefix_and_where_static_files_are(settings: Settings) -> None:
    inside = '{% url "docket" %} {% url "help-page" "contact" %} {% static "a" %}'
    template = Template("{% load static %}{% constant %}" + inside + "{% endconstant %}")
    plain = template.render(Context())
    assert plain == "/docket/ /help/contact/ /static/a"
    with override_script_prefix("/below/"):
        assert template.render(Context()).startswith("/below/docket/ /below/help/contact/ ")
    settings.STATIC_URL = "https://files.example.gov/"
    assert template.render(Context()) == "/docket/ /help/contact/ https://files.example.gov/a"
    settings.STATIC_URL = "/static/"
    assert template.render(Context()) == plain


def test_an_address_can_be_called_by_a_name() -> None:
    template = Template('{% url "docket" as here %}[{{ here }}]')
    assert template.render(Context()) == "[/docket/]"
    assert Template('{% url "nowhere" as here %}[{{ here }}]').render(Context()) == "[]"


def test_the_header_marks_the_page_that_is_shown_and_escapes_what_links_say() -> None:
    links = [
        {"url": "/docket/", "label": "Docket", "current": False},
        {"url": "/help/?a=1&b=2", "label": "Help & <more>", "current": True},
    ]
    assert Template("{% header_links nav %}").render(Context({"nav": links})) == (
        '<li><a href="/docket/">Docket</a></li>'
        '<li><a href="/help/?a=1&amp;b=2" aria-current="page">Help &amp; &lt;more&gt;</a></li>'
    )
    assert Template("{% header_links nav %}").render(Context()) == ""


@pytest.mark.parametrize("form", ["M j, Y", "Y-m-d", "D, N j"])
@pytest.mark.parametrize(
    "value", [date(2026, 5, 1), date(2019, 12, 31), datetime(2026, 9, 1, 12, tzinfo=UTC), None, ""]
)
def test_days_are_said_as_djangos_own_filter_says_them(value: object, form: str) -> None:
    shown = Template(f'{{{{ value|date:"{form}" }}}}').render(Context({"value": value}))
    assert shown == any_date(localtime(value) if isinstance(value, datetime) else value, form)


def test_an_address_of_a_variable_is_looked_up_anew() -> None:
    template = Template('{% url "help-page" name %} {% url "help-page" name|lower %}')
    assert template.render(Context({"name": "contact"})) == "/help/contact/ /help/contact/"
    assert template.render(Context({"name": "privacy"})) == "/help/privacy/ /help/privacy/"


REFERENCE = "USTR-2026-9001-000001"


@pytest.mark.parametrize(
    ("tag", "shown"),
    [
        ('{% url "case" reference %}', "/review/USTR-2026-9001-000001/"),
        ('{% url "case-entry" reference "legal" %}', "/review/USTR-2026-9001-000001/record/legal/"),
        ("{% url route reference %}", "/review/USTR-2026-9001-000001/events/"),
        ('{% url "case" reference as found %}({{ found }})', "(/review/USTR-2026-9001-000001/)"),
        ('{% url "case" odd %}', "/review/a%20%22b%22%3C/"),
        ('{% url "cluster" number %}', "/clusters/7/"),
        ('{% url "case-assignment" reference "take" %}', "/review/USTR-2026-9001-000001/take/"),
        ('{% url "tariff-number" dotted %}', "/tariff/8418.69.0120/"),
        ('{% url "tariff-number" dots %}', "/tariff/../"),
        ('{% url "tariff-number" "8418.69" %}', "/tariff/8418.69/"),
        ('{% url route "a.b" %}', "/review/a.b/events/"),
        ('{% url "no-such-page" reference as found %}({{ found }})', "()"),
    ],
)
def test_an_address_with_words_of_the_page_is_the_one_that_django_gives(tag: str, shown: str) -> None:
    values = {
        "reference": REFERENCE,
        "route": "case-events",
        "odd": 'a "b"<',
        "number": 7,
        "dotted": "8418.69.0120",
        "dots": "..",
    }
    template = Template(tag)
    assert [template.render(Context(values)) for _ in range(2)] == [shown, shown]


def test_an_address_with_words_of_the_page_stands_below_the_prefix_of_its_server() -> None:
    template = Template('{% url "case" reference %}')
    assert template.render(Context({"reference": REFERENCE})) == f"/review/{REFERENCE}/"
    with override_script_prefix("/exclusions/"):
        assert template.render(Context({"reference": REFERENCE})) == f"/exclusions/review/{REFERENCE}/"


def test_an_address_that_is_none_is_a_mistake() -> None:
    with pytest.raises(NoReverseMatch):
        Template('{% url "no-such-page" reference %}').render(Context({"reference": REFERENCE}))
