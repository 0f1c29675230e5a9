"""Many more cases of the demonstration, after those that were walked: other requesters, and products that are alike.

Half of the names of a product say the same in other words, the rest differ by a size, a model or a word, as in the real
dockets (docs/likeness.md).
"""

import random
from collections.abc import Callable, Iterator
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from exclusions.actions.store.bulk import analyze
from exclusions.errors import Incomplete
from exclusions.management.demo import products
from exclusions.management.demo.people import COMPANIES, DOMAIN
from exclusions.management.demo.products import Product
from exclusions.management.demo.repeated import Again, repeat_case
from exclusions.models import Membership, Organization, Petition, Round, User
from exclusions.workflow.states import Status

AT_ONCE = 500
PRODUCTS = [thing for thing in vars(products).values() if isinstance(thing, Product) and not thing.cas]
# How the cases are spread. Those that are left out are not repeated; the text of a denial or a draft is of one product.
SHARES = {
    Status.SUBMITTED: 5,
    Status.POSTED: 5,
    Status.REPLYING: 3,
    Status.LEVEL1: 28,
    Status.LEVEL2: 20,
    Status.CONSISTENCY: 8,
    Status.LEGAL: 10,
    Status.DRAFTING: 2,
    Status.CUSTOMS: 1,
    Status.COMMITTEE: 1,
    Status.SIGNATURE: 6,
    Status.GRANTED: 3,
    Status.DENIED: 6,
    Status.WITHDRAWN: 2,
}
ANY_PRODUCT = {Status.SUBMITTED, Status.LEVEL1, Status.LEVEL2, Status.CONSISTENCY, Status.LEGAL, Status.WITHDRAWN}
_WHERE = (
    "Amber Ridge",
    "Bay Harbor",
    "Cedar Falls",
    "Delta Plain",
    "Eagle Pass",
    "Fox River",
    "Grand Mesa",
    "Iron Range",
)
_WHAT = ("Tool Works", "Home Goods", "Supply", "Trading", "Parts", "Outfitters", "Components", "Hardware", "Equipment")
_SIZES = ("12 in", "18 in", "24 in", "30 in", "36 in", "48 in", "60 in", "72 in")
_COLORS = ("black", "white", "red", "blue", "gray")
_MORE = ("heavy duty", "compact", "for outdoor use", "with mounting kit", "insulated", "for boats")


def make_many(*, round: Round, count: int, at: datetime, progress: Callable[[str], None]) -> int:
    """Repeat cases of the round that went the whole way until there are so many more; return how many were made."""
    chance = random.Random(Petition.objects.filter(round=round).count())
    examples, filers = _examples(round), _filers(at)
    made = 0
    while made < count:
        if not examples:
            raise Incomplete("No case of the demonstration round can be repeated. Seed an empty database.")
        statuses = list(examples)
        status = chance.choices(statuses, [SHARES[status] for status in statuses])[0]
        example = chance.choice(examples[status])
        wanted = min(AT_ONCE, count - made, max(1, count // 40))
        again = [Again(*chance.choice(filers), _answers(example, status in ANY_PRODUCT, chance)) for _ in range(wanted)]
        try:
            # One transaction an example: what was made stays, and the next call goes on from there.
            made += repeat_case(example, again, at=at)
        except Incomplete:
            examples[status].remove(example)
            examples = {status: left for status, left in examples.items() if left}
            continue
        progress(f"{made:,} of {count:,} more petitions …")
    analyze()
    return made


def _examples(round: Round) -> dict[Status, list[Petition]]:
    """Return the walked cases that may be repeated, by status: those of the accounts that walk."""
    walkers = [account.email for account in COMPANIES]
    found: dict[Status, list[Petition]] = {}
    cases = Petition.objects.filter(round=round, filed_by__email__in=walkers, filer_organization=None)
    cases = cases.exclude(reference=None).exclude(decisions__version__gt=1).select_related("round", "organization")
    for petition in cases.order_by("reference"):
        if petition.status in SHARES:
            found.setdefault(Status(petition.status), []).append(petition)
    return found


def _filers(at: datetime) -> list[tuple[Organization, User]]:
    """Return the further companies with the person who files for each, making whoever is missing."""
    names = [f"{where} {what} LLC" for what in _WHAT for where in _WHERE]
    # Everybody has the one known password; hashing it again a hundred times would take longer than all the rest.
    password = User.objects.get(email=COMPANIES[0].email).password
    with transaction.atomic():
        return [_filer(name, place, password, at) for place, name in enumerate(names, start=1)]


def _filer(name: str, place: int, password: str, at: datetime) -> tuple[Organization, User]:
    email = f"company{place:03}@{DOMAIN}"
    company, _ = Organization.objects.get_or_create(legal_name=name, defaults={"created_at": at})
    person = {"password": password, "full_name": f"Filer of {name}", "date_joined": at}
    user, _ = User.objects.get_or_create(email=email, defaults=person)
    Membership.objects.get_or_create(user=user, organization=company, defaults={"created_at": at})
    EmailAddress.objects.get_or_create(user=user, email=email, defaults={"verified": True, "primary": True})
    return company, user


def _answers(example: Petition, any_product: bool, chance: random.Random) -> dict[str, str]:
    """Return what this petition says of its product: that of the example, or any other, in words of its own."""
    product = chance.choice(PRODUCTS)
    if not any_product:
        return {"product_name": _named(example.product_name, chance)}
    return {
        "hts10": product.number,
        "product_name": _named(product.name, chance),
        "product_description": product.description,
        "product_function": product.function,
        "unique_features": product.features,
    }


def _named(name: str, chance: random.Random) -> str:
    return chance.choice(list(_spellings(name)))(chance)[:300]


def _spellings(name: str) -> Iterator[Callable[[random.Random], str]]:
    """Yield ways to call a product: five that say the same, three that say more."""
    *rest, last = name.split()
    yield lambda _: name
    yield lambda _: name.upper()
    yield lambda _: name.removesuffix("s")
    yield lambda _: f"{last.capitalize()}, {' '.join(rest)}" if rest else name
    yield lambda chance: f"{name}, {chance.choice(_COLORS)}"
    yield lambda chance: f"{name}, {chance.choice(_SIZES)}"
    yield lambda chance: f"{name} {chance.choice('ABKT')}X-{chance.randint(100, 160)}"
    yield lambda chance: f"{name}, {chance.choice(_MORE)}"
