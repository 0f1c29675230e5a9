"""A new round, and the form that it asks, as a part of the proposal of a list: what one TOML file says of both.

The file is kept in the proposal as it was sent, beside its SHA-256: what is carried out is what both have read.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from exclusions.actions.loading.rounds import columns_of
from exclusions.actions.rounds.made_forms import make_form
from exclusions.actions.rounds.versions import Change, vocabulary, write_round
from exclusions.days import in_full
from exclusions.errors import Incomplete
from exclusions.gateways.tariff.form_table import FormTable, read_form
from exclusions.gateways.tariff.rounds_file import RoundsFileError, read_toml, round_tables, rows_of
from exclusions.models import MadeForm, User
from exclusions.questionnaires.made import Asked
from exclusions.workflow.deadlines import eastern_date

TO_COME = "made with the round"  # names, until it is made, the form of the same file


@dataclass(frozen=True)
class NewRound:
    """A round as it is to be written, and the form that is to be made for it, if the file states one."""

    change: Change
    form: FormTable | None

    @property
    def summary(self) -> str:
        """What is proposed, in words."""
        opens, closes = (in_full(eastern_date(self.change.wanted[name])) for name in ("opens_at", "closes_at"))
        form = f" and its form “{self.form.title}”" if self.form else ""
        return f"make the round {self.change.wanted['docket']}, open from {opens} to {closes}{form}"

    @property
    def changes(self) -> list[list[str]]:
        """What there will be that is not there, in rows of (what, before, after), which are plain words."""
        wanted = self.change.wanted
        rows = [["Round", "", f"{wanted['title']} ({wanted['docket']})"]]
        rows += [[name, "", in_full(eastern_date(wanted[key]))] for name, key in _DAYS]
        rows.append(["Lists of the round", "", ", ".join(self.change.lists)])
        if self.form:
            count = len(self.form.questions)
            said = f"{self.form.title}: {count} question{'' if count == 1 else 's'} chosen from {self.form.based_on}"
            rows.append(["Form of the round", "", said])
        else:
            rows.append(["Form of the round", "", str(wanted["questionnaire"])])
        return rows


_DAYS = (("First day to file", "opens_at"), ("Last day to file", "closes_at"))


def facts_of_file(content: bytes, name: str) -> dict[str, str]:
    """Return what a proposal keeps of a file of a round: its text, its name and its SHA-256. Raises Incomplete."""
    try:
        read_toml(content, name)
    except RoundsFileError as wrong:
        raise Incomplete(fields={"round_file": wrong.sentences}) from wrong
    return {"text": content.decode("utf-8-sig"), "file": name, "sha256": sha256(content).hexdigest()}


def read_new_round(kept: Mapping[str, Any], code: str) -> NewRound:
    """Return the round of a file that a proposal keeps, for the list with this code. Raises Incomplete."""
    name = str(kept["file"])
    try:
        loaded = read_toml(str(kept["text"]).encode(), name)
        form, tables = read_form(loaded, name), round_tables(loaded, name)
        if form and any("questionnaire" in table for table in tables):
            raise RoundsFileError([f"{name}: the round asks the form under [form]. Leave its questionnaire out."])
        if form:
            tables = [{**table, "questionnaire": TO_COME} for table in tables]
        words = vocabulary()
        words["actions"] |= {code}
        words["questionnaire"] |= {TO_COME} if form else set()
        rows = rows_of(tables, name, words)
    except RoundsFileError as wrong:
        raise Incomplete(fields={"round_file": wrong.sentences}) from wrong
    (row, *others) = rows
    told = []
    if others:
        told.append(f"{name}: has {len(rows)} rounds. Propose one round at a time.")
    if row.is_relative or row.is_demo:
        told.append(f"{name}: is a demonstration’s round. Give opens_at and closes_at, and leave is_demo out.")
    if code not in row.actions:
        told.append(f'{name}, actions: name this list, "{code}".')
    if told:
        raise Incomplete(fields={"round_file": told})
    assert row.opens_at is not None
    read = {"file": name, "sha256": str(kept["sha256"])}
    columns = columns_of(row, row.opens_at)
    return NewRound(Change(row.slug, columns, row.actions, "", row.citation, by_two=True, file=read), form)


def make_new_round(new: NewRound, *, reason: str, by: User, at: datetime) -> None:
    """Make the form and then the round that asks it. Raises what `make_form` and `write_round` raise."""
    change = replace(new.change, reason=reason)
    if new.form:
        change = replace(change, wanted={**change.wanted, "questionnaire": _make_form_of(new.form, by, at).key})
    write_round(None, change, by=by, at=at)


def _make_form_of(form: FormTable, by: User, at: datetime) -> MadeForm:
    questions = {key: Asked(required, confidential) for key, (required, confidential) in form.questions.items()}
    return make_form(slug=form.slug, title=form.title, based_on=form.based_on, asked=questions, by=by, at=at)
