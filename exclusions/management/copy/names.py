"""The copy of models, as Django has it: names of models and fields, their help and choices."""

from collections.abc import Iterator

from django.apps import apps

from exclusions.management.copy.line import Line


def model_copy() -> Iterator[Line]:
    """Yield what the administration shows of each model of the product."""
    for model in apps.get_app_config("exclusions").get_models():
        if hasattr(model, "history_object"):  # the same names once more
            continue
        meta = model._meta
        yield Line(meta.label, "name", str(meta.verbose_name))
        for field in meta.get_fields():
            place = f"{meta.label}.{field.name}"
            if name := getattr(field, "verbose_name", ""):
                yield Line(place, "name", str(name))
            if told := getattr(field, "help_text", ""):
                yield Line(place, "help", str(told))
            for value, label in getattr(field, "choices", None) or ():
                yield Line(f"{place}={value}", "choice", str(label))
