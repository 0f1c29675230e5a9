"""A questionnaire filled in on one page, all of its steps at once: a response, a reply.

    page = WholeForm(questionnaire, request.POST, request.FILES)
    raise Incomplete(fields=page.unsent()) where files that were chosen before did not come again
    act(page.answers(), page.uploads())
    page.refuse(reasons, fields)      # every sentence beside its question, the others on top; files to be chosen again

A browser does not keep a chosen file when a form comes back, and nothing is stored of a refused one. So the page names
what has to be chosen again, and takes no form without it unless its sender says so.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from exclusions.forms.questionnaire import StepForm, step_form
from exclusions.questionnaires import Problem, Questionnaire, Step

Said = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Listed:
    """One line of the list of what is wrong: its sentence, and the field that it concerns, if one."""

    message: str
    label: str = ""
    anchor: str = ""


class WholeForm:
    """The forms of all steps of a questionnaire: empty, with answers that were `given` before, or as sent."""

    def __init__(
        self,
        questionnaire: Questionnaire,
        data: QueryDict | None = None,
        files: "MultiValueDict[str, UploadedFile[Any]] | None" = None,
        given: Mapping[str, Any] | None = None,
    ) -> None:
        self.questionnaire = questionnaire
        self.data = data
        keys = [step.key for step in questionnaire.steps]
        self.pairs: list[tuple[Step, StepForm]] = [
            (step, step_form(questionnaire, step.key, given or {}, data, files, beside=keys))
            for step in questionnaire.steps
        ]
        self.summary: list[Listed] = []
        self.stated: list[str] = data.getlist("stated") if data is not None else []
        self.asked: dict[str, str] = {}  # what the writer may state of values of his own: {statement: sentence}

    def leave_out(self, keys: Collection[str]) -> None:
        """Ask none of these questions; whatever is sent for them is not read."""
        for _, form in self.pairs:
            for key in keys:
                form.fields.pop(key, None)

    def answers(self) -> dict[str, Any]:
        """Return the answers as sent, without files."""
        return {key: value for _, form in self.pairs for key, value in form.answers().items()}

    def uploads(self) -> "dict[str, list[UploadedFile[Any]]]":
        """Return the files that came, by question."""
        return {key: files for _, form in self.pairs for key, files in form.uploads().items()}

    def unsent(self) -> dict[str, list[str]]:
        """Return a sentence for each question whose files were chosen before, did not come again and are not waived."""
        return {
            key: [f"{_listed(names)} did not come this time. Choose it again, or tick that you send the form without."]
            for key, names in self._missing().items()
            if not self._waives(key)
        }

    def refuse(self, reasons: Sequence[str], fields: Said) -> None:
        """Show why the form was not taken: all that is missing or wrong, and which files have to be chosen again.

        `reasons` are sentences about the whole, `fields` those of questions; none is left out of the summary.
        """
        awaited = self._awaited(fields)
        problems = self.questionnaire.problems({**self.answers(), **awaited}) if fields else []
        own = {(problem.key, problem.sentence.strip()) for problem in problems}
        problems += [Problem(key, "", said, "") for key in fields for said in fields[key] if (key, said) not in own]
        unsent = self.unsent()
        again = {key: names for key, names in awaited.items() if key not in unsent and not self._still_waives(key)}
        for _, form in self.pairs:
            form.know_files({}, awaited)
            form.waive({key for key in awaited if self._still_waives(key)})
            form.show(problems)
            form.show(Problem(key, "", choose_again(names), "") for key, names in again.items())
        self.summary = self._summary([*reasons, *(said for group in fields.values() for said in group)], problems)

    def _summary(self, sentences: Sequence[str], problems: Sequence[Problem]) -> list[Listed]:
        """List what the fields say, and before it every sentence that stands beside none of them."""
        fields = [field for _, form in self.pairs for field in form]
        beside = [Listed(str(message), str(field.label), field.auto_id) for field in fields for message in field.errors]
        names = {field.name for field in fields}
        shown = {problem.sentence.strip() for problem in problems if problem.key in names}
        return [*(Listed(said) for said in dict.fromkeys(sentences) if said not in shown), *beside]

    def _missing(self) -> dict[str, list[str]]:
        """Return the names of files that were chosen before and did not come with this form, by question."""
        if self.data is None:
            return {}
        came = {key: {file.name for file in files} for key, files in self.uploads().items()}
        chosen = {key: self.data.getlist(f"chosen-{key}") for _, form in self.pairs for key in form.fields}
        missing = {key: [name for name in names if name not in came.get(key, set())] for key, names in chosen.items()}
        return {key: names for key, names in missing.items() if names}

    def _waives(self, key: str) -> bool:
        return self.data is not None and f"without-{key}" in self.data

    def _still_waives(self, key: str) -> bool:
        """Say whether a waiver holds for the next form, too: not where another file was chosen since it was given."""
        return self._waives(key) and not self.uploads().get(key)

    def _awaited(self, fields: Said) -> dict[str, list[str]]:
        """Return the names of files to choose again: all that came or was awaited, less what was refused for what it
        is.
        """
        came = self.uploads()
        awaited = {key: names for key, names in self._missing().items() if not (self._waives(key) and came.get(key))}
        for key, files in came.items():
            refused = " ".join(fields.get(key, ()))
            names = [file.name or "file" for file in files]
            awaited[key] = [*awaited.get(key, []), *(name for name in names if name not in refused)]
        return {key: list(dict.fromkeys(names)) for key, names in awaited.items() if names}


def choose_again(names: Sequence[str]) -> str:
    """Return the sentence that names the files of a form that was not taken."""
    return f"Choose {_listed(names)} again: the form was not taken, and a browser keeps no chosen file."


def _listed(names: Sequence[str]) -> str:
    return " and ".join(f"“{name}”" for name in names)
