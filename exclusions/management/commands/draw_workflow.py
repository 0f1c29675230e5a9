"""`draw_workflow [--check]`: the diagram of the workflow in the README, drawn from the transition table."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from exclusions.workflow.roles import OWNERS, Role
from exclusions.workflow.states import STAGE_OF, Status
from exclusions.workflow.transitions import TRANSITIONS, Transition

BEGIN = "<!-- workflow diagram: begin (python manage.py draw_workflow writes it) -->"
END = "<!-- workflow diagram: end -->"


def who(roles: frozenset[Role]) -> str:
    """Return the roles of a transition in words, in the order of the role list; owners are one word."""
    words = ["Owner"] if roles >= OWNERS else []
    rest = roles - OWNERS if words else roles
    return ", ".join([*words, *(role.label for role in Role if role in rest)])


def arrow(transition: Transition, source: Status) -> str:
    """Return the Mermaid line of one transition from one status."""
    return f"    {source.value} --> {transition.target.value}: {transition.name} ({who(transition.roles)})"


def diagram() -> str:
    """Return the Mermaid state diagram of the whole table, as a fenced block.

    A status carries its name and, where the public sees it, its stage. `withdraw` leaves from many statuses:
    it is told in the line below the diagram instead of in twelve arrows.
    """
    states = []
    for status in Status:
        number, colon, _ = (stage.label if (stage := STAGE_OF[status]) else "").partition(":")
        states.append(f"    {status.value}: {status.label}{f' ({number})' if colon else ''}")
    starts = [f"    [*] --> {Status.DRAFT.value}"]
    arrows = [
        arrow(transition, source)
        for transition in TRANSITIONS.values()
        if transition.name != "withdraw"
        for source in Status
        if source in transition.sources
    ]
    withdrawal = TRANSITIONS["withdraw"]
    sources = ", ".join(f"`{status.value}`" for status in Status if status in withdrawal.sources)
    return "\n".join(
        [
            "```mermaid",
            "stateDiagram-v2",
            *states,
            *starts,
            *arrows,
            "```",
            "",
            f"`withdraw` ({who(withdrawal.roles)}) leads to `{Status.WITHDRAWN.value}` from {sources}.",
        ]
    )


def with_diagram(text: str) -> str:
    """Return the README text with the current diagram between its markers. CommandError when they are missing."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise CommandError(f"README.md has no place for the diagram: put these two lines there.\n{BEGIN}\n{END}")
    return f"{before}{BEGIN}\n{diagram()}\n{END}{after}"


class Command(BaseCommand):
    """Writes the diagram, or says whether it is up to date."""

    help = "Draw the workflow diagram of README.md from the transition table."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add --check: write nothing, and fail when the diagram is out of date."""
        parser.add_argument("--check", action="store_true", help="only say whether the diagram is up to date")

    def handle(self, *args: Any, **options: Any) -> None:
        """Rewrite README.md between the markers, or compare. CommandError when --check finds a difference."""
        readme = Path(settings.BASE_DIR) / "README.md"
        old = readme.read_text(encoding="utf-8")
        new = with_diagram(old)
        if new == old:
            self.stdout.write("The workflow diagram in README.md is up to date.")
        elif options["check"]:
            raise CommandError("The workflow diagram in README.md is out of date. Run: python manage.py draw_workflow")
        else:
            readme.write_text(new, encoding="utf-8")
            self.stdout.write("The workflow diagram in README.md is drawn again.")
