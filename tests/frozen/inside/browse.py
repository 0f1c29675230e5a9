"""A page read for where it leads: its links, what its filters may ask for, and its forms that people type into."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import chain
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

# Where going changes who asks, or which leads out of the site.
LEFT_ALONE = re.compile(r"^/(?:accounts/logout|accounts/oidc|static|accounts/2fa|accounts/password/reset/key)|/jsi18n/")
TEXTS = {
    "text": "<b>Typed & sent</b> \u201cwith care\u201d",
    "email": "no-address",
    "url": "no-page",
    "number": "-1",
    "date": "32nd",
}
SHORT = 24


@dataclass
class Form:
    """A form: where it leads, and its fields as a browser would send them."""

    method: str
    action: str
    sent: dict[str, list[str]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)  # of each field that people fill in
    choices: dict[str, list[str]] = field(default_factory=dict)

    def emptied(self) -> dict[str, list[str]]:
        """Return what is sent where nobody filled anything in."""
        return {name: values for name, values in self.sent.items() if name not in self.kinds}

    def typed(self) -> dict[str, list[str]]:
        """Return what is sent where each field has a hostile text, or the first choice that says something."""
        filled = {name: [TEXTS.get(kind, TEXTS["text"])] for name, kind in self.kinds.items() if kind in TEXTS}
        chosen = {name: [value] for name, values in self.choices.items() for value in [*filter(None, values)][:1]}
        return {**self.sent, **filled, **chosen}


class Page(HTMLParser):
    """Reads a page at an address."""

    def __init__(self, address: str, text: str) -> None:
        super().__init__()
        self.address, self.links, self.forms = address, list[str](), list[Form]()
        self._select = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take links, forms and fields."""
        has = {name: value or "" for name, value in attrs}
        name, kind = has.get("name", ""), has.get("type", "text").lower()
        if tag == "a" and "href" in has:
            self.links.append(self._whole(has["href"]))
        elif tag == "form":
            self.forms.append(Form(has.get("method", "get").lower(), self._whole(has.get("action", ""))))
        elif self.forms and tag in {"input", "select", "textarea", "option"} and (name or tag == "option"):
            self._field(tag, name, kind, has)

    def _whole(self, address: str) -> str:
        return urljoin(self.address, address).partition("#")[0]

    def _field(self, tag: str, name: str, kind: str, has: dict[str, str]) -> None:
        form, value = self.forms[-1], has.get("value", "")
        if tag == "option":
            form.choices.setdefault(self._select, []).append(value)
            if "selected" in has:
                form.sent.setdefault(self._select, []).append(value)
        elif tag == "select":
            self._select, form.kinds[name] = name, "select"
        elif tag == "textarea":
            form.kinds[name] = "text"
        elif kind in {"radio", "checkbox"}:
            form.kinds[name] = kind
            if kind == "radio":
                form.choices.setdefault(name, []).append(value)
            if "checked" in has:
                form.sent.setdefault(name, []).append(value or "on")
        elif kind not in {"submit", "button", "image", "reset", "file"}:
            form.sent.setdefault(name, []).append(value)
            if kind != "hidden":
                form.kinds[name] = "text" if kind in {"search", "tel", "password"} else kind

    def leads_to(self) -> Iterator[str]:
        """Yield the addresses of this site that the page leads to, those of its filters last."""
        filters = (self._asked(form) for form in self.forms if form.method == "get")
        for address in chain(self.links, *filters):
            parts = urlsplit(address)
            if not parts.scheme and not parts.netloc and parts.path.startswith("/") and not LEFT_ALONE.search(address):
                yield address

    def _asked(self, form: Form) -> Iterator[str]:
        base = form.action.partition("?")[0]
        for name, values in form.choices.items():
            yield from (f"{base}?{urlencode({name: value})}" for value in values)
        for name, kind in form.kinds.items():
            yield from (f"{base}?{urlencode({name: text})}" for text in ("pump", "8413", "2026-11-01", TEXTS["text"])
                        if kind in TEXTS)  # fmt: skip


def shape(address: str) -> str:
    """Return the address with its keys taken out: of one shape, two or three are enough."""
    parts = urlsplit(address)
    path = re.sub(r"(?<=/)(?=[^/]*\d)[^/]+?(?=[/.]|$)", "*", parts.path)
    asked = [f"{name}={value if len(value) < SHORT and not re.search(r'[0-9]{2}', value) else '*'}"
             for name, value in sorted(parse_qsl(parts.query, keep_blank_values=True))]  # fmt: skip
    return f"{path}?{'&'.join(asked)}"
