"""One receipt as PDF for all petitions that were filed under one certificate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from exclusions.gateways.typesetting import printable, set_pages


@dataclass(frozen=True)
class JointReceipt:
    """What the receipt prints: `facts` are (label, value); `petitions` are (reference, HTSUS number, product,
    fingerprint of the answers); `moment` is that of the certificate, whose own fingerprint is `sha256`.
    """

    docket: str
    moment: datetime
    facts: Sequence[tuple[str, str]]
    statements: Sequence[str]
    sha256: str
    petitions: Sequence[Sequence[str]]
    is_demo: bool = False


def joint_receipt(receipt: JointReceipt) -> bytes:
    """Return it as PDF bytes; the same receipt gives the same bytes. All of it is set as text, never read as markup."""
    words = printable(
        {
            "docket": receipt.docket,
            "facts": receipt.facts,
            "statements": receipt.statements,
            "sha256": receipt.sha256,
            "petitions": receipt.petitions,
            "is_demo": receipt.is_demo,
        }
    )
    return set_pages("joint_receipt.typ", words, receipt.moment)
