"""What happens to each petition of the demonstration: how far it goes, who responds, how it ends."""

from dataclasses import dataclass, field

from exclusions.management.demo import products
from exclusions.management.demo.products import Product
from exclusions.workflow.states import Status


@dataclass(frozen=True)
class Voice:
    """A response: who, for or against, what it says, and the requester's reply ("" for none)."""

    company: str
    position: str
    text: str
    reply: str = ""


_GRANTED = "The record shows no source outside China and severe harm to the requester. Customs can administer the text."


@dataclass(frozen=True)
class Story:
    """One petition: the product, the account that files it, the state to bring it to, and how it is judged.

    `against` are the criteria found against, with the reasons that are published; empty means a grant. `reopened` says
    why the denial was reopened, to be signed again with the rationale `again`; empty: it was not.
    """

    product: Product
    until: Status
    account: str = ""
    through_firm: bool = False
    voices: tuple[Voice, ...] = ()
    against: dict[str, str] = field(default_factory=dict)
    codes: tuple[str, ...] = ()
    rationale: str = _GRANTED
    reopened: str = ""
    again: str = ""
    reason: str = ""  # of a withdrawal, or of closing it without its merits
    points: tuple[tuple[str, str], ...] = ()  # of a return: question and remedy
    answers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Raise ValueError for a denial without a rationale of its own: a grant's would stand in its letter."""
        if self.denies and self.rationale == _GRANTED:
            raise ValueError(f"Give the denial of {self.product.name} a rationale of its own.")

    @property
    def denies(self) -> bool:
        """Whether the case ends, or is to end, with a denial."""
        return bool(self.codes)


_HOSPITAL = Voice(
    "Lakeside Birthing Center", "support", "Our patients need these pumps, and nobody else supplies them."
)
_NURSES = Voice("Tri-County Lactation Nurses", "support", "We asked five makers here and abroad. None could deliver.")
_GEORGIA = Voice(
    "Elberton Stone Works",
    "oppose",
    "We make slabs of agglomerated quartz in Georgia and have idle capacity of 40,000 slabs a year.",
    "The slabs of the plant are 1,200 mm wide; ours are 1,400 mm or more.",
)
_CYCLISTS = Voice("Open Trails Foundation", "support", "Children's bicycles of this kind are not made elsewhere.")
_FRAMES = Voice(
    "Ohio Frame Company", "oppose", "We make frames of steel for children's bicycles and would gladly make more."
)

_RADIO = "The record shows no maker in the United States or a third country. The number describes only these goods."

STORIES: tuple[Story, ...] = (
    Story(products.BREAST_PUMPS, Status.PUBLISHED, through_firm=True, voices=(_HOSPITAL, _NURSES), rationale=_GRANTED),
    Story(products.RADIOS, Status.PUBLISHED, rationale=_RADIO),
    Story(
        products.QUARTZ,
        Status.DENIED,
        voices=(_GEORGIA,),
        against={
            "availability": "A producer in Georgia offers slabs and has capacity. The requester itself buys some "
            "slabs in the United States.",
            "severe_economic_harm": "The requester can buy from the domestic producer. It does not show severe harm.",
        },
        codes=("DR1", "DR2"),
        rationale="A domestic source exists, and the record does not show severe economic harm.",
    ),
    Story(
        products.ROBOTS,
        Status.DENIED,
        against={
            "availability": "Makers in Japan and Germany offer six-axis robots of this class.",
            "strategic_importance": "Industrial robots are among the sectors that Chinese industrial programs name.",
        },
        codes=("DR1", "DR3"),
        rationale="The product is strategically important, and sources exist in third countries.",
        reopened="The rationale did not address the years when makers in third countries could not deliver.",
        again="The product is strategically important. Makers in Japan and Germany offer it. They could not deliver "
        "in 2017, but their offers of 2018 outweigh that.",
    ),
    Story(products.CYANURIC, Status.GRANTED, rationale=_GRANTED),
    Story(products.RADIOS, Status.GRANTED, account="saltmarsh", rationale=_RADIO),
    Story(products.PANELS, Status.SIGNATURE, rationale=_GRANTED),
    Story(
        products.HATS,
        Status.SIGNATURE,
        against={
            "availability": "Makers in Vietnam, Bangladesh and the United States offer knitted hats of this kind."
        },
        codes=("DR1",),
        rationale="Makers in the United States and in third countries supply knitted hats of this kind.",
    ),
    Story(products.CHILLERS, Status.COMMITTEE),
    Story(products.PUMPS, Status.CUSTOMS),
    Story(products.PADS, Status.DRAFTING),
    Story(products.WALLETS, Status.LEGAL),
    Story(products.ACTUATORS, Status.CONSISTENCY),
    Story(products.MOTORS, Status.LEVEL2),
    Story(products.RADIOS, Status.LEVEL1, account="copperline"),
    Story(products.BICYCLES, Status.REPLYING, voices=(_CYCLISTS, _FRAMES)),
    Story(
        products.VALVES, Status.POSTED, voices=(Voice("Great Lakes RV Park", "support", "We could not find another."),)
    ),
    Story(
        products.CARTON_MACHINES,
        Status.SUBMITTED,
        # For the clerk to find before posting: confidential matter in a public answer.
        answers={"more": "Our supplier is Beili Machinery Co., Ltd; its price per machine rose last year."},
    ),
    Story(
        products.LAMP_PARTS,
        Status.RETURNED,
        points=(
            ("product_description", "It names a supplier. Take the name out of the public answers."),
            ("purchases", "Give the unit of the quantities."),
        ),
    ),
    Story(
        products.SACKS,
        Status.LAPSED,
        account="prairie",
        points=(
            ("product_description", "The petition describes several products. Describe one product in each petition."),
        ),
    ),
    Story(
        products.TOWELS,
        Status.WITHDRAWN,
        reason="We found another source.",
    ),
    Story(products.TOWELS, Status.DRAFT, account="importer"),
    Story(
        products.BREAST_PUMPS,
        Status.COVERED,
        account="northgate",
        reason="The exclusion covers these pumps. It names the number and describes each feature.",
    ),
    Story(
        products.LAMP_PARTS,
        Status.INCOMPLETE,
        account="granite",
        points=(("product_description", "It describes several parts. Describe only the part that you ask for."),),
        reason="The petition still describes three parts. It does not say which one it asks for.",
    ),
    Story(
        products.RADIOS,
        Status.DUPLICATE,
        account="copperline",
        reason="The same company filed this petition before, word for word. That petition is under review.",
    ),
    Story(products.BREAST_PUMPS, Status.SUBMITTED, account="rival"),
)
