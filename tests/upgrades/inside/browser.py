"""A person at a browser, without the browser: pages are asked for, their forms filled in and sent."""

import base64
import hmac
import re
import struct
import time
import zipfile
from datetime import timedelta
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

PASSWORD = "open-docket-2026"  # of every account of the demonstration
PACE = timedelta(seconds=20)  # for each thing that a person does
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XML = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


class Fields(HTMLParser):
    """The fields of the one form that holds a field of a given name, as a browser would send them."""

    def __init__(self, page: str, having: str) -> None:
        super().__init__()
        self.forms: list[dict[str, list[str]]] = []
        self.boxes: list[set[str]] = []
        self.place = ""
        self.text: list[str] | None = None
        self.feed(page)
        found = [place for place, form in enumerate(self.forms) if having in form or having in self.boxes[place]]
        assert found, f"no form with the field {having}"
        self.sent, self.unticked = self.forms[found[0]], self.boxes[found[0]]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the value of a field that is sent; remember the names of the others."""
        has = dict(attrs)
        name, value, kind = has.get("name") or "", has.get("value"), has.get("type") or "text"
        if tag == "form":
            self.forms.append({})
            self.boxes.append(set())
        elif not self.forms:
            return
        elif tag == "select":
            self.place = name
            self.boxes[-1].add(name)
        elif tag == "option" and "selected" in has:
            self._add(self.place, value or "")
        elif tag == "textarea":
            self.place, self.text = name, []
        elif tag == "input" and name and kind not in {"submit", "button", "image", "reset"}:
            if kind == "file" or (kind in {"checkbox", "radio"} and "checked" not in has):
                self.boxes[-1].add(name)
            else:
                self._add(name, "on" if value is None and kind == "checkbox" else value or "")

    def handle_data(self, data: str) -> None:
        """Take the text of a text area."""
        if self.text is not None:
            self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Close a text area; its first line break is not part of it."""
        if tag == "textarea" and self.text is not None:
            self._add(self.place, re.sub(r"\A\r?\n", "", "".join(self.text)))
            self.text = None

    def _add(self, name: str, value: str) -> None:
        self.forms[-1].setdefault(name, []).append(value)


def document(name: str, text: str) -> SimpleUploadedFile:
    """Return a Word document of one paragraph."""
    out, at = BytesIO(), (2026, 1, 1, 0, 0, 0)
    parts = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {XML}><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>",
    }
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for part, content in parts.items():
            written.writestr(zipfile.ZipInfo(part, at), content)
    return SimpleUploadedFile(name, out.getvalue(), WORD)


def code_of(secret: str) -> str:
    """Return what an authenticator app with this secret shows now (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    (number,) = struct.unpack_from(">I", digest, digest[-1] & 15)
    return f"{(number & 0x7FFFFFFF) % 1_000_000:06}"


class Person:
    """Somebody at a browser."""

    def __init__(self, clock: time_machine.Traveller, name: str = "") -> None:
        self.clock, self.client = clock, Client(SERVER_NAME="127.0.0.1")
        if name:
            self.send("/accounts/login/", login=f"{name}@demo.example", password=PASSWORD)

    def see(self, path: str, status: int = 200) -> Any:
        """Open a page or file."""
        self.clock.shift(PACE)
        answer: Any = self.client.get(path)
        assert answer.status_code == status, (path, answer.status_code)
        answer.page = (b"".join(answer) if answer.streaming else answer.content).decode(errors="replace")
        answer.close()
        return answer

    def send(self, path: str, *, status: int = 302, **fields: Any) -> Any:
        """Send a form; the site has to lead on, or where `status` says so (older versions) to answer with a page."""
        self.clock.shift(PACE)
        answer = self.client.post(path, fields)
        refused = re.findall(r"usa-(?:error-message|alert__text)[^>]*>\s*([^<]+)", answer.content.decode())
        assert answer.status_code in {status, 302}, (path, answer.status_code, refused)
        return answer

    def fill(self, path: str, having: str, *, status: int = 302, **changes: Any) -> Any:
        """Open a page, change what stands in the form that has this field, and send it."""
        fields = Fields(self.see(path).page, having)
        return self.send(path, status=status, **{**fields.sent, **changes})

    def boxes(self, path: str, having: str) -> set[str]:
        """Return the names of the fields of that form that send nothing as they stand: boxes, choices, files."""
        return Fields(self.see(path).page, having).unticked

    def join(self, full_name: str, email: str) -> None:
        """Make an account, follow the link that is mailed, and sign in."""
        self.send("/accounts/signup/", full_name=full_name, email=email, password1=PASSWORD, password2=PASSWORD)
        mails = "".join(mail.read_text() for mail in Path(settings.EMAIL_FILE_PATH).iterdir())
        link = re.search(r"/accounts/confirm-email/\S+", mails)
        assert link, "the link is mailed"
        self.send(link[0])
        self.send("/accounts/login/", login=email, password=PASSWORD)
