"""All copy: the command that lists it finds words of every kind, and none of it has a word of the list."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from exclusions.management.copy import Line, all_copy
from tests.integration.plain.words import BETTER, STAY, faults

PLANTED = {
    "templates/public/planted.html": """{% extends "base.html" %}
{% block title %}A title that is planted{% endblock %}
{% block main %}
<h1 title="A hint that is planted">A heading that is planted</h1>
<p>A sentence with {{ one }} and <a href="/">a link</a> that is planted.</p>
{% if one %}A branch that is planted{% else %}The other branch that is planted{% endif %}
<img src="x.png" alt="A picture that is planted">
<input name="q" placeholder="A product that is planted" aria-label="A label that is planted">
{% include "x.html" with label="A word for a part that is planted" only %}
{{ one|default:"A default that is planted" }}
<script>no.copy("of pages is here")</script>
{% blocktranslate %}A translated sentence that is planted{% endblocktranslate %}
<p>{% translate "A marked sentence that is planted," %} {{ one }}.</p>
<p>{% blocktranslate count n=one %}One that is planted{% plural %}{{ n }} that are planted{% endblocktranslate %}</p>
{% include "x.html" with label=_("A marked word that is planted") only %}
{{ one|default:_("A marked default that is planted") }}
<p>{{ _("A sentence of Jinja2 that is planted, %(one)s.")|format(one=two) }}</p>
{% endblock %}
""",
    "templates/email/planted.txt": "A mail that is planted, {{ name }}.\n",
    "templates/letters/words/planted.txt": "A letter that is planted, {name}.\n",
    "exclusions/forms/planted.py": '''"""A docstring that nobody reads."""
class Planted(forms.Form):
    """Another one."""
    one = forms.CharField(label="A label that is planted", help_text="A help that is planted",
                          error_messages={"required": "An error that is planted"})
    def clean_one(self):
        raise ValidationError("An invalid answer that is planted")
''',
    "exclusions/actions/planted.py": """
def act(request, at):
    messages.success(request, f"A message that is planted {at:%Y}.")
    if at:
        raise ActionRefused("A refusal that is planted")
    return {"one": "A label of workflow that is planted"}
""",
    "exclusions/models/planted.py": """
class Kind(models.TextChoices):
    ONE = "one", "A choice that is planted"
class Planted(models.Model):
    one = models.CharField("A name that is planted", help_text="A help that is planted")
    class Meta:
        verbose_name = "planted model name"
""",
    "exclusions/admin/planted.py": 'class Planted:\n    one = display(description="A column that is planted")\n',
    "exclusions/views/planted.py": 'HEADINGS = ("Reference", "A heading that is planted")\n',
    "exclusions/management/commands/planted.py": '"""A command that is planted."""\nsay("An output that is planted")\n',
    "static/js/planted.js": "// a remark that nobody reads\nsay('A script that is planted');\n",
    "exclusions/data/planted.toml": 'one = "A text that is planted"\n',
    "locale/en/LC_MESSAGES/django.po": 'msgid ""\nmsgstr ""\n\nmsgid "x"\nmsgstr "A translation that is planted"\n',
}


@pytest.fixture
def planted(tmp_path: Path) -> list[Line]:
    """Return the copy of a project in which words of each kind are planted."""
    for name, text in PLANTED.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return [one for one in all_copy(tmp_path) if not one.place.startswith("exclusions.")]


@pytest.mark.parametrize("name", PLANTED)
def test_the_list_has_each_piece_of_copy_that_a_file_holds(planted: list[Line], name: str) -> None:
    found = " ".join(one.text for one in planted if one.place.startswith(f"{name}:"))
    assert found.count("planted") == PLANTED[name].count("planted")
    assert not any(word in found for word in ("nobody reads", "Another one", "of pages is here"))


@pytest.mark.parametrize(
    ("words", "place", "kind"),
    [
        ("A sentence with {one} and a link that is planted.", "templates/public/planted.html:5", "text"),
        ("A picture that is planted", "templates/public/planted.html:7", "attribute alt"),
        ("A default that is planted", "templates/public/planted.html:10", "tag"),
        ("A marked sentence that is planted, {one}.", "templates/public/planted.html:13", "text"),
        ("One that is planted", "templates/public/planted.html:14", "text"),
        ("{n} that are planted", "templates/public/planted.html:14", "text"),
        ("A marked word that is planted", "templates/public/planted.html:15", "tag"),
        ("A sentence of Jinja2 that is planted, %(one)s.", "templates/public/planted.html:17", "text"),
        ("A mail that is planted, {name}.", "templates/email/planted.txt:1", "mail"),
        ("A letter that is planted, {name}.", "templates/letters/words/planted.txt:1", "letter"),
        ("A label that is planted", "exclusions/forms/planted.py:4", "label"),
        ("A help that is planted", "exclusions/forms/planted.py:4", "help"),
        ("An error that is planted", "exclusions/forms/planted.py:5", "error"),
        ("An invalid answer that is planted", "exclusions/forms/planted.py:7", "refusal"),
        ("A message that is planted {at}.", "exclusions/actions/planted.py:3", "message"),
        ("A refusal that is planted", "exclusions/actions/planted.py:5", "refusal"),
        ("A choice that is planted", "exclusions/models/planted.py:3", "choice"),
        ("A column that is planted", "exclusions/admin/planted.py:2", "label"),
        ("Reference", "exclusions/views/planted.py:1", "list"),
        ("An output that is planted", "exclusions/management/commands/planted.py:2", "command"),
        ("A script that is planted", "static/js/planted.js:2", "script"),
        ("A translation that is planted", "locale/en/LC_MESSAGES/django.po:5", "translation"),
    ],
)
def test_the_list_says_where_words_stand_and_what_they_are(
    planted: list[Line], words: str, place: str, kind: str
) -> None:
    assert Line(place, kind, words) in planted


def test_the_command_prints_all_of_it_as_csv() -> None:
    out = StringIO()
    call_command("list_copy", "--format", "csv", "--kind", "help", stdout=out)
    header, *rows = out.getvalue().splitlines()
    assert header == "place,kind,text"
    assert any(row.startswith("exclusions.Round.") for row in rows)


@pytest.mark.parametrize("bad", ["The numbers thereof.", "Nothing to ask back.", "Prior to filing, sign in."])
def test_a_word_of_the_list_is_found_with_the_better_one(bad: str) -> None:
    [fault] = faults(bad)
    assert "write" in fault


def test_no_copy_has_a_word_that_plain_english_has_a_better_one_for() -> None:
    wrong = {
        f"{one.place} {one.text[:90]}": found
        for one in all_copy(Path(settings.BASE_DIR))
        if not one.place.startswith(tuple(STAY)) and (found := faults(one.text))
    }
    assert wrong == {}
    assert len(BETTER) < 60, "a short list"
