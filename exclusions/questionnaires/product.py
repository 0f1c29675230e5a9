"""Step B of the petition: which product, described so that Customs can tell it at entry. All of it public, always."""

from functools import partial

from exclusions.questionnaires.language.condition import AllOf, AnyOf, Chapter, Is
from exclusions.questionnaires.language.question import Choice, Column, Kind, Question, Step, Visibility

STEP = Step(
    "product",
    "Product",
    "Everything on this page is public. Only public words can define an exclusion. Describe the goods, not who "
    "makes, imports or uses them. Name no brand or model.",
)
_ask = partial(Question, step=STEP.key, visibility=Visibility.PUBLIC)

METALS = Chapter("hts10", frozenset({"72", "73", "76"}))
CHEMICALS = Chapter("hts10", frozenset({"28", "29"}))
# Mixtures of chapter 38 are chemicals too, so the question is shown there; it is required once they say so.
CHEMICAL_OR_MIXTURE = Chapter("hts10", frozenset({"28", "29", "38"}))
SEVERAL_COMPONENTS = Is("is_multi_component", "yes")
CHEMICAL_REQUIRED = AnyOf((CHEMICALS, AllOf((CHEMICAL_OR_MIXTURE, SEVERAL_COMPONENTS))))

RELATIONSHIPS = (
    Choice("importer", "Importer"),
    Choice("us_producer", "U.S. producer"),
    Choice("purchaser", "Purchaser"),
    Choice("industry_association", "Industry association"),
    Choice("other", "Other"),
)


def hts_question(*, help: str, number: str = "B1", step: str = STEP.key) -> Question:
    """Return the ten-digit number the product enters under; coverage on the filing date is a check, not a type."""
    return _ask(
        key="hts10",
        step=step,
        number=number,
        label="10-digit HTSUS number",
        help=help,
        kind=Kind.HTS10,
        required=True,
        source="OMB-F19, AGRI, NNR",
        ground="S",
    )


def name_and_description(*, step: str = STEP.key, number: str = "") -> tuple[Question, ...]:
    """B2 to B5: name, physical description, function and what sets the product apart. `number` is another form's."""
    ask = partial(Question, step=step, visibility=Visibility.PUBLIC, required=True)
    return (
        ask(
            key="product_name",
            number=number or "B2",
            label="Product name",
            help='Enter a common or tariff name, such as "breast pumps". Use no brand, trademark or model number.',
            kind=Kind.TEXT,
            source="EXP",
            ground="S",
        ),
        ask(
            key="product_description",
            number=number or "B3",
            label="Complete and detailed description of the product",
            help=(
                "Describe what Customs can see or measure at entry: dimensions, weight, material and composition, "
                "capacity or ratings, with their units. Describe one product only. Its sizes may differ."
            ),
            kind=Kind.LONG_TEXT,
            min_length=40,
            max_length=20_000,
            source="OMB-F19, EXP",
            ground="S",
        ),
        ask(
            key="product_function",
            number=number or "B4",
            label="Function, application and principal use",
            help=(
                "Say what goods of this kind do, and name any machine that they are made to work in or with. Who uses "
                "them, or where, cannot define an exclusion."
            ),
            kind=Kind.LONG_TEXT,
            max_length=20_000,
            source="RTL-19, MC",
            ground="S",
        ),
        ask(
            key="unique_features",
            number=number or "B5",
            label="Physical features that set it apart from other products of the covered subheading",
            kind=Kind.LONG_TEXT,
            max_length=20_000,
            source="RTL-19",
            ground="S",
        ),
    )


# What is compared, and searched by the staff, of a product: its name first.
PRODUCT_WORDS = tuple(question.key for question in name_and_description())


