"""Step C of the petition: whether the product, or one that would do, can be had outside China."""

from functools import partial

from exclusions.questionnaires.language.condition import Is, OneOf
from exclusions.questionnaires.language.question import Kind, Question, Step, Visibility

STEP = Step("availability", "Availability", "Whether you can get the product, or one that would do, elsewhere.")


def availability_questions(step: str = STEP.key, noun: str = "product") -> tuple[Question, ...]:
    """C1 to C4: availability in the US, elsewhere, attempts to source, and whether China alone supplies it."""
    ask = partial(Question, step=step, visibility=Visibility.PUBLIC)
    return (
        *where_available(step, noun),
        *sourcing_attempts(step, noun),
        ask(
            key="only_china",
            number="C4",
            label=f"Is the {noun} available only from China?",
            kind=Kind.YES_NO,
            required=True,
            source="DS",
            ground="S",
        ),
    )


def where_available(step: str = STEP.key, noun: str = "product") -> tuple[Question, ...]:
    """C1 and C2: US sources and third countries; anything but yes must be explained."""
    ask = partial(Question, step=step, visibility=Visibility.PUBLIC)
    asked: list[Question] = []
    for number, key, where in (("C1", "us", "US sources"), ("C2", "third_country", "third countries")):
        asked += [
            ask(
                key=f"available_{key}",
                number=number,
                label=f"Is this {noun} or a comparable one available from {where}?",
                kind=Kind.YES_NO_UNSURE,
                required=True,
                source="LEC, DS",
                ground="S",
            ),
            ask(
                key=f"available_{key}_explanation",
                number=number,
                label=f"Explain your answer about {where}",
                help="Required unless you answered Yes. If you did, say what keeps you from buying there.",
                kind=Kind.LONG_TEXT,
                max_length=10_000,
                required=OneOf(f"available_{key}", ("no", "unsure")),
                source="LEC, DS",
                ground="S",
            ),
        ]
    return tuple(asked)


def sourcing_attempts(step: str = STEP.key, noun: str = "product") -> tuple[Question, ...]:
    """C3: whether other sources were tried; the story is confidential and its summary public."""
    ask = partial(Question, step=step, visibility=Visibility.PUBLIC)
    tried = Is("sourcing_attempted", "yes")
    return (
        ask(
            key="sourcing_attempted",
            number="C3",
            label=f"Did you try to source the {noun} from the United States or third countries?",
            kind=Kind.YES_NO,
            required=True,
            source="CM-0619, LEC",
            ground="S",
        ),
        Question(
            key="sourcing_attempts",
            number="C3",
            label="What was tried, what came of it and why it failed",
            help="Give names of suppliers and prices here. This answer is confidential.",
            kind=Kind.LONG_TEXT,
            max_length=10_000,
            visibility=Visibility.CONFIDENTIAL_WITH_SUMMARY,
            summary_key="sourcing_attempts_summary",
            step=step,
            shown_if=tried,
            required=True,
            source="CM-0619, LEC",
            ground="D",
        ),
        ask(
            key="sourcing_attempts_summary",
            number="C3",
            label="Public summary of what was tried",
            help="Say enough for others to understand and answer. Give no names or figures.",
            kind=Kind.LONG_TEXT,
            max_length=5000,
            shown_if=tried,
            required=True,
            source="CFR-2006",
            ground="D",
        ),
    )
