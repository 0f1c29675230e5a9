"""Samples for the help: a whole petition from the book of sample answers, and texts as the annex prints them."""

from dataclasses import dataclass

from exclusions.questionnaires import get
from exclusions.questionnaires.language.question import PrintedRow, Step
from exclusions.questionnaires.samples import sample_petition

FORM = "petition-2019"


@dataclass(frozen=True)
class SampleStep:
    """One step of the sample petition and its printed answers."""

    step: Step
    rows: list[PrintedRow]


def sample_rows() -> list[SampleStep]:
    """Return the sample petition of a made-up company, step by step, as it would be printed for its filer."""
    form = get(FORM)
    rows = form.printed(sample_petition(form))
    found = [SampleStep(step, [row for row in rows if row.step == step.key]) for step in form.steps]
    return [step for step in found if step.rows]


def annex_examples() -> tuple[tuple[str, str], ...]:
    """Return texts of granted exclusions as printed, each with the notice."""
    return (
        (
            (
                "Direct acting and spring return pneumatic actuators, each rated at a maximum pressure of 10 bar and "
                "valued over $68 but not over $72 per unit (described in statistical reporting number 8412.39.0080)"
            ),
            "List 1",
        ),
        (
            (
                "Multi-phase AC motors, output at least 5.8 kW but not exceeding 14.92 kW, each with planetary gears "
                "and a gearbox (described in statistical reporting number 8501.52.4000)"
            ),
            "List 1",
        ),
        (
            (
                "Wallets, whether or not with wrist straps, of reinforced plastics, at least 17.5 x 2 x 11 cm and not "
                "more than 19 cm long (described in statistical reporting number 4202.32.1000)"
            ),
            "List 3",
        ),
        (
            (
                "Cyanuric chloride (IUPAC 2,4,6-trichloro-1,3,5-triazine) (CAS 108-77-0), 99.5 percent or higher "
                "purity (described in statistical reporting number 2933.69.6010)"
            ),
            "List 4A",
        ),
    )