def composition() -> tuple[Question, ...]:
    """B6 to B9: components, sets, parts and chemicals, each asked when it applies."""
    return (
        _ask(
            key="is_multi_component",
            number="B6",
            label="Is the product made of two or more components joined or mixed?",
            kind=Kind.YES_NO,
            required=True,
            source="IMP",
            ground="S",
        ),
        _ask(
            key="component_integration",
            number="B6",
            label="How the components are integrated, and what the product consists of",
            help="For iron, steel and aluminum (chapters 72, 73 and 76): the approximate content of every constituent.",
            kind=Kind.LONG_TEXT,
            max_length=10_000,
            shown_if=AnyOf((SEVERAL_COMPONENTS, METALS)),
            required=True,
            source="IMP",
            ground="S",
        ),
        _ask(
            key="is_set",
            number="B7",
            label="Is the product a set of separate items?",
            kind=Kind.YES_NO,
            required=True,
            source="IMP",
            ground="S",
        ),
        _ask(
            key="set_items",
            number="B7",
            label="Items of the set",
            kind=Kind.ROWS,
            shown_if=Is("is_set", "yes"),
            required=True,
            columns=(
                Column(key="form", label="Item and its form", required=True),
                Column(key="quantity", label="Quantity in the set", kind=Kind.NUMBER, required=True),
                Column(key="size", label="Size", help="With its unit, such as 12 cm."),
                Column(key="weight", label="Weight", help="With its unit, such as 250 g."),
                Column(key="value", label="Value", kind=Kind.MONEY, unit="USD", help="Public, like this whole page."),
            ),
            source="IMP",
            ground="S",
        ),
        _ask(
            key="is_part",
            number="B8",
            label="Is the product a part of another article?",
            kind=Kind.YES_NO,
            required=True,
            source="IMP",
            ground="S",
        ),
        _ask(
            key="part_connection",
            number="B8",
            label="How the part connects to the other article",
            kind=Kind.LONG_TEXT,
            max_length=10_000,
            shown_if=Is("is_part", "yes"),
            required=True,
            source="IMP",
            ground="S",
        ),
        _ask(
            key="chemical_constituents",
            number="B9",
            label="Chemical constituents",
            help="Name each constituent with its CAS number and approximate share. The shares add up to at most 100.",
            kind=Kind.ROWS,
            shown_if=CHEMICAL_OR_MIXTURE,
            required=CHEMICAL_REQUIRED,
            columns=(
                Column(key="name", label="Constituent", help="Common name and IUPAC name.", required=True),
                Column(key="cas", label="CAS number", kind=Kind.CAS, required=CHEMICALS),
                Column(key="content", label="Content", kind=Kind.PERCENT, unit="%", required=True),
            ),
            source="IMP",
            ground="S",
        ),
    )


def supporting_documents(*, step: str = STEP.key, number: str = "B10") -> Question:
    """Public documents on the product. There is no confidential switch: confidential matter cannot define scope."""
    return _ask(
        key="product_documents",
        step=step,
        number=number,
        label="Supporting documents on the product",
        help="Photographs, specifications, Customs rulings, import documents. All public: no prices or suppliers.",
        kind=Kind.FILES,
        source="K, RTL-24",
        ground="K",
    )


def adcvd_questions(*, required: bool, step: str = STEP.key, number: str = "B11") -> tuple[Question, ...]:
    """Whether an antidumping or countervailing duty order of Commerce covers the product. Never an automatic bar."""
    covered = Is("adcvd", "yes")
    ask = partial(Question, step=step, visibility=Visibility.PUBLIC, number=number, source="CM-1019")
    return (
        ask(
            key="adcvd",
            label="Is the product subject to an antidumping or countervailing duty order?",
            help="An order issued by the U.S. Department of Commerce. An order does not by itself bar an exclusion.",
            kind=Kind.YES_NO,
            required=required,
            ground="S",
        ),
        ask(
            key="adcvd_cases",
            label="Case numbers of the orders",
            help="Such as A-570-084 and C-570-085, separated by commas.",
            kind=Kind.TEXT,
            shown_if=covered,
            required=True,
            ground="D",
        ),
        ask(
            key="adcvd_scope",
            label="Scope of the orders as it concerns the product",
            kind=Kind.LONG_TEXT,
            max_length=10_000,
            shown_if=covered,
            ground="D",
        ),
    )


def relationship_questions(*, step: str = STEP.key, number: str = "B12") -> tuple[Question, ...]:
    """Return the filer's relationship to the product, and which when it is another."""
    ask = partial(Question, step=step, visibility=Visibility.PUBLIC, number=number, required=True, source="TH-1019, DS")
    return (
        ask(
            key="relationship",
            label="Your relationship to the product",
            kind=Kind.CHOICE,
            choices=RELATIONSHIPS,
            ground="S",
        ),
        ask(
            key="relationship_other",
            label="Describe the relationship",
            kind=Kind.TEXT,
            shown_if=Is("relationship", "other"),
            ground="S",
        ),
    )
