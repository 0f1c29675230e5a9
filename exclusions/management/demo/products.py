"""The products of the demonstration. Numbers and lists are real, companies and figures are invented."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Product:
    """What one company asks to be excluded. `text` is what the agency will draft; empty: the whole number."""

    account: str
    number: str
    name: str
    description: str
    function: str
    features: str
    text: str = ""
    cas: tuple[str, str, str] | None = None


def _spd(words: str, dotted: str) -> str:
    return f"{words} (described in statistical reporting number {dotted})"


BREAST_PUMPS = Product(
    "importer", "8413810040", "Breast pumps, electric and manual",
    "Breast pumps, electric or manual, of plastics and silicone, each of a mass of not more than 900 g, put up for "
    "retail sale with collection bottles of 150 ml.",
    "Expresses milk; worn or held by hand, driven by a battery or by a lever.",
    "Food-grade silicone shield of 21 mm to 30 mm; suction of not more than 0.35 bar; closed system.",
    _spd("Breast pumps, whether or not with accessories or batteries", "8413.81.0040"),
)  # fmt: skip
RADIOS = Product(
    "rival", "8525601010", "Citizens band radio transceivers",
    "Transceivers for the citizens band, 26.965 MHz to 27.405 MHz, hand-held or for installation in vehicles, output "
    "of not more than 4 W.",
    "Sends and receives speech on 40 channels.",
    "Power supply of 12 V or 13.8 V direct current; metal case of not more than 200 mm by 60 mm by 220 mm.",
)  # fmt: skip
QUARTZ = Product(
    "granite", "6810990020", "Agglomerated quartz slabs",
    "Slabs of agglomerated quartz, of a length of 3,000 mm or more and a width of 1,400 mm or more, 20 mm or 30 mm "
    "thick, polished on one face.",
    "Cut to size for kitchen and laboratory work surfaces.",
    "At least 90 percent quartz by weight, bound with polyester resin; water absorption of not more than 0.05 percent.",
    _spd("Slabs of agglomerated quartz, at least 3,000 mm by 1,400 mm, 20 mm or 30 mm thick", "6810.99.0020"),
)  # fmt: skip
ROBOTS = Product(
    "northgate", "8479500000", "Six-axis industrial robots",
    "Industrial robots with six axes, of a payload of 10 kg to 200 kg and a reach of 1,200 mm to 3,100 mm, each with "
    "its controller.",
    "Handles and welds workpieces in production cells.",
    "Repeatability of 0.05 mm; protection class IP67 at the wrist.",
    _spd("Industrial robots, with six axes, payload at least 10 kg but not more than 200 kg", "8479.50.0000"),
)  # fmt: skip
CYANURIC = Product(
    "delmarva", "2933696010", "Cyanuric chloride",
    "Cyanuric chloride, a white crystalline powder of at least 99.5 percent purity by weight, in drums of 50 kg.",
    "Reacted with amines into intermediates of dyes and of crop protection agents.",
    "Melting point of 145 to 147 degrees Celsius; content of insoluble matter not more than 0.3 percent.",
    _spd("Cyanuric chloride (IUPAC 2,4,6-trichloro-1,3,5-triazine) (CAS 108-77-0), 99.5 percent or higher purity",
         "2933.69.6010"),
    ("Cyanuric chloride", "108-77-0", "100"),
)  # fmt: skip
VALVES = Product(
    "hoosier", "8481803090", "Ball valves of steel, hand operated",
    "Ball valves of stainless steel, hand operated, of a nominal bore of 12 mm to 20 mm, for a pressure of not more "
    "than 10 bar.",
    "Opens and closes water and gas lines in living quarters of vehicles.",
    "Lever handle; threaded ends; seat of polytetrafluoroethylene.",
    _spd("Hand operated ball valves of steel, nominal bore over 12 mm but not over 20 mm, rated at most 10 bar",
         "8481.80.3090"),
)  # fmt: skip
BICYCLES = Product(
    "prairie", "8712001510", "Single-speed children's bicycles",
    "Bicycles with both wheels of a diameter of not more than 50 cm, with a frame of steel, a single speed and a "
    "coaster brake, with or without removable training wheels.",
    "Ridden by children from three to seven years of age.",
    "Mass of not more than 10 kg; frame tube of 25 mm to 32 mm; chain guard.",
)  # fmt: skip
MOTORS = Product(
    "copperline", "8501524000", "Multi-phase motors with planetary gears",
    "Multi-phase alternating current motors, output 5.8 kW to 14.92 kW, each with planetary gears and a gear box.",
    "Drives augers and conveyors.",
    "Output speed of 20 to 120 revolutions a minute; mass of not more than 240 kg.",
    _spd("Multi-phase AC motors, output at least 5.8 kW but not exceeding 14.92 kW, each with planetary gears and a "
         "gearbox", "8501.52.4000"),
)  # fmt: skip
ACTUATORS = Product(
    "copperline", "8412390080", "Pneumatic actuators",
    "Pneumatic actuators, double acting or spring return, of aluminum, rated at a maximum pressure of 10 bar.",
    "Turns quarter-turn valves in process plants.",
    "Torque of 10 Nm to 2,000 Nm; stroke of 90 degrees; mass of not more than 30 kg.",
    _spd("Direct acting and spring return pneumatic actuators, each rated at a maximum pressure of 10 bar",
         "8412.39.0080"),
)  # fmt: skip
WALLETS = Product(
    "bluepine", "4202321000", "Wallets of reinforced plastics",
    "Wallets with an outer surface of reinforced plastics, of 17.5 cm to 19 cm by 11 cm by 2 cm, with wrist straps.",
    "Holds cards, coins and a telephone.",
    "Sheeting of polyurethane on a woven base of polyester, of a mass of 300 to 420 g/m2.",
    _spd("Wallets, with or without wrist straps, of reinforced plastics, at least 17.5 x 2 x 11 cm", "4202.32.1000"),
)  # fmt: skip
PADS = Product(
    "bluepine", "3924905650", "Kneeling pads of plastics",
    "Kneeling pads of foamed plastics, of 40 cm to 50 cm by 20 cm by 3 cm, with a handle cut out.",
    "Protects the knees in house and garden.",
    "Ethylene-vinyl acetate of a density of 60 to 90 kg/m3; closed cells.",
    _spd("Kneeling pads of plastics", "3924.90.5650"),
)  # fmt: skip
PUMPS = Product(
    "saltmarsh", "8413702004", "Submersible centrifugal pumps",
    "Centrifugal pumps, submersible, of a diameter of not more than 140 mm and a power of 20 kW to 90 kW.",
    "Lifts oil and water in wells.",
    "Multistage, of nickel cast iron; rated for 120 degrees Celsius.",
    _spd("Centrifugal pumps, submersible, designed for use in artificial lift systems for extracting oil and gas",
         "8413.70.2004"),
)  # fmt: skip
CHILLERS = Product(
    "saltmarsh", "8418690120", "Water chillers for aquaculture",
    "Water chillers with a refrigerating capacity of 3 kW to 12 kW and a heat exchanger of titanium.",
    "Keeps sea water in tanks at 8 to 18 degrees Celsius.",
    "Scroll compressor; mass of not more than 160 kg; 230 V.",
)  # fmt: skip
PANELS = Product(
    "copperline", "8537108000", "Control panels for pumps",
    "Control panels with circuit breakers and a speed controller, in a steel case of 600 mm by 400 mm by 250 mm, for "
    "not more than 480 V.",
    "Starts, stops and protects pumps of not more than 30 kW.",
    "Protection class IP54; bus bars of copper rated at 100 A.",
)  # fmt: skip
HATS = Product(
    "prairie", "6505008015", "Knitted sun hats",
    "Hats, knitted in one piece, of man-made fibers, of a mass of 60 g to 110 g, with a brim of 7 cm.",
    "Shades the head and neck.",
    "Sun protection factor of 50; folds flat.",
)  # fmt: skip
SACKS = Product(
    "redwood", "4819504060", "Rigid boxes of paperboard",
    "Boxes of paperboard with lids, covered with paper, of a base of 10 cm to 40 cm, of a board of 1.5 mm to 3 mm.",
    "Packs gifts and small goods for retail sale.",
    "Not folding; corners joined by paper tape.",
)  # fmt: skip
CARTON_MACHINES = Product(
    "redwood", "8441300000", "Carton folding and gluing machines",
    "Machines that fold and glue blanks of paperboard into cartons, of a working width of 450 mm to 1,100 mm.",
    "Makes folding cartons at up to 300 m a minute.",
    "Lower gluing unit; servo driven; mass of 4,000 kg to 9,000 kg.",
    _spd("Machines for folding and gluing cartons, working width at least 450 mm but not more than 1,100 mm",
         "8441.30.0000"),
)  # fmt: skip
LAMP_PARTS = Product(
    "silverbirch", "3926909989", "Lamp shade rings of plastics",
    "Rings of plastics for lamp shades, of an outside diameter of 40 mm to 60 mm, threaded inside.",
    "Holds the shade on the socket of a lamp.",
    "Polyamide, withstands 130 degrees Celsius; mass of not more than 20 g.",
    _spd("Threaded rings of plastics, outside diameter at least 40 mm but not more than 60 mm", "3926.90.9989"),
)  # fmt: skip
TOWELS = Product(
    "bluepine", "6302600020", "Bath towels of cotton terry",
    "Towels of terry toweling, of cotton, of 70 cm by 140 cm, of a mass of 500 to 650 g/m2.",
    "Dries the body.",
    "Ring-spun yarn; hemmed on four sides.",
    _spd("Towels of cotton terry toweling, 70 cm by 140 cm", "6302.60.0020"),
)  # fmt: skip
