"""When a question is shown or required, as data: page, API schema and validation read the same condition."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

Answers = Mapping[str, Any]
Open = Collection[str]


class Condition(Protocol):
    """Something that holds or not for a set of answers."""

    @property
    def keys(self) -> frozenset[str]:
        """The keys of the questions it looks at."""
        ...

    def holds(self, answers: Answers) -> bool:
        """Whether it holds for these answers; an unanswered question never equals anything."""
        ...

    def verdict(self, answers: Answers, open_keys: Open) -> bool | None:
        """Whether it holds; None as long as that hangs on questions that are still being answered (`open_keys`)."""
        ...

    def schema(self) -> dict[str, Any]:
        """Return the condition as JSON, for the API and for the page's script."""
        ...

    def clause(self, labels: Mapping[str, str]) -> str:
        """Return the condition as a clause that follows "if"; `labels` is {key of a question: its label}."""
        ...


@dataclass(frozen=True)
class Is:
    """The question was answered with exactly this value."""

    key: str
    value: str

    @property
    def keys(self) -> frozenset[str]:
        return frozenset({self.key})

    def holds(self, answers: Answers) -> bool:
        return bool(answers.get(self.key) == self.value)

    def verdict(self, answers: Answers, open_keys: Open) -> bool | None:
        return None if self.key in open_keys else self.holds(answers)

    def schema(self) -> dict[str, Any]:
        return {"is": {"key": self.key, "value": self.value}}

    def clause(self, labels: Mapping[str, str]) -> str:
        return f'the answer to "{labels.get(self.key, self.key)}" is {_spoken(self.value)}'


@dataclass(frozen=True)
class OneOf:
    """The question was answered with one of these values."""

    key: str
    values: tuple[str, ...]

    @property
    def keys(self) -> frozenset[str]:
        return frozenset({self.key})

    def holds(self, answers: Answers) -> bool:
        return answers.get(self.key) in self.values

    def verdict(self, answers: Answers, open_keys: Open) -> bool | None:
        return None if self.key in open_keys else self.holds(answers)

    def schema(self) -> dict[str, Any]:
        return {"one_of": {"key": self.key, "values": list(self.values)}}

    def clause(self, labels: Mapping[str, str]) -> str:
        spoken = " or ".join(_spoken(value) for value in self.values)
        return f'the answer to "{labels.get(self.key, self.key)}" is {spoken}'


@dataclass(frozen=True)
class Answered:
    """The question has any answer at all (for files: at least one file)."""

    key: str

    @property
    def keys(self) -> frozenset[str]:
        return frozenset({self.key})

    def holds(self, answers: Answers) -> bool:
        return bool(answers.get(self.key))

    def verdict(self, answers: Answers, open_keys: Open) -> bool | None:
        return None if self.key in open_keys else self.holds(answers)

    def schema(self) -> dict[str, Any]:
        return {"answered": {"key": self.key}}

    def clause(self, labels: Mapping[str, str]) -> str:
        return f'you answer "{labels.get(self.key, self.key)}"'


@dataclass(frozen=True)
class Chapter:
    """The HTSUS number given under `key` is in one of these two-digit chapters."""

    key: str
    chapters: frozenset[str]

    @property
    def keys(self) -> frozenset[str]:
        return frozenset({self.key})

    def holds(self, answers: Answers) -> bool:
        number = "".join(c for c in str(answers.get(self.key, "")) if c.isdigit())
        return len(number) >= 4 and number[:2] in self.chapters

    def verdict(self, answers: Answers, open_keys: Open) -> bool | None:
        return None if self.key in open_keys else self.holds(answers)

    def schema(self) -> dict[str, Any]:
        return {"chapter": {"key": self.key, "chapters": sorted(self.chapters)}}

    def clause(self, labels: Mapping[str, str]) -> str:
        *first, last = sorted(self.chapters)
        spoken = f"{', '.join(first)} or {last}" if first else last
        return f"the HTSUS number is in chapter {spoken}"


@dataclass(frozen=True)
class Not:
    """The condition does not hold."""

    condition: Condition

    @property
    def keys(self) -> frozenset[str]:
        return self.condition.keys

    def holds(self, answers: Answers) -> bool:
        return not self.condition.holds(answers)

    def verdict(self, answers: Answers, open_keys: Open) -> bool | None:
        found = self.condition.verdict(answers, open_keys)
        return None if found is None else not found

    def schema(self) -> dict[str, Any]:
        return {"not": self.condition.schema()}

    def clause(self, labels: Mapping[str, str]) -> str:
        spoken = self.condition.clause(labels)
        before, is_, after = spoken.rpartition(" is ")
        return f"{before} is not {after}" if is_ else f"it is not so that {spoken}"


@dataclass(frozen=True)
class AnyOf:
    """At least one of the conditions holds."""

    conditions: tuple[Condition, ...]

    @property
    def keys(self) -> frozenset[str]:
        return frozenset[str]().union(*(condition.keys for condition in self.conditions))

    def holds(self, answers: Answers) -> bool:
        return any(condition.holds(answers) for condition in self.conditions)

    def verdict(self, answers: Answers, open_keys: Open) -> bool | None:
        found = [condition.verdict(answers, open_keys) for condition in self.conditions]
        return True if True in found else None if None in found else False

    def schema(self) -> dict[str, Any]:
        return {"any_of": [condition.schema() for condition in self.conditions]}

    def clause(self, labels: Mapping[str, str]) -> str:
        return ", or ".join(condition.clause(labels) for condition in self.conditions)


@dataclass(frozen=True)
class AllOf:
    """Every one of the conditions holds."""

    conditions: tuple[Condition, ...]

    @property
    def keys(self) -> frozenset[str]:
        return frozenset[str]().union(*(condition.keys for condition in self.conditions))

    def holds(self, answers: Answers) -> bool:
        return all(condition.holds(answers) for condition in self.conditions)

    def verdict(self, answers: Answers, open_keys: Open) -> bool | None:
        found = [condition.verdict(answers, open_keys) for condition in self.conditions]
        return False if False in found else None if None in found else True

    def schema(self) -> dict[str, Any]:
        return {"all_of": [condition.schema() for condition in self.conditions]}

    def clause(self, labels: Mapping[str, str]) -> str:
        return ", and ".join(condition.clause(labels) for condition in self.conditions)


def _spoken(value: str) -> str:
    """Return a stored value as a reader would say it."""
    return {"unsure": "Not sure"}.get(value, value.replace("_", " ").capitalize())
