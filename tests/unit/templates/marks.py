"""What of a template's words is not marked for translation, and what of a module's."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from exclusions.management.copy.markup import template_copy

TEMPLATES = Path(__file__).resolve().parents[3] / "templates"
BY_JINJA2 = ("rows/", "forms/")
# What is read by programs, or by people who know it as it stands: code, and what is drawn.
VERBATIM = re.compile(r"<(script|style|pre|svg)\b.*?</\1>|<code\b[^>]*>[^<]*</code>", re.DOTALL)
COMMENTS = re.compile(r"{#.*?#}|{% comment.*?endcomment %}", re.DOTALL)
BLOCK = re.compile(r"{% blocktranslate\b(.*?)%}.*?{% endblocktranslate %}", re.DOTALL)
TRANSLATE = re.compile(r"""{% translate (?:"[^"]*"|'[^']*')(?: as \w+)? %}""")
CONSTANT = re.compile(r"""\b_\((?:"[^"]*"|'[^']*')\)""")
# Constants that nobody reads: names of templates, routes, files and attributes, comparisons, formats of dates.
UNREAD = re.compile(
    r"""{%\s*(?:if|elif|url|static|extends|load|cache|from|import)\b.*?%}"""
    r"""|\b(?:tone|kind|id|name|route|visibility|button_id)="[^"]*"|(?:include|rows)\s+"[^"]*\""""
    r"""|\|(?:date|time|join|add):"[^"]*\"|{% block (?:more_class|width) %}.*?{% endblock %}""",
    re.DOTALL,
)


def unmarked(source: str, folder: Path) -> list[str]:
    """Return the words of a template's source that are not marked, each once; `folder` is an empty one to work in."""
    for pattern, instead in (
        (COMMENTS, ""), (VERBATIM, ""), (BLOCK, r"{% with \1 %}"), (TRANSLATE, ""), (CONSTANT, "none"), (UNREAD, ""),
    ):  # fmt: skip
        source = pattern.sub(instead, source)
    path = folder / "templates" / "page.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source, encoding="utf-8")
    return list(dict.fromkeys(line.text for line in template_copy(path, folder)))


# What forms show, by the name of the argument.
SHOWN = {"label", "help_text", "empty_label"}
MESSAGES = {"messages.success", "messages.error", "messages.warning", "messages.info"}


def unmarked_in_code(source: str) -> list[str]:
    """Return what a module of forms or views shows as it is written: labels, help, errors and messages.

    Texts that a variable has are not seen.
    """
    found = []
    for call in ast.walk(ast.parse(source)):
        if isinstance(call, ast.Call):
            found += [ast.unparse(one) for one in _shown(call) if _is_words(one)]
    return found


def _shown(call: ast.Call) -> Iterator[ast.expr]:
    name = ast.unparse(call.func)
    if name.endswith("Field"):
        for given in call.keywords:
            if given.arg in SHOWN:
                yield given.value
            elif given.arg == "error_messages" and isinstance(given.value, ast.Dict):
                yield from given.value.values
    elif name.endswith("ValidationError"):
        yield from call.args[:1]
    elif name in MESSAGES or name.endswith(".add_error"):
        yield from call.args[1:2]
    elif name == "stopped":
        yield from call.args


def _is_words(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and any(map(str.isalpha, node.value))
    return isinstance(node, ast.JoinedStr)
