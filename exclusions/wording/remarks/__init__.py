"""Remarks on a product text: brands, users, vague words, numbers without units, each with the words and what helps."""

from exclusions.wording.remarks.remark import Known, Piece, Remark, marked
from exclusions.wording.remarks.rules import lint

__all__ = ["Known", "Piece", "Remark", "lint", "marked"]
