"""One page with each kind of control of the site, in one state. They are found in the forms and the templates."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template import engines

import exclusions.forms

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = Path(__file__).with_name("controls.html")
STATES = ("plain", "chosen", "wrong", "disabled")
IN_THE_HEADER = ("tc-linkbutton", "tc-menu")  # white on blue
CHOICES = [("a", "Certain"), ("b", "Uncertain")]
OWN_LOOKS = ("tc-box", "tc-file", *IN_THE_HEADER)
TAG = re.compile(r'<(input|select|textarea|button)\b((?:[^<>"]|"[^"]*")*)>')
LINK = re.compile(r'<(a)\b((?:[^<>"]|"[^"]*")*class="usa-button(?:[^<>"]|"[^"]*")*)>')


@dataclass(frozen=True, order=True)
class Kind:
    """A control as templates write it: its tag, its type, the classes that it always has."""

    tag: str
    type: str
    classes: str

    def __str__(self) -> str:
        return " ".join(filter(None, [self.tag, self.type, self.classes]))

    @property
    def box(self) -> str:
        """The component of a box or ring that the label draws; empty for one that the browser draws."""
        found = re.match(r"(usa-(?:checkbox|radio))__input", self.classes)
        return found[1] if found else ""

    @property
    def around(self) -> str:
        """The class of what it stands in."""
        return "tc-header tc-bar" if self.classes in IN_THE_HEADER else "tc-panel"


def kinds_in_templates() -> list[Kind]:
    """Return each kind of control that a template, or a module that draws, spells out."""
    files = [*ROOT.glob("templates/**/*.html"), *ROOT.glob("exclusions/**/*.py")]
    return sorted({kind for path in files for kind in _kinds(path.read_text())})


def _kinds(text: str) -> Iterator[Kind]:
    for tag, attributes in [*TAG.findall(text), *LINK.findall(text)]:
        plain = re.sub(r"{%.*?%}|{{.*?}}|{[^{}]*}", "{", attributes, flags=re.DOTALL)
        said = dict(re.findall(r'([\w-]+)="([^"]*)"', plain))
        kind = said.get("type", "text") if tag == "input" else ""
        if kind == "hidden" or "{" in kind or "hidden" in attributes.split() or "aria-hidden" in said:
            continue
        names = [name for name in said.get("class", "").split() if "{" not in name and not name.endswith("--error")]
        yield Kind(tag, kind, " ".join(name for name in names if name.startswith("usa-") or name in OWN_LOOKS))


def widgets_of_forms() -> dict[str, forms.Widget]:
    """Return a widget of each class and type that a form of ours has, by what it is called in a picture."""
    for module in pkgutil.walk_packages(exclusions.forms.__path__, "exclusions.forms."):
        importlib.import_module(module.name)
    found: dict[str, forms.Widget] = {}
    for form in _below(forms.BaseForm):
        for field in form.base_fields.values() if form.__module__.startswith("exclusions.") else []:
            kind = getattr(field.widget, "input_type", "textarea")
            if kind != "hidden":
                found.setdefault(f"{type(field.widget).__name__} {kind}", field.widget)
    return found


def _below(parent: type) -> Iterator[Any]:
    for child in parent.__subclasses__():
        yield child
        yield from _below(child)


def form_in(state: str) -> forms.Form:
    """Return a form with a field of each widget, all in that state."""
    form = forms.Form({} if state == "wrong" else None)
    for number, (name, given) in enumerate(widgets_of_forms().items()):
        kind = getattr(given, "input_type", "textarea")
        attrs = {"type": kind} if kind == "date" else {}
        widget = type(given)(attrs=attrs)
        several = isinstance(widget, forms.CheckboxSelectMultiple | forms.SelectMultiple)
        chosen: Any = ["a"] if several else {"checkbox": True, "date": "2018-07-06", "number": 1}.get(kind, "a")
        if isinstance(widget, forms.widgets.ChoiceWidget):
            widget.choices = CHOICES if several or kind == "radio" else [("", ""), *CHOICES]
        field = forms.Field(label=f"Question {number}", widget=widget, disabled=state == "disabled")
        field.initial = chosen if state == "chosen" else None
        form.fields[name] = field
    for name in form.fields if state == "wrong" else []:
        form.add_error(name, "Say which.")
    return form


def controls(request: HttpRequest, state: str) -> HttpResponse:
    """Show everything in one state."""
    template = engines["django"].from_string(TEMPLATE.read_text())
    context = {"form": form_in(state), "kinds": kinds_in_templates(), "state": state}
    return HttpResponse(template.render(context, request))
