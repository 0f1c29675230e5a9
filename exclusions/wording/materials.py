"""Words for what goods are made of, as annex texts and filers write them."""

import re

from exclusions.wording.word_lists import listed

MATERIALS = listed(
    "abs acetal acrylic acrylonitrile alloy alloys aluminum aluminium bamboo brass bronze canvas carbon "
    "cardboard cast cellulose ceramic ceramics chrome chromium clay cobalt concrete copper cork cotton "
    "crystal diamond down elastomer elastomers epdm epoxy fabric fabrics felt fiber fibers fiberboard "
    "fiberglass fibre fibres filament foam fur glass gold granite graphite gypsum hardwood iron jute "
    "latex lead leather linen magnesium man-made marble melamine metal metals mdf molybdenum neoprene "
    "nickel nitrile nylon oak paper paperboard particleboard pet pine plastic plastics plywood polyamide "
    "polycarbonate polyester polyethylene polymer polymers polyolefin polypropylene polystyrene "
    "polyurethane porcelain pvc quartz quartzite ramie rattan rayon resin resins rubber sheepskin silica "
    "silicon silicone silk silver slate softwood steel stone stoneware terephthalate textile textiles "
    "thermoplastic tin titanium tungsten veneer vinyl viscose wax wicker wire wood wool yarn yarns zinc "
    "zirconium"
)
_FIBERS = (
    "acrylic canvas cotton felt fiber fibre filament jute linen nylon polyester ramie rayon silk viscose wool yarn"
)
_PLASTICS = (
    "abs acetal acrylic acrylonitrile elastomer epoxy foam melamine nylon pet polyamide polycarbonate polyester "
    "polyethylene polymer polyolefin polypropylene polystyrene polyurethane pvc resin silicone terephthalate "
    "thermoplastic vinyl"
)
_METALS = (
    "aluminum aluminium brass bronze cast chrome chromium cobalt copper gold iron lead magnesium molybdenum nickel "
    "silver steel tin titanium tungsten wire zinc zirconium"
)
# A wider word for materials, and what it takes in: goods of steel are goods of metal.
_WIDER = {
    "metal": listed(f"{_METALS} alloy"),
    "alloy": listed(_METALS),
    "iron": listed("steel cast"),
    "plastic": listed(_PLASTICS),
    "polymer": listed(f"{_PLASTICS} plastic rubber latex"),
    "resin": listed("epoxy melamine plastic"),
    "rubber": listed("elastomer epdm foam latex neoprene nitrile silicone"),
    "textile": listed(f"{_FIBERS} fabric"),
    "fabric": listed(_FIBERS),
    "fiber": listed(f"{_FIBERS} carbon cellulose fiberglass glass"),
    "wood": listed("bamboo cork fiberboard hardwood mdf oak particleboard pine plywood rattan softwood veneer wicker"),
    "paper": listed("cardboard cellulose fiberboard paperboard"),
    "stone": listed("concrete granite marble quartz quartzite slate"),
    "ceramic": listed("clay porcelain stoneware"),
    "glass": listed("crystal fiberglass"),
    "leather": listed("sheepskin"),
}
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")


def materials(words: str) -> frozenset[str]:
    """Return the words for materials in a text, in lower case, plastics and fibers in the singular."""
    return frozenset(
        word.removesuffix("s") if word not in ("brass", "glass") else word
        for word in _WORD.findall(words.casefold())
        if word in MATERIALS or all(part in MATERIALS for part in word.split("-"))
    )


def apart(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether no material of the one may be one of the other: steel and brass are apart, steel and metal are not."""
    return not any(
        left == right or right in _WIDER.get(left, ()) or left in _WIDER.get(right, ())
        for left in one
        for right in other
    )
