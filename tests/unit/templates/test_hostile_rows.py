"""Whatever a text says, rows show it as a text: in Jinja2's templates as in Django's."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines
from django.template.loader import render_to_string
from jinja2 import UndefinedError

from tests.depth import so_many
from tests.unit.templates.row_samples import PAGES, ROWS

FOLDER = Path(settings.BASE_DIR) / "templates" / "rows"
PLAIN = "Pump housings"
HOSTILE = {
    "a script": '<script src="//evil.example/x.js">alert(1)</script>',
    "the end of an attribute": "\" onmouseover=\"alert(1)\" x='y' '><img src=x onerror=alert(1)>",
    "a variable": "{{ settings.SECRET_KEY }} {{ 7 * 7 }} {{ self.__init__.__globals__ }}",
    "a tag": "{% include 'base.html' %}{% for a in b %}{% raw %}{# words #}",
    "an entity": "&lt;script&gt; &amp;amp; &#60;b&#62; &",
    "the end of a comment": "--><!-- ]]> </td></tr></table></svg></title></select></option>",
    "separators of lines": "a\u2028b\u2029c\x85d\ve\ff",
    "marks of direction": "\u202e\u2066<b>\u2069\u200f\u061c\ufeff",
    "signs that cannot be printed": "a\x00b\x01c\x1b[31m\x7f\ufffe",
    "percents and braces": "%s %(a)s {} {0} {a!r} %d",
    "a very long one": "<b>&\"'" * so_many(1_000, 20_000),  # 6,000 characters; no column holds as many
    "words marked as found": "<pump> & pumps <script>pump</script>",
}


class Structure(HTMLParser):
    """The elements of a text of HTML with the names of their attributes, and the texts in it."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[object] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "mark":
            self.elements.append((tag, [name for name, _ in attrs]))
        self.texts += [value or "" for _, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        if tag != "mark":
            self.elements.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def says(self, text: str) -> int:
        """Return how often a text is said, wherever lines break and whichever its first letter is."""
        said, sought = ("".join(words.split()).casefold() for words in ("".join(self.texts), text))
        return said.count(sought)

    def handle_comment(self, data: str) -> None:
        self.elements.append(f"comment {data}")

    def handle_decl(self, decl: str) -> None:
        self.elements.append(f"declaration {decl}")

    def handle_pi(self, data: str) -> None:
        self.elements.append(f"instruction {data}")


CASES = [("jinja2", name) for name in ROWS] + [("django", name) for name in PAGES]


def test_each_template_of_rows_has_its_sample() -> None:
    assert set(ROWS) == {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.*")}


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize(("engine", "name"), CASES, ids=str)
def test_a_hostile_text_is_shown_and_nothing_more(engine: str, name: str, hostile: str) -> None:
    given = (ROWS if engine == "jinja2" else PAGES)[name]
    kind, meant = (Structure(render_to_string(name, dict(given(text)), using=engine)) for text in (hostile, PLAIN))
    assert kind.elements == meant.elements
    assert kind.says(hostile) == meant.says(PLAIN)


@pytest.mark.parametrize("engine", ["django", "jinja2"])
@pytest.mark.parametrize("source", ["<p>{{ text|safe }}</p>", "<p title={{ text }}></p>"])
def test_a_text_that_is_not_escaped_or_not_quoted_would_be_noticed(engine: str, source: str) -> None:
    drawn = engines[engine].from_string(source)
    told = {str(Structure(drawn.render({"text": text})).elements) for text in [PLAIN, *HOSTILE.values()]}
    assert len(told) > 1


def test_a_name_that_nobody_gave_is_a_mistake() -> None:
    with pytest.raises(UndefinedError):
        engines["jinja2"].from_string("{{ nobody }}").render({})


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_both_engines_escape_alike(hostile: str) -> None:
    source = '<p title="{{ text }}">{{ text }}</p>'
    made = [engines[name].from_string(source).render({"text": hostile}) for name in ("django", "jinja2")]
    one, other = map(Structure, made)
    assert one.elements == other.elements == [("p", ["title"]), "/p"]
    assert one.texts == other.texts
    assert not {"<", ">", '"'} & set(made[1].removeprefix('<p title="').removesuffix("</p>").replace('">', "", 1))
