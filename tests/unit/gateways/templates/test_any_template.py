"""Templates put together at random from what pages are written in say what Django's own say of them."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.gateways.templates.test_as_django_says import told

NAMES = [
    *("words", "safe", "number", "no", "nothing", "money", "day", "absent", "rows", "empty", "x", "y", "x.0", "pair.0"),
    *("thing.name", "thing.method", "thing.missing", "thing.absent", "map.items", "map.inner.deep.1.one", "red.label"),
    *("forloop.counter", "forloop.first", "forloop.parentloop.counter", "block.name", "'a & b'", "7", "2.5", "None"),
]
FILTERS = ["", "", "", "|default:words", "|default:'<i>'", "|upper", "|length", "|add:number", "|safe", "|linebreaksbr"]
TESTS = ["{}", "not {}", "{} and {}", "{} or {}", "{} == {}", "{} in {}", "{} > {}", "not {} or {}", "{} is not {}"]
AROUND = [
    "{{% for x in {0} %}}{1}{{% empty %}}none{{% endfor %}}",
    "{{% for x, y in rows %}}{1}{2}{{% endfor %}}",
    "{{% for y in {0} reversed %}}{2}{1}{{% endfor %}}",
    "{{% with x={0} y=words %}}{1}{{% endwith %}}{2}",
    "{{% if {0} %}}{1}{{% else %}}{2}{{% endif %}}",
    "{{% autoescape off %}}{1}{{% endautoescape %}}{2}",
    "{{% filter upper %}}{1}{{% endfilter %}}{2}",
    "{{% ifchanged %}}{1}{{% endifchanged %}}{2}",
]
LEAVES = [
    "<b>{{{{ {0} }}}}</b>",
    "{{{{ {0} }}}}{{{{ {1} }}}}",
    "{{% include 'part.html' with given={0} only %}}",
    "{{% include 'part.html' with words={0} %}}",
    "{{% firstof {0} {1} as x %}}",
    "{{% cycle {0} {1} as y %}}",
    "{{% csrf_token %}}{{% now 'Y' as x %}}",
]

expressions = st.builds(str.__add__, st.sampled_from(NAMES), st.sampled_from(FILTERS))
conditions = st.builds(str.format, st.sampled_from(TESTS), expressions, expressions)
leaves = st.builds(str.format, st.sampled_from(LEAVES), expressions, expressions)


def _around(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    tested = st.builds("{{% if {} %}}{}{{% elif {} %}}{}{{% endif %}}".format, conditions, inside, conditions, inside)
    return st.one_of(tested, st.builds(str.format, st.sampled_from(AROUND), expressions, inside, inside))


def _outcome(quick: bool, said: str) -> str:
    """Return what a template says, or the kind of mistake that it makes."""
    try:
        return told(quick, said, with_request=True)
    except Exception as error:
        return type(error).__name__


@settings(max_examples=300, deadline=None)
@given(st.recursive(leaves, _around, max_leaves=8), st.booleans())
def test_any_template_says_what_django_says(said: str, in_a_block: bool) -> None:
    if in_a_block:
        said = "{% extends 'page.html' %}{% block body %}" + said + "{{ block.super }}{% endblock %}"
    assert _outcome(True, said) == _outcome(False, said)
