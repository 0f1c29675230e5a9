"""What each kind of event is called where people read it: one table for cases, rounds, accounts and the rest.

Transitions and acts of two persons have their own labels; a test finds an event that has no words.
"""

from collections.abc import Mapping
from typing import Final

from exclusions.workflow.transitions import TRANSITIONS
from exclusions.workflow.two_persons import ACTS

WORDS: Final[Mapping[str, str]] = {
    # Of a case.
    "start": "Draft begun",
    "delete": "Draft deleted",
    "attach": "File attached",
    "remove": "File removed",
    "infected": "Infected file refused",
    "assign": "Case assigned",
    "release": "Case given back",
    "hand_over": "Handed to a colleague of the filer",
    "finding": "Finding recorded",
    "recommendation": "Recommendation recorded",
    "inquiry": "Question put to the filer",
    "answer_inquiry": "Question answered",
    "take_back_inquiry": "Question taken back",
    "lapse_inquiry": "Question not answered in time",
    "draw_own_view": "Drawn for blind double review, or not",
    "own_view": "Own view of level 2 recorded",
    "consistency": "Consistency review recorded",
    "legal_review": "Legal review recorded",
    "product_text": "Product text drafted",
    "opinion": "Opinion of Customs recorded",
    "assessment": "Committee's assessment recorded",
    "contact": "Contact outside the docket logged",
    "recusal": "Recusal declared",
    "respond": "Response received",
    "post_response": "Response posted",
    "refuse_response": "Response not posted",
    "withdraw_response": "Response withdrawn",
    "reply": "Reply filed",
    "post_reply": "Reply posted",
    "refuse_reply": "Reply not posted",
    "let_through": "Words let through by intake",
    "withhold": "Words not let through by intake",
    "refuse_confidentiality": "Confidential treatment refused",
    "settle_leak": "Repeated words settled by the filer",
    "state_coincidence": "Coincidence stated",
    "second_coincidence": "Coincidence agreed to",
    "quarantine": "Taken down from the public side",
    "replace": "Corrected file given",
    "correct": "Corrected text published",
    "restore": "Put back on the public side",
    "list_member": "Member listed on the petition",
    "accept_listing": "Listing accepted by the member",
    "end_listing": "Listing ended",
    "cluster_accept": "Cluster accepted",
    "cluster_apart": "Set apart from its cluster",
    "cluster_merge": "Cluster merged into another",
    "cluster_move": "Moved to another cluster",
    "cluster_split": "Split off into a cluster of its own",
    # Of acts of two persons.
    "propose": "Proposed",
    "refuse_proposal": "Proposal refused",
    "withdraw_proposal": "Proposal withdrawn",
    "reissue_letter": "New version of a letter issued",
    "correct_exclusion": "Exclusion corrected, new version of the letter issued",
    # Of notices, terms, numbers and letters.
    "draft_notice": "Notice drafted",
    "draft_terms": "Notice of terms drafted",
    "change_paragraphs": "Paragraphs of the notice changed",
    "take_out_of_draft": "Item taken out of the draft",
    "enter_notice": "Notice entered",
    "enter_ace_day": "Day in ACE entered",
    "publish_amendment": "Amendment published",
    "drop_amendment": "Amendment dropped",
    "comment": "Comment received",
    "post_comment": "Comment posted",
    "refuse_comment": "Comment not posted",
    "withdraw_comment": "Comment withdrawn",
    "recommend_terms": "Terms recommended",
    "sign_terms": "Decisions on terms signed",
    "publish_terms": "Decisions on terms published",
    "search_notices": "Notices searched, nothing new",
    "settle_number": "What follows a retired number decided",
    "write_template": "Version of a letter’s template written",
    # Of rounds, forms and lists.
    "round_made": "Round made",
    "round_changed": "Rules of the round changed",
    "round_version": "New version of the round’s rules",
    "round_extend_filing": "Filing window extended",
    "round_extend_responses": "Response periods extended",
    "round_extend_pending": "Pending deadlines extended",
    "round_pause": "Round paused",
    "round_resume": "Round resumed",
    "round_reopen": "Demonstration window reopened",
    "form_made": "Form made",
    "set_blind_share": "Share of blind double review set",
    "admin_add": "Added in the administration",
    "admin_change": "Changed in the administration",
    "admin_delete": "Deleted in the administration",
    "admin_add_lines": "Lines added to the list",
    # Of people and organizations.
    "register": "Organization registered",
    "invite": "Person invited",
    "join": "Person joined",
    "withdraw_invitation": "Invitation withdrawn",
    "change_role": "Role in the organization changed",
    "authorize": "Firm authorized",
    "request_authorization": "Authorization requested",
    "revoke": "Authorization revoked",
    "merged_into": "Merged into another organization",
    "declare_interest": "Interest declared",
    "end_interest": "Interest ended",
    "link_agency_sign_on": "Agency sign-on linked",
    "made_administrator": "Made administrator from the server",
    "references_left_out": "Numbers left out after a restore",
    "ended_unreadable_factors": "Second factors ended, whose key is lost",
    "set_password_from_shell": "Password set from the server",
    "made_api_token": "API token made",
    "ended_api_token": "API token ended",
    "own_email_changed": "Own e-mail address changed",
    "own_password_changed": "Own password changed",
    "own_password_reset": "Own password reset",
    "own_password_set": "Own password set",
    "own_recovery_codes_generated": "Own recovery codes made",
    "own_totp_activated": "Own authenticator app added",
    "own_totp_deactivated": "Own authenticator app removed",
    "own_webauthn_added": "Own passkey added",
    "own_webauthn_removed": "Own passkey removed",
    # Of watches.
    "watch.begun": "Watch begun",
    "watch.news": "News sent to watchers",
}


def event_words(kind: str) -> str:
    """Return what an event of this kind is called; one that has no words yet, its name with spaces."""
    if kind in TRANSITIONS:
        return TRANSITIONS[kind].label
    if kind in WORDS:
        return WORDS[kind]
    return ACTS[kind].label if kind in ACTS else kind.replace("_", " ").capitalize()
