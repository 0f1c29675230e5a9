"""Pages of the public and of filers are marked for translation: no word of theirs is written beside the marks.

Pages of the staff, the administration, mail, letters, notices and the API stay English. Words that come from data and
from the kernel (questionnaires, workflow, checks) are no template's.
"""

from pathlib import Path

import pytest

from tests.unit.templates.marks import TEMPLATES, unmarked, unmarked_in_code

CODE = TEMPLATES.parent / "exclusions"
# Each folder, and each template that lies beside pages of the staff: people/ has both, and so has rows/. Templates of
# django/ have attributes of fields alone.
MARKED = (
    "public/", "lookup/", "importer/",
    "people/organizations/", "people/representation/", "people/watches/", "people/_tabs.html",
    "people/listed_members.html", "people/tokens.html", "_components/", "core/", "forms/",
    "account/", "allauth/", "mfa/", "socialaccount/", "usersessions/",
    "base.html", "400.html", "403.html", "404.html", "500.html",
    "rows/chart", "rows/deadline.html", "rows/docket.html", "rows/goods.html", "rows/hits.html", "rows/key_facts.html",
    "rows/number_exclusions.html", "rows/options.html", "rows/own.html", "rows/registry.html", "rows/sheet",
    "rows/term_bars.html",
)  # fmt: skip
# What stays as it is, and why.
STAYS = {
    "width=device-width, initial-scale=1": "an instruction to the browser",
    "| Tradecases": "the product's name",
    "tc-badge tc-badge--confidential": "classes of the style sheet",
    '{none} {name}="{value}" usa-input--error {attrs["class"]}': "attributes, which macros write outside an element",
}
PAGES = sorted(
    path.relative_to(TEMPLATES).as_posix()
    for path in TEMPLATES.rglob("*.html")
    if path.relative_to(TEMPLATES).as_posix().startswith(MARKED)
)

# Forms and views of these pages; `people` has those of the staff too.
FILERS = {"listed_members", "organizations", "own_watch", "passwords", "representation", "tokens", "watches"}
MODULES = sorted(
    path.relative_to(CODE).as_posix()
    for wing in ("forms/*.py", "forms/lookup/*.py", "forms/people/*.py", "views/*/*.py")
    for path in CODE.glob(wing)
    if path.parent.name not in {"casework", "notices"}
    and path.name != "decisions.py"
    and (path.parent.name != "people" or path.stem in FILERS)
)


@pytest.mark.parametrize("name", PAGES)
def test_every_word_of_a_page_is_marked(name: str, tmp_path: Path) -> None:
    assert [words for words in unmarked((TEMPLATES / name).read_text(), tmp_path) if words not in STAYS] == []


@pytest.mark.parametrize("name", MODULES)
def test_every_text_of_a_form_and_every_message_is_marked(name: str) -> None:
    assert unmarked_in_code((CODE / name).read_text()) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('forms.CharField(label="Number")', ["'Number'"]),
        ('forms.CharField(label=_("Number"), help_text="8 digits", max_length=10)', ["'8 digits'"]),
        ('forms.CharField(error_messages={"required": "Enter one."})', ["'Enter one.'"]),
        ('raise forms.ValidationError(f"{one} is none.")', ["f'{one} is none.'"]),
        ('form.add_error("lines", "Enter one.")', ["'Enter one.'"]),
        ('messages.success(request, stopped(f"Kept {one}"))', ["f'Kept {one}'"]),
        ('messages.success(request, _("Kept %(one)s.") % {"one": one})', []),
    ],
)
def test_texts_beside_the_marks_are_found(source: str, found: list[str]) -> None:
    assert unmarked_in_code(source) == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>Read this.</p>", ["Read this."]),
        ("<p>{{ one }} of them</p>", ["{one} of them"]),
        ('<p>{% translate "Read" %} this</p>', ["this"]),
        ("{% if one %}yes{% else %}{% translate 'no' %}{% endif %}", ["yes"]),
        ('<img alt="A pump">', ["A pump"]),
        ('<th data-label="{{ one }}"><td data-label="Number">', ["Number"]),
        ('{{ one|default:"None yet" }}', ["None yet"]),
        ('{% include "a.html" with label="Read this" tone="Wait" only %}', ["Read this"]),
        ('{% blocktranslate with one=two|default:"None yet" %}Read{% endblocktranslate %}', ["None yet"]),
        ('{% trail docket_url "Docket" as trail %}', ["Docket"]),
        ('<p>{% translate "Read" %} {% blocktranslate %}this {{ one }}{% endblocktranslate %}{# not this #}</p>', []),
        ('{% include "a.html" with label=_("Read this") only %}{{ one|default:_("None yet") }}', []),
        ('{% if one == "Read this" %}{{ day|date:"M j, Y" }}{% endif %}<code>make all</code>', []),
        ('<p>{{ _("Read this, %(one)s")|format(one=two) }}</p>', []),
    ],
)
def test_words_beside_the_marks_are_found(source: str, found: list[str], tmp_path: Path) -> None:
    assert unmarked(source, tmp_path) == found
