"""What stands beside a product text while it is drafted: the petition, what was said to it, the tariff, the reach."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from exclusions.facts.exclusions import NamedExclusion
from exclusions.facts.forms import petition_form
from exclusions.models import Petition, User
from exclusions.permissions.leaks import sealed_answers
from exclusions.queries.casework.case.case_tariff import CaseTariff, case_tariff
from exclusions.queries.casework.case.evidence import AnswerLine, public_steps
from exclusions.queries.casework.case.responses import PrintedResponse, printed_responses
from exclusions.queries.notices.reach import Reach, reach_of
from exclusions.queries.record.taken_down import down_of
from exclusions.wording import Description, parse
from exclusions.wording.remarks import Piece, Remark, marked
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.public_things import Kind

# What the petition says of its product; the rest of its answers argue.
OF_PRODUCT = (
    "product_name", "product_description", "product_function", "unique_features", "component_integration", "set_items",
    "part_connection", "chemical_constituents",
)  # fmt: skip


@dataclass(frozen=True)
class Drafting:
    """What is beside the text. Public matter alone: the text is read by Customs and published with a grant."""

    product: list[AnswerLine]
    stated: Description
    responses: list[PrintedResponse]
    tariff: CaseTariff | None
    reach: Reach
    pieces: Sequence[Piece]

    @property
    def exclusions(self) -> list[NamedExclusion]:
        """The exclusions of the number that were in force on the filing day, and those that wait for their notice."""
        return [*self.tariff.filed.exclusions, *self.tariff.filed.pending] if self.tariff else []

    @property
    def line(self) -> str:
        """The words of the tariff for the number, as of the filing day; "" when none are known."""
        return self.tariff.filed.description if self.tariff else ""


def drafting(
    petition: Petition, user: User, *, text: str, number: str, remarks: Sequence[Remark], at: datetime
) -> Drafting:
    """Return what stands beside a text as typed; `number` is plain, that of the text; `remarks` are on the text.

    The statements do not grow with the cases, responses or exclusions.
    """
    form, answers, down = petition_form(petition.round), sealed_answers(petition), down_of(petition)
    steps = public_steps(form, answers, {}, down.placing(Kind.ANSWER))
    product = [line for step in steps for line in step.lines if line.key in OF_PRODUCT]
    said = {line.key: line.value for line in product}
    return Drafting(
        product=product,
        stated=stated_in(said.get("product_name", ""), said.get("product_description", "")),
        responses=printed_responses(petition, [], down),
        tariff=case_tariff(petition, at),
        reach=reach_of(petition, text, number, user, eastern_date(at)),
        pieces=marked(text, remarks) if remarks else [],
    )


def stated_in(name: str, description: str) -> Description:
    """Return what a petition states of its product: noun and material of its name, limits of its description."""
    told = parse(name[:2000])
    return Description((*told.clauses, *(c for c in parse(description[:8000]).clauses if c.limits or not told.noun)))
