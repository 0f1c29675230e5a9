"""The forms of a page, as a browser would send them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

Pairs = list[tuple[str, str]]
NEVER_SENT = frozenset({"file", "button", "reset", "image"})


@dataclass
class Form:
    """One form: where it leads, how, and with what."""

    action: str
    method: str
    pairs: Pairs = field(default_factory=list)
    buttons: Pairs = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    others: set[str] = field(default_factory=set)  # boxes that are not ticked, choices that are not made

    @property
    def names(self) -> list[str]:
        """The names of all that can be sent."""
        return sorted({*(name for name, _ in self.pairs), *self.others, *(name for name, _ in self.buttons)})


class Reader(HTMLParser):
    """Reads the forms of one page."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.forms: list[Form] = []
        self._text: str | None = None  # the name of the text area that is open
        self._select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a form, or a field of the one that is open."""
        about = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(urljoin(self.address, about.get("action", "")), about.get("method", "get").upper()))
        elif self.forms and tag in {"input", "button", "textarea", "select", "option"}:
            self._control(tag, about, self.forms[-1])

    def _control(self, tag: str, about: dict[str, str], form: Form) -> None:
        name, value, kind = about.get("name", ""), about.get("value", ""), about.get("type", "")
        if tag == "option":
            if self._select and "selected" in about:
                form.pairs.append((self._select, value))
        elif not name:
            return
        elif tag == "textarea":
            self._text = name
            form.pairs.append((name, ""))
        elif tag == "select":
            self._select = name
            form.others.add(name)
        elif tag == "button" or kind == "submit":
            form.buttons.append((name, value))
        elif kind == "file":
            form.files.append(name)
        elif kind in {"checkbox", "radio"} and "checked" not in about:
            form.others.add(name)
        elif kind not in NEVER_SENT:
            form.pairs.append((name, value))

    def handle_endtag(self, tag: str) -> None:
        """Note the end of what holds text or choices."""
        if tag == "textarea":
            self._text = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        """Take the text of a text area."""
        if self._text and self.forms:
            name, before = self.forms[-1].pairs[-1]
            self.forms[-1].pairs[-1] = (name, before + data.removeprefix("\n"))


def forms_of(address: str, html: str) -> list[Form]:
    """Return the forms of a page that lead to this site."""
    reader = Reader(address)
    reader.feed(html)
    return [form for form in reader.forms if not urlsplit(form.action).netloc]
