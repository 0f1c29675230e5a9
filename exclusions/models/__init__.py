"""Tables, constraints and querysets, one file a noun; no decisions are made here."""

from exclusions.models.answers.api_token import ApiToken
from exclusions.models.answers.docket_tally import DocketDay, DocketTally
from exclusions.models.answers.evidence import Evidence, GoodsWord
from exclusions.models.answers.kept_answer import KeptAnswer
from exclusions.models.answers.statistics import CountedFigures
from exclusions.models.answers.subscription import Subscription, ToldNews, WebhookDelivery
from exclusions.models.confidence import ConfidentialityRefusal, LeakSettlement
from exclusions.models.cure import Cure
from exclusions.models.decision import (
    Decision,
    FederalNotice,
    Letter,
    ListHeading,
    NoticeCase,
    PendingLetter,
    Reopening,
)
from exclusions.models.desk.absences import Absence
from exclusions.models.desk.closing import Closing
from exclusions.models.desk.clusters import Cluster, ClusterMember, JointAct, JointActMember
from exclusions.models.desk.independence import BlindDraw, BlindShare, OwnView
from exclusions.models.desk.inquiry import Inquiry, InquiryAnswer
from exclusions.models.desk.notes import CaseNote, CaseTag, Mention, Tag
from exclusions.models.desk.saved_views import SavedView
from exclusions.models.desk.staff_mail import Digest, DueAlert, MailChoice
from exclusions.models.desk.store import StoredCase, StoredKey, StoredTally
from exclusions.models.desk.targets import StageTarget
from exclusions.models.document import Document, EarlierCopy, PartRead
from exclusions.models.exclusion import Exclusion, ExclusionNumber, ExclusionTerm, ExclusionText
from exclusions.models.interest import Interest
from exclusions.models.organization import Authorization, Invitation, Membership, Organization
from exclusions.models.petition import Listing, Petition, PetitionVersion
from exclusions.models.proposal import Proposal
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
from exclusions.models.quarantine import Quarantine
from exclusions.models.record import AccessLog, Event, Notification, ReferenceSequence, Reminder, Seal
from exclusions.models.register.amendments import Amendment
from exclusions.models.register.comments import (
    Comment,
    CommentLine,
    ExpiryReminder,
    NoticeTerm,
    TermDecision,
    TermRecommendation,
)
from exclusions.models.register.letter_template import LetterTemplate
from exclusions.models.register.listed import ListedExclusion, PublicComment, PublicCommentLine, PublicTermDecision
from exclusions.models.register.looked_for import LookedForNotices
from exclusions.models.register.notices import NoticeDraft, NoticeItem, NoticeItemCase
from exclusions.models.register.public_notices import PrintedWording, PublicNotice
from exclusions.models.register.renumbering import NumberSettlement
from exclusions.models.response import Reply, Response
from exclusions.models.review import (
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
from exclusions.models.round import MadeForm, MadeQuestion, Round, RoundOrder
from exclusions.models.screening import Screening
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
    "Assignment",
    "Authorization",
    "BlindDraw",
    "BlindShare",
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
    "DocketDay",
    "DocketTally",
    "DocketVersion",
    "Document",
    "DueAlert",
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
    "StoredCase",
    "StoredKey",
    "StoredTally",
    "Subscription",
    "Tag",
    "TariffAction",
    "TariffLine",
    "TariffVersion",
    "TermDecision",
    "TermRecommendation",
    "ToldNews",
    "Tombstone",
    "User",
    "WebhookDelivery",
]
