"""Tariff look-ups, all by day: the one door to the lines, their coverage, their exclusions and their facts."""

from exclusions.queries.tariff_coverage import Coverage, coverage, coverage_histories, coverage_of
from exclusions.queries.tariff_exclusions import NamedExclusion, live_exclusions
from exclusions.queries.tariff_facts import NumberFacts, number_facts
from exclusions.queries.tariff_lines import (
    Line,
    editions_on,
    line,
    lines_of,
    matching_lines,
    search_lines,
    search_terms,
)
from exclusions.queries.tariff_listing import ListedLine, listed

__all__ = [
    "Coverage",
    "Line",
    "ListedLine",
    "NamedExclusion",
    "NumberFacts",
    "coverage",
    "coverage_histories",
    "coverage_of",
    "editions_on",
    "line",
    "lines_of",
    "listed",
    "live_exclusions",
    "matching_lines",
    "number_facts",
    "search_lines",
    "search_terms",
]
