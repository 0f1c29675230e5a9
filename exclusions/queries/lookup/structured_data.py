"""What pages say to search engines in the words of schema.org, as JSON-LD. Built from public facts alone."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse

from exclusions.models.public import PublicPetition

CONTEXT = "https://schema.org"
DOCKET = "Docket of Section 301 tariff exclusion petitions"
# Works of the United States Government are in the public domain (17 U.S.C. 105); what others filed is theirs.
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PUBLIC_DOMAIN = "https://www.usa.gov/government-works"


def absolute(path: str) -> str:
    """Return a path of this site as a whole address."""
    return f"{settings.BASE_URL}{path}"


def site_data() -> dict[str, Any]:
    """Describe the site and its search, for the start page."""
    return {
        "@context": CONTEXT,
        "@type": "WebSite",
        "name": "Tradecases",
        "url": absolute(reverse("home")),
        "description": "The record of Section 301 tariff exclusion petitions, from filing to decision.",
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{absolute(reverse('tariff'))}?q={{search_term_string}}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def dataset_data(name: str, description: str, page: str, downloads: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Describe a list that can be downloaded; `downloads` are (media type, path)."""
    return {
        "@context": CONTEXT,
        "@type": "Dataset",
        "name": name,
        "description": description,
        "url": absolute(page),
        "isAccessibleForFree": True,
        "license": PUBLIC_DOMAIN,
        "creator": {"@type": "Organization", "name": "Tradecases", "url": absolute(reverse("home"))},
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": absolute(path)} for kind, path in downloads
        ],
    }


def petition_data(petition: PublicPetition) -> dict[str, Any]:
    """Describe a posted petition as the docket shows it."""
    return {
        "@context": CONTEXT,
        "@type": "CreativeWork",
        "name": f"{petition.reference}: {petition.product_name}",
        "identifier": petition.reference,
        "url": absolute(reverse("docket-petition", args=[petition.reference])),
        "isAccessibleForFree": True,
        **({"datePublished": petition.posted_on.isoformat()} if petition.posted_on else {}),
        **({"author": {"@type": "Organization", "name": name}} if (name := petition.organization_name) else {}),
        "isPartOf": {"@type": "Dataset", "name": DOCKET, "url": absolute(reverse("docket"))},
    }


def datasets() -> list[dict[str, Any]]:
    """Describe the docket and the exclusions, for the page on data."""
    kinds = (("text/csv", "csv"), ("application/json", "json"), (WORKBOOK, "xlsx"))
    return [
        dataset_data(
            DOCKET,
            "Every posted petition: requester, tariff number, product, dates, stage and outcome.",
            reverse("docket"),
            [(media, reverse("docket-export", args=[kind])) for media, kind in kinds],
        ),
        dataset_data(
            "Section 301 tariff exclusions",
            "Every exclusion with its text, its numbers and the terms in which it is in force.",
            reverse("exclusions"),
            [(media, reverse("exclusion-export", args=[kind])) for media, kind in kinds],
        ),
    ]


def questions_data(questions: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Describe questions with their answers."""
    return {
        "@context": CONTEXT,
        "@type": "FAQPage",
        "mainEntity": [
            {"@type": "Question", "name": asked, "acceptedAnswer": {"@type": "Answer", "text": answer}}
            for asked, answer in questions
        ],
    }


def terms_data(terms: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Describe a glossary."""
    return {
        "@context": CONTEXT,
        "@type": "DefinedTermSet",
        "name": "Words of tariff exclusion petitions",
        "hasDefinedTerm": [{"@type": "DefinedTerm", "name": term, "description": meaning} for term, meaning in terms],
    }
