"""HTML stands in templates: no text of a module holds a tag, but where a table says why."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.architecture.source import Source, snippet, whole_product, whole_texts

HTML = """
    a abbr address area article aside audio b base bdi bdo blockquote body br button canvas caption center cite code
    col colgroup data datalist dd del details dfn dialog div dl dt em embed fieldset figcaption figure font footer
    form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link
    main map mark menu meta meter nav noscript object ol optgroup option output p param picture pre progress q rp rt
    ruby s samp script search section select slot small source span strong style sub summary sup svg table tbody td
    template textarea tfoot th thead time title tr track u ul var video wbr
"""
SVG = """
    animate animatemotion animatetransform circle clippath defs desc ellipse feblend fecolormatrix feflood feimage
    femerge feoffset filter foreignobject g image line lineargradient marker mask metadata mpath path pattern
    polygon polyline radialgradient rect set stop switch symbol text textpath tspan use view
"""
ELEMENTS = frozenset(HTML.split()) | frozenset(SVG.split())
GAP = "\N{REPLACEMENT CHARACTER}"  # a value of an f-string, where a name may stand too
TAG = re.compile(rf"(?<!\?P)</?([A-Za-z][\w-]*|{GAP})(?=[\s/>{GAP}]|$)|(<!(?:--|doctype))", re.IGNORECASE)

NONE: tuple[frozenset[str], str] = (frozenset(), "")
RECOGNISES = "Recognises a file by what stands in it; nothing of it is sent."
# Module: the tags that may stand in it, and why.
EXCEPTIONS: dict[str, tuple[frozenset[str], str]] = {
    "exclusions.gateways.typesetting": (
        frozenset({"<svg", "<path", "</svg"}),
        "Builds the picture of a code that typst sets into a letter; no page shows it.",
    ),
    "exclusions.gateways.spreadsheet": (
        frozenset({"<font", "</font", "<b"}),
        "Writes SpreadsheetML, which calls a typeface and its weight as HTML does.",
    ),
    "exclusions.gateways.documents.drawings": (frozenset({"<svg"}), RECOGNISES),
    "exclusions.gateways.documents.inspection": (frozenset({"<script", "<html", "<svg"}), RECOGNISES),
    "exclusions.gateways.documents.office.cleaning": (frozenset({"<!--"}), RECOGNISES),
    "exclusions.gateways.rows": (frozenset({"<!doctype", "<html"}), RECOGNISES),
    "exclusions.views.core.middleware.keep_typed": (frozenset({"</main"}), "Finds the end of a page's main part."),
    "exclusions.management.commands.draw_workflow": (frozenset({"<!--"}), "Marks a place in the README, no page."),
    "exclusions.actions.record.notifications": (frozenset({"<{}"}), "An address in a header of a mail (RFC 2369)."),
}
# The admin has no templates of its own: there a tag may stand in what `format_html` is given.
ADMIN = "exclusions.admin."


def tags(text: str) -> Iterator[str]:
    """Yield the tags of HTML and SVG in a text."""
    for found in TAG.finditer(text):
        name, mark = found.groups()
        if mark or name == GAP or name.lower() in ELEMENTS:
            yield found[0].replace(GAP, "{}")


def breaches(module: Source) -> list[str]:
    """Return the tags in the texts of a module, by their lines; those of regular expressions are left out."""
    passed = {id(part) for text in _let_pass(module) for part in ast.walk(text)}
    return [
        f"{module.name}:{node.lineno} {tag}"
        for node, text in whole_texts(module, GAP)
        if id(node) not in passed
        for tag in tags(text)
        if tag not in EXCEPTIONS.get(module.name, NONE)[0]
    ]


def _let_pass(module: Source) -> Iterator[ast.expr]:
    """Yield what is a regular expression or a format of bytes, and in the admin what `format_html` is given."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and node.args:
            called = module.meaning(node.func)
            in_admin = module.name.startswith(ADMIN) and called == "django.utils.html.format_html"
            if called.startswith(("re.", "struct.")) or in_admin:
                yield node.args[0]


def test_no_tag_stands_in_a_text_of_the_product() -> None:
    assert [breach for module in whole_product() for breach in breaches(module)] == []


def test_every_exception_is_needed() -> None:
    named = {
        module.name: {tag for _, text in whole_texts(module, GAP) for tag in tags(text)} for module in whole_product()
    }
    assert {name: allowed - named[name] for name, (allowed, _) in EXCEPTIONS.items() if allowed - named[name]} == {}


BREACHES = [
    "ROW = '<td>{}</td>'",
    "def row(cell): return f'<td>{cell}</td>'",
    "def row(tag, cell): return f'<{tag}>{cell}'",
    "def row(cell): return '</li>' + cell",
    "CELL = '<td data-label=\"{}\">'",
    "BREAK = 'a<br/>b'",
    "BEGINS = '<svg '\n'viewBox=\"0 0 1 1\">'",
    "LINE = '<line x1=\"1\"/>'",
    "MARK = b'</main>'",
    "PAGE = '<!doctype html>'",
    "from django.utils.html import format_html\nROW = format_html('<LI>{}</LI>', 1)",
    "def words(text): return text.replace('<mark', '')",
    "class Row:\n    html = '''\n      <input\n      type=hidden>'''",
]


@pytest.mark.parametrize("text", BREACHES)
def test_a_tag_is_seen(text: str) -> None:
    assert breaches(snippet(text, "exclusions.templatetags.rows"))


@pytest.mark.parametrize(
    "text",
    [
        '"""A row is a `<td>`."""',
        "def row():\n    '''Return a `<td>`.'''",
        "import re\nTAG = re.compile(r'<td>')",
        "ADDRESS = 'review/<str:reference>/<slug:kind>/'",
        "import struct\nHEAD = struct.Struct('<I')",
        "SMALL = 'a < b, b > c and <none>'",
        "def sender(name): return f'{name} <{name}@example.org>'",
        "GROUP = r'(?P<path>[^/]+)'",
    ],
)
def test_nothing_else_is_taken_for_one(text: str) -> None:
    assert breaches(snippet(text, "exclusions.templatetags.rows")) == []


def test_format_html_is_let_pass_in_the_admin_alone() -> None:
    text = "from django.utils.html import format_html\ndef link(href): return format_html('<a href=\"{}\">x</a>', href)"
    assert breaches(snippet(text, "exclusions.admin.rounds")) == []
    assert breaches(snippet(text, "exclusions.views.casework.case"))
    assert breaches(snippet("ROW = '<td>'", "exclusions.admin.rounds"))
