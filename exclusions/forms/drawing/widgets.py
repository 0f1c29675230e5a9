"""The widgets that pages are full of, in the design system's classes, from the context that Django makes of a widget.

What is not here is drawn by its template in `templates/django/forms/widgets`.
"""

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

from django.utils.html import conditional_escape

Widget = Mapping[str, Any]
_CLASSES = {"checkbox": "usa-checkbox__input", "radio": "usa-radio__input", "file": "tc-file"}


def draw_input(widget: Widget) -> str:
    """Return an input of any type."""
    kind, value, attrs = widget["type"], widget.get("value"), widget["attrs"]
    classes = "" if kind == "hidden" else f' class="{_CLASSES.get(kind, "usa-input")}{_more_classes(attrs)}"'
    given = "" if value is None else f' value="{escape(str(value))}"'
    rest = _attributes(attrs.items() if kind == "hidden" else _but_class(attrs))
    return f'<input type="{escape(str(kind))}" name="{escape(widget["name"])}"{given}{classes}{rest}>'


def draw_textarea(widget: Widget) -> str:
    """Return a text area."""
    attrs, said = widget["attrs"], conditional_escape(widget["value"]) if widget["value"] else ""
    opened = f'<textarea name="{escape(widget["name"])}" class="usa-textarea{_more_classes(attrs)}"'
    return f"{opened}{_attributes(_but_class(attrs))}>\n{said}</textarea>"


def draw_select(widget: Widget) -> str:
    """Return a list to choose from."""
    attrs, parts = widget["attrs"], []
    for group, options, _ in widget["optgroups"]:
        drawn = "".join(map(_option, options))
        parts.append(f'<optgroup label="{conditional_escape(group)}">{drawn}</optgroup>' if group else drawn)
    opened = f'<select name="{escape(widget["name"])}" class="usa-select{_more_classes(attrs)}"'
    return f"{opened}{_attributes(_but_class(attrs))}>{''.join(parts)}</select>"


def draw_boxes(widget: Widget) -> str:
    """Return radio buttons or check boxes, in groups where the choices are in groups."""
    key, classes = widget["attrs"].get("id"), widget["attrs"].get("class")
    named = f"{_attribute('id', key) if key else ''}{_attribute('class', classes) if classes else ''}"
    parts = []
    for group, options, _ in widget["optgroups"]:
        drawn = "".join(f'<div class="usa-{option["type"]}">{_box(option)}</div>' for option in options)
        if group:
            name = conditional_escape(group)
            drawn = f'<div role="group" aria-label="{name}"><p class="usa-hint">{name}</p>{drawn}</div>'
        parts.append(drawn)
    return f"<div{named}>{''.join(parts)}</div>"


def _box(option: Widget) -> str:
    if not option.get("wrap_label"):
        return draw_input(option)
    key = option["attrs"].get("id")
    label = f'<label class="usa-{option["type"]}__label"{_attribute("for", key) if key else ""}>'
    return f"{draw_input(option)} {label}{conditional_escape(option['label'])}</label>"


def _option(option: Widget) -> str:
    value, label = escape(str(option["value"])), conditional_escape(option["label"])
    return f'<option value="{value}"{_attributes(option["attrs"].items())}>{label}</option>'


def _more_classes(attrs: Widget) -> str:
    found = " usa-input--error" if "aria-invalid" in attrs else ""
    return f"{found} {escape(str(attrs['class']))}" if attrs.get("class") else found


def _but_class(attrs: Widget) -> Iterable[tuple[str, Any]]:
    return [(name, value) for name, value in attrs.items() if name != "class"]


def _attributes(attrs: Iterable[tuple[str, Any]]) -> str:
    return "".join([_attribute(name, value) for name, value in attrs if value is not False])


def _attribute(name: str, value: Any) -> str:
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'


_INPUTS = ("text", "number", "email", "url", "password", "hidden", "date", "datetime", "time", "checkbox", "input")
DRAWN: Mapping[str, Callable[[Widget], str]] = {
    **{f"django/forms/widgets/{name}.html": draw_input for name in _INPUTS},
    "django/forms/widgets/textarea.html": draw_textarea,
    "django/forms/widgets/select.html": draw_select,
    "django/forms/widgets/radio.html": draw_boxes,
    "django/forms/widgets/checkbox_select.html": draw_boxes,
}
