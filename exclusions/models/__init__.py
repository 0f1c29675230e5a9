"""Tables, constraints and querysets, one file a noun; no decisions are made here."""

from exclusions.models.api_token import ApiToken
from exclusions.models.casework.absences import Absence
from exclusions.models.casework.arguments import Argument, ArgumentAnswer, TextMark
from exclusions.models.casework.closing import Closing
from exclusions.models.casework.clusters import Cluster, ClusterMember, JointAct, JointActMember
from exclusions.models.casework.confidence import ConfidentialityRefusal, LeakSettlement
from exclusions.models.casework.cure import Cure
from exclusions.models.casework.decision import (
    Decision,
    FederalNotice,
    Letter,
    ListHeading,
    NoticeCase,
    PendingLetter,
    Reopening,
)
from exclusions.models.casework.inquiry import Inquiry, InquiryAnswer
from exclusions.models.casework.notes import CaseNote, CaseTag, Mention, Tag
from exclusions.models.casework.own_view import BlindDraw, BlindShare, OwnView
from exclusions.models.casework.proposal import Proposal
from exclusions.models.casework.quarantine import Quarantine
from exclusions.models.casework.review import (
    Assignment,
    CommitteeAssessment,
    ConsistencyReview,
    Contact,
    CustomsOpinion,
    Finding,
    LegalReview,
    Outcome,
    ProductDraft,
    Recommendation,
    Recusal,
)
from exclusions.models.casework.saved_views import SavedView
from exclusions.models.casework.screening import Screening
from exclusions.models.casework.staff_mail import Digest, DueAlert, MailChoice
from exclusions.models.casework.store import StoredCase, StoredKey, StoredNumber
from exclusions.models.casework.supplement import Supplement
from exclusions.models.casework.targets import StageTarget
from exclusions.models.document import Document, EarlierCopy, PartRead
from exclusions.models.evidence import Evidence, GoodsWord
from exclusions.models.exclusion import Exclusion, ExclusionNumber, ExclusionTerm, ExclusionText
from exclusions.models.importer.bulk_certificate import BulkCertificate
from exclusions.models.importer.bulk_files import BulkContent, BulkFile, BulkWanted, BulkZip
from exclusions.models.importer.bulk_leak import BulkLeak
from exclusions.models.importer.bulk_sheet import BulkRow, BulkSheet
from exclusions.models.interest import Interest, NotThem
from exclusions.models.kept_answer import KeptAnswer
from exclusions.models.mirrors.changes import DocketChange
from exclusions.models.mirrors.dumps import Dump, DumpFile
from exclusions.models.notices.amendments import Amendment
from exclusions.models.notices.comments import (
    Comment,
    CommentLine,
    ExpiryReminder,
    NoticeTerm,
    TermDecision,
    TermRecommendation,
    TermReopening,
)
from exclusions.models.notices.letter_template import LetterTemplate
from exclusions.models.notices.listed import (
    ListedExclusion,
    PublicComment,
    PublicCommentLine,
    PublicTermDecision,
    PublicTermReopening,
)
from exclusions.models.notices.looked_for import LookedForNotices
from exclusions.models.notices.notices import NoticeDraft, NoticeItem, NoticeItemCase
from exclusions.models.notices.public_notices import PrintedWording, PublicNotice
from exclusions.models.notices.renumbering import NumberSettlement
from exclusions.models.organization import Authorization, Invitation, Membership, Organization
from exclusions.models.petition import Listing, Petition, PetitionVersion
from exclusions.models.public import (
    Anchor,
    DocketVersion,
    PublicDocument,
    PublicDownload,
    PublicLetter,
    PublicPetition,
    PublicResponse,
    Tombstone,
)
from exclusions.models.record import AccessLog, Event, Notification, ReferenceSequence, Reminder, Seal
from exclusions.models.response import JointStatement, Reply, Response
from exclusions.models.round import MadeForm, MadeQuestion, Round, RoundOrder
from exclusions.models.standing_answers import StandingAnswer
from exclusions.models.statistics import CountedFigures
from exclusions.models.subscription import Subscription, ToldNews, WebhookDelivery
from exclusions.models.tariff import (
    ActionRate,
    CoveredLine,
    HtsEdition,
    LineSuccession,
    TariffAction,
    TariffLine,
    TariffVersion,
)
from exclusions.models.user import User

__all__ = [
    "Absence",
    "AccessLog",
    "ActionRate",
    "Amendment",
    "Anchor",
    "ApiToken",
    "Argument",
    "ArgumentAnswer",
    "Assignment",
    "Authorization",
    "BlindDraw",
    "BlindShare",
    "BulkCertificate",
    "BulkContent",
    "BulkFile",
    "BulkLeak",
    "BulkRow",
    "BulkSheet",
    "BulkWanted",
    "BulkZip",
    "CaseNote",
    "CaseTag",
    "Closing",
    "Cluster",
    "ClusterMember",
    "Comment",
    "CommentLine",
    "CommitteeAssessment",
    "ConfidentialityRefusal",
    "ConsistencyReview",
    "Contact",
    "CountedFigures",
    "CoveredLine",
    "Cure",
    "CustomsOpinion",
    "Decision",
    "Digest",
    "DocketChange",
    "DocketVersion",
    "Document",
    "DueAlert",
    "Dump",
    "DumpFile",
    "EarlierCopy",
    "Event",
    "Evidence",
    "Exclusion",
    "ExclusionNumber",
    "ExclusionTerm",
    "ExclusionText",
    "ExpiryReminder",
    "FederalNotice",
    "Finding",
    "GoodsWord",
    "HtsEdition",
    "Inquiry",
    "InquiryAnswer",
    "Interest",
    "Invitation",
    "JointAct",
    "JointActMember",
    "JointStatement",
    "KeptAnswer",
    "LeakSettlement",
    "LegalReview",
    "Letter",
    "LetterTemplate",
    "LineSuccession",
    "ListHeading",
    "ListedExclusion",
    "Listing",
    "LookedForNotices",
    "MadeForm",
    "MadeQuestion",
    "MailChoice",
    "Membership",
    "Mention",
    "NotThem",
    "NoticeCase",
    "NoticeDraft",
    "NoticeItem",
    "NoticeItemCase",
    "NoticeTerm",
    "Notification",
    "NumberSettlement",
    "Organization",
    "Outcome",
    "OwnView",
    "PartRead",
    "PendingLetter",
    "Petition",
    "PetitionVersion",
    "PrintedWording",
    "ProductDraft",
    "Proposal",
    "PublicComment",
    "PublicCommentLine",
    "PublicDocument",
    "PublicDownload",
    "PublicLetter",
    "PublicNotice",
    "PublicPetition",
    "PublicResponse",
    "PublicTermDecision",
    "PublicTermReopening",
    "Quarantine",
    "Recommendation",
    "Recusal",
    "ReferenceSequence",
    "Reminder",
    "Reopening",
    "Reply",
    "Response",
    "Round",
    "RoundOrder",
    "SavedView",
    "Screening",
    "Seal",
    "StageTarget",
    "StandingAnswer",
    "StoredCase",
    "StoredKey",
    "StoredNumber",
    "Subscription",
    "Supplement",
    "Tag",
    "TariffAction",
    "TariffLine",
    "TariffVersion",
    "TermDecision",
    "TermRecommendation",
    "TermReopening",
    "TextMark",
    "ToldNews",
    "Tombstone",
    "User",
    "WebhookDelivery",
]
