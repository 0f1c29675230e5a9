"""What can be watched: a number, a posted petition, an exclusion, an organization of the docket, a round."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from exclusions.hts import HtsError, dotted, parse
from exclusions.models.exclusion import Exclusion
from exclusions.models.public import PublicPetition, PublicResponse
from exclusions.models.round import Round

KINDS: dict[str, str] = {
    "number": "An HTSUS number",
    "case": "A petition",
    "exclusion": "An exclusion",
    "organization": "An organization",
    "round": "A round",
}


class NotWatchable(Exception):
    """There is nothing of this name; the text is a sentence that says so, with the remedy."""


@dataclass(frozen=True)
class Watched:
    """One thing that can be watched. `key` is as it is kept; `url` is its page, a path of this site."""

    kind: str
    key: str
    title: str
    url: str

    @property
    def query(self) -> str:
        """What names it in an address: kind and key, ready to follow a question mark."""
        return urlencode({"kind": self.kind, "key": dotted(self.key) if self.kind == "number" else self.key})


def watched(kind: str, text: str) -> Watched:
    """Return what a person named, by a word of KINDS and a number, reference or name; one statement, two at most.

    Raises NotWatchable with a sentence.
    """
    finds = {
        "number": _number,
        "case": _case,
        "exclusion": _exclusion,
        "organization": _organization,
        "round": _round,
    }
    if kind not in finds:
        raise NotWatchable(f"You cannot watch “{kind}”. Choose one of: {', '.join(KINDS)}.")
    return finds[kind](" ".join(text.split()))


def _number(text: str) -> Watched:
    try:
        plain = parse(text).plain
    except HtsError as error:
        raise NotWatchable(str(error)) from error
    return Watched("number", plain, f"HTSUS {dotted(plain)}", reverse("tariff-number", args=[dotted(plain)]))


def _case(text: str) -> Watched:
    reference = text.upper()
    if not PublicPetition.objects.filter(reference=reference).exists():
        raise NotWatchable(
            f"No petition has the reference “{text}”. "
            "Copy the reference from the docket, for example USTR-2019-0005-000001."
        )
    return Watched("case", reference, f"petition {reference}", reverse("docket-petition", args=[reference]))


def _exclusion(text: str) -> Watched:
    found = Exclusion.objects.filter(reference__iexact=text).order_by("pk").values_list("reference", flat=True).first()
    if not found:
        raise NotWatchable(f"No exclusion has the reference “{text}”. Copy the reference from the list of exclusions.")
    return Watched("exclusion", found, f"exclusion {found}", reverse("exclusion", args=[found]))


def _organization(text: str) -> Watched:
    name = ""
    for table in (PublicPetition, PublicResponse):
        names = table._default_manager.filter(organization_name__iexact=text).values_list(
            "organization_name", flat=True
        )
        name = name or names.order_by("organization_name").first() or ""
    if not name:
        raise NotWatchable(
            f"No organization called “{text}” is on the docket. Enter its name exactly as the docket shows it."
        )
    return Watched("organization", name, name, f"{reverse('docket')}?{urlencode({'organization': name})}")


def _round(text: str) -> Watched:
    found = Round.objects.current().filter(slug=text.lower()).order_by("version").first()
    if found is None:
        raise NotWatchable(f"No round is called “{text}”. Use the short name from the address of its page.")
    return Watched("round", found.slug, found.title, reverse("round", args=[found.slug]))
