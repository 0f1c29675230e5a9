"""Units of measure as annex texts write them: what each measures, how much, and whether it is metric."""

import re
from dataclasses import dataclass
from functools import lru_cache

_METRIC = {
    "length": "nm=1e-6 micrometer=1e-3 micrometers=1e-3 micron=1e-3 microns=1e-3 µm=1e-3 mm=1 millimeter=1 "
    "millimeters=1 cm=10 centimeter=10 centimeters=10 m=1000 meter=1000 meters=1000 km=1e6 kilometers=1e6",
    "area": "cm2=1e-4 cm²=1e-4 m2=1 m²=1 square_meters=1 square_meter=1 square_centimeters=1e-4",
    "volume": "ml=1 mL=1 milliliter=1 milliliters=1 cc=1 cm3=1 cm³=1 cubic_centimeters=1 l=1000 L=1000 liter=1000 "
    "liters=1000 litre=1000 litres=1000 m3=1e6 m³=1e6 cubic_meter=1e6 cubic_meters=1e6",
    "weight": "mg=1e-3 g=1 gram=1 grams=1 kg=1000 kilogram=1000 kilograms=1000 t=1e6 metric_ton=1e6 metric_tons=1e6",
    "weight of area": "g/m2=1 g/m²=1 grams/m2=1 gram/m2=1 gsm=1 kg/m2=1000 kg/m²=1000",
    "density": "g/cm3=1000 g/cm³=1000 kg/m3=1 kg/m³=1",
    "linear density": "dtex=1 decitex=1 tex=10 ktex=10000 denier=1.1111",
    "voltage": "mV=1e-3 V=1 VAC=1 VDC=1 volt=1 volts=1 kV=1000 kilovolts=1000",
    "power": "mW=1e-3 W=1 watt=1 watts=1 kW=1000 kilowatts=1000 MW=1e6",
    "apparent power": "VA=1 kVA=1000 MVA=1e6",
    "current": "mA=1e-3 milliamps=1e-3 milliamperes=1e-3 A=1 amp=1 amps=1 ampere=1 amperes=1",
    "charge": "mAh=1e-3 Ah=1",
    "energy": "J=1 kJ=1000 Wh=3600 kWh=3.6e6 kcal=4184",
    "frequency": "Hz=1 hertz=1 kHz=1000 MHz=1e6 megahertz=1e6 GHz=1e9",
    "resistance": "milliohm=1e-3 milliohms=1e-3 ohm=1 ohms=1 kilohms=1000 megohms=1e6",
    "inductance": "microhenry=1e-6 microhenrys=1e-6 millihenrys=1e-3 henrys=1",
    "capacitance": "microfarad=1e-6 microfarads=1e-6 farad=1 farads=1",
    "pressure": "Pa=1 kPa=1000 MPa=1e6 megapascals=1e6 mbar=100 bar=1e5 bars=1e5",
    "force": "N=1 kN=1000 newtons=1",
    "torque": "Nm=1 N-m=1 newton_meters=1",
    "temperature": "°C=1 degrees_C=1 degrees_Celsius=1",
    "angle": "degree=1 degrees=1",
    "share": "%=1 percent=1 cg_percent=1",
    "speed": "rpm=1 revolutions_per_minute=1 km/h=1 m/s=3.6",
    "flow": "liters/min=1 liters_per_minute=1 L/min=1 cubic_meters_per_minute=1000 cubic_meters_per_hour=16.667 "
    "liters_per_hour=0.016667 m3/h=16.667",
    "light": "lumen=1 lumens=1 lm=1",
    "sound": "dB=1 decibels=1",
    "time": "second=1 seconds=1 minute=60 minutes=60 hour=3600 hours=3600 years=31557600",
    "output": "pages_per_minute=1 sheets_per_hour=1 kg_per_hour=1",
    "data": "bit=1 bits=1 MB=8e6 GB=8e9 TB=8e12 Mbit/s=1 megapixel=1 megapixels=1",
    "value": "cents=0.01 cent=0.01",
}
_CUSTOMARY = {
    "length": "inch=25.4 inches=25.4 in.=25.4 foot=304.8 feet=304.8 ft=304.8 yard=914.4 yards=914.4 mils=0.0254",
    "area": "square_feet=0.092903 square_inches=0.00064516",
    "volume": "gallon=3785.41 gallons=3785.41 gal=3785.41 quart=946.353 quarts=946.353 fluid_ounces=29.5735 "
    "cubic_feet=28316.8",
    "weight": "lb=453.592 lbs=453.592 pound=453.592 pounds=453.592 oz=28.3495 ounce=28.3495 ounces=28.3495",
    "power": "hp=745.7 horsepower=745.7 HP=745.7 BTU/hr=0.293 BTU/h=0.293",
    "energy": "BTU=1055 BTUs=1055 British_thermal_units=1055",
    "pressure": "psi=6894.76",
    "torque": "foot-pounds=1.35582",
    "temperature": "°F=1 degrees_F=1 degrees_Fahrenheit=1",
}
# What has no unit of the first kind stands for itself.
COUNT = "count"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as written: the quantity, how many of the quantity's first unit it is, and whether it is metric."""

    written: str
    quantity: str
    size: float
    metric: bool = True


def _table() -> dict[str, Unit]:
    return {
        written.replace("_", " "): Unit(written.replace("_", " "), quantity, float(size), metric)
        for metric, kinds in ((True, _METRIC), (False, _CUSTOMARY))
        for quantity, forms in kinds.items()
        for written, size in (form.split("=") for form in forms.split())
    }


UNITS: dict[str, Unit] = _table()
DOLLARS = Unit("$", "value", 1.0)
# “4X” right behind the figure; with a blank it would be “by”.
MAGNIFIED = {written: Unit(written, "magnification", 1.0) for written in ("X", "x")}
# Longest first; "A" and "V" are units behind a figure only, which is where this is asked.
UNIT = "|".join(re.escape(written) for written in sorted(UNITS, key=len, reverse=True))


@lru_cache(maxsize=1024)
def unit(written: str) -> Unit:
    """Return the unit that is written so; a word that is none counts things of its kind (“drawers”)."""
    if written == DOLLARS.written:
        return DOLLARS
    return UNITS.get(written) or MAGNIFIED.get(written) or UNITS.get(written.casefold()) or Unit(written, COUNT, 1.0)


def is_unit(written: str) -> bool:
    """Whether the word is a unit that the annex or a filer would write."""
    return written == DOLLARS.written or written in UNITS or written.casefold() in UNITS


def in_metric(value: float, written: str) -> str:
    """Return a value of a customary unit in the unit that the annex would use, "" where there is none (“5.08 cm”)."""
    of = unit(written)
    if of.metric:
        return ""
    if of.quantity == "temperature":
        return f"{(value - 32) / 1.8:.4g} °C"
    target = {"length": "cm", "area": "m2", "volume": "liters", "weight": "kg", "power": "kW", "pressure": "bar",
              "torque": "Nm", "energy": "kJ"}[of.quantity]  # fmt: skip
    return f"{value * of.size / UNITS[target].size:.4g} {target}"
