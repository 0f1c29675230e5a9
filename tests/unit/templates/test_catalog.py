"""What `makemessages` collects of the pages, their forms and messages: all that is marked.

In English it reads as it is written. A pseudo-locale, in which each message stands in brackets, is the translation.
"""

import ast
import gettext
import re
import shutil
import subprocess
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.template.base import Node, Template
from django.template.engine import Engine
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.test import override_settings
from django.utils import translation

from tests.conftest import cannot_run
from tests.unit.templates.marks import BY_JINJA2, TEMPLATES
from tests.unit.templates.test_marked import CODE, MODULES, PAGES

MESSAGE = re.compile(
    r'^msgid "(?P<one>.+)"\n(?:msgid_plural "(?P<many>.+)"\nmsgstr\[0\] ""\nmsgstr\[1\] ""|msgstr "")$', re.MULTILINE
)
CALLED = re.compile(r"""\b_\((?:"([^"]*)"|'([^']*)')\)""")


def bracketed(found: re.Match[str]) -> str:
    """Return a message with itself, in brackets, as its translation."""
    one, many = found["one"], found["many"]
    if many:
        return f'msgid "{one}"\nmsgid_plural "{many}"\nmsgstr[0] "⟦{one}⟧"\nmsgstr[1] "⟦{many}⟧"'
    return f'msgid "{one}"\nmsgstr "⟦{one}⟧"'


@pytest.fixture(scope="module")
def pseudo(tmp_path_factory: pytest.TempPathFactory) -> gettext.GNUTranslations:
    """Return the pseudo-locale of what `makemessages` finds in a copy of the pages."""
    if not (shutil.which("xgettext") and shutil.which("msgfmt")):
        cannot_run("gettext is not installed: bash .ci/programs.sh")
    folder = tmp_path_factory.mktemp("catalog")
    for root, names in ((TEMPLATES, PAGES), (CODE, MODULES)):
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(root / name, folder / name)
    (folder / "locale").mkdir()
    with pytest.MonkeyPatch.context() as patch, override_settings(LOCALE_PATHS=[]):
        patch.chdir(folder)
        call_command("makemessages", locale=["eo"], no_location=True, no_wrap=True, verbosity=0)
    catalog = folder / "locale" / "eo" / "LC_MESSAGES" / "django.po"
    catalog.write_text(MESSAGE.sub(bracketed, catalog.read_text().replace("#, fuzzy\n", "")))
    subprocess.run(["msgfmt", "--check-format", "-o", "pseudo.mo", catalog], cwd=folder, check=True)
    with (folder / "pseudo.mo").open("rb") as compiled:
        return gettext.GNUTranslations(compiled)


def marked(name: str) -> Iterator[str]:
    """Yield each message of a template, as Django reads the template itself."""
    source = (TEMPLATES / name).read_text()
    yield from (double or single for double, single in CALLED.findall(source))
    if name.startswith(BY_JINJA2):
        return
    nodes = Template(source, engine=Engine.get_default()).nodelist
    for node in nodes.get_nodes_by_type(Node):
        if isinstance(node, TranslateNode):
            yield str(node.filter_expression.var.literal).replace("%", "%%")
        elif isinstance(node, BlockTranslateNode):
            yield node.render_token_list(node.singular)[0]


def marked_in_code(name: str) -> Iterator[str]:
    """Yield each message of a module."""
    for call in ast.walk(ast.parse((CODE / name).read_text())):
        match call:
            case ast.Call(func=ast.Name("_" | "gettext_noop"), args=[ast.Constant(text)]):
                yield str(text)


def every_message() -> dict[str, list[str]]:
    """Return the messages of each page and each module."""
    return {name: list(marked(name)) for name in PAGES} | {name: list(marked_in_code(name)) for name in MODULES}


def test_every_message_is_collected(pseudo: gettext.GNUTranslations) -> None:
    known = every_message()
    left_out = {name: [one for one in found if pseudo.gettext(one) == one] for name, found in known.items()}
    assert {name: found for name, found in left_out.items() if found} == {}
    assert sum(map(len, known.values())) > 1500


def test_english_reads_as_it_is_written() -> None:
    """The catalog `en` has other words for what libraries say: none of them is a page's."""
    with translation.override("en-us"):
        messages = {one for found in every_message().values() for one in found}
        changed = {one: said for one in messages if (said := translation.gettext(one)) != one}
    assert changed == {}
