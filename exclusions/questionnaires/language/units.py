"""Units of measure as petitioners write them, and the one word each is kept as."""

UNITS: dict[str, tuple[str, ...]] = {
    "number": ("no", "nos", "no.", "pcs", "pc", "pieces", "piece", "each", "ea", "units", "unit", "items", "numbers"),
    "kg": ("kgs", "kilogram", "kilograms", "kilo", "kilos"),
    "g": ("gram", "grams", "gms"),
    "t": ("ton", "tons", "metric ton", "metric tons", "tonne", "tonnes", "mt"),
    "lb": ("lbs", "pound", "pounds"),
    "liters": ("l", "liter", "litre", "litres"),
    "m": ("meter", "meters", "metre", "metres"),
    "m2": ("m²", "square meter", "square meters", "sq m", "sqm"),
    "m3": ("m³", "cubic meter", "cubic meters", "cbm"),
    "pairs": ("pair", "prs"),
    "dozens": ("dozen", "doz", "doz.", "dz"),
    "dozen pairs": ("doz prs", "doz. prs.", "dpr"),
    "sets": ("set",),
    "packs": ("pack", "pkgs", "packages", "boxes", "cartons"),
}
_KEPT_AS = {written: unit for unit, others in UNITS.items() for written in (unit, *others)}


def canonical_unit(text: str) -> str:
    """Return the unit's one spelling ("pcs" becomes "number"); a unit we do not know stays as typed."""
    return _KEPT_AS.get(text.casefold(), text)
