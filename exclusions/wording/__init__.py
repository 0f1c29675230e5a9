"""Product texts in the style of the annex (taken apart, generated, remarked on); the language of letters. No Django."""

from exclusions.wording.description import Clause, Description, Kind
from exclusions.wording.limits import Bound, Limit
from exclusions.wording.named_numbers import NamedNumber
from exclusions.wording.parsing import parse
from exclusions.wording.remarks import Known, Remark, lint
from exclusions.wording.writing import Attributes, Stated, describe, generate

__all__ = [
    "Attributes",
    "Bound",
    "Clause",
    "Description",
    "Kind",
    "Known",
    "Limit",
    "NamedNumber",
    "Remark",
    "Stated",
    "describe",
    "generate",
    "lint",
    "parse",
]
