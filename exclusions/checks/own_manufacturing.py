"""Is the machinery for the requester's own manufacturing in the United States? 89 FR 83755 takes nothing else."""

from collections.abc import Iterator

from exclusions.checks.result import Answers, CheckResult, Facts, Form, error


def check(form: Form, answers: Answers, facts: Facts) -> Iterator[CheckResult]:
    """Errors for equipment that the requester does not use itself, or sells on."""
    remedy = "This round is only for equipment that the requester uses in its own manufacturing. The user must file."
    if answers.get("domestic_use") == "no":
        yield error("domestic_use", "You say that you will not use the equipment in your own manufacturing.", remedy)
    if answers.get("for_resale") == "yes":
        yield error("for_resale", "You say that you will resell the equipment.", remedy)
