"""The doors through which words and files become public, are sent, or reach those who may read no confidential matter.

One row a door: its name (of the transition, case entry or action), the action that writes, and which of that action's
arguments hold words or files. `actions.record.disclosure_checks` looks through each before it is written; a test
enumerates the arguments of all actions, and fails for one that is neither here nor exempt, by name and with a reason.
"""

from dataclasses import dataclass

# What somebody who reads the value is told to do instead.
IN_SUMMARY = "Give a range or a summary instead."
IN_NOTE = "Put it in the confidential note, and give a range or a summary here."
RECUSE = "Step back from that case instead. Its page has a link."
BY_QUESTION = "Name the question instead of the answer."


@dataclass(frozen=True)
class Door:
    """One door: `reaches` says in words who reads what passes it, `instead` what a refused writer does."""

    name: str
    action: str
    takes: tuple[str, ...]
    reaches: str
    instead: str = IN_SUMMARY


_ROWS = (
    Door("petition", "filing.petitions.save_answers", ("answers",), "is published when the petition is posted"),
    Door("attach", "filing.documents.attach", ("upload",), "is published when the petition is posted"),
    Door("response", "filing.responses.respond", ("answers", "uploads"), "is published once it is posted"),
    Door("reply", "filing.replies.reply", ("answers", "uploads"), "is published"),
    Door("replace", "record.quarantine.replace_document", ("upload",), "is published once it is put back"),
    Door("finding", "review.reviews.record_finding", ("reasons",), "is published with the decision", IN_NOTE),
    Door("recommendation", "review.reviews.recommend_outcome", ("reasons", "departure", "unlike"),
         "is printed with the case, and with the decision where it departs or is adopted"),
    Door("consistency", "review.reviews.record_consistency", ("distinctions",), "is published with the decision"),
    Door("legal_review", "review.reviews.record_legal_review", ("departure",), "is published with the decision"),
    Door("assessment", "review.reviews.record_assessment", ("departure",), "is published with the decision"),
    Door("product_text", "review.product_texts.draft_text", ("text",), "is read by Customs and published with a grant"),
    Door("opinion", "review.product_texts.give_opinion", ("reasons",), "is read by the drafter"),
    Door("assign", "review.assignments.assign", ("reason",), "goes on record and to its earlier holder", BY_QUESTION),
    Door("cluster", "casework.cluster_changes.set_apart", ("reason",), "goes on the record of the cases", BY_QUESTION),
    Door("argument_answer", "review.arguments.answer_arguments", ("reason",), "is published with the decision"),
    Door("recusal", "review.reviews.recuse", ("reason",), "goes on the record"),
    Door("interest", "review.interests.declare", ("name", "nature"), "is read by the administrator", RECUSE),
    Door("return", "review.intake.return_petition", ("points",), "is sent to the filer", BY_QUESTION),
    Door("refuse_confidentiality", "filing.confidentiality.refuse_confidentiality", ("reason",),
         "is sent to the filer", BY_QUESTION),
    Door("refuse_response", "filing.responses.refuse_response", ("reason",), "is mailed to the responder", BY_QUESTION),
    Door("withdraw", "filing.petitions.withdraw", ("reason",), "goes on the record and into a letter"),
    Door("quarantine", "record.quarantine.take_down", ("reason",), "is read by the filer and by staff", BY_QUESTION),
    Door("correct", "record.quarantine.correct", ("text",), "replaces in public the text that was taken down"),
    Door("withhold", "review.screenings.withhold", ("reason",), "is sent to the author", BY_QUESTION),
    Door("correct_exclusion", "people.record_acts.look_at_correction", ("facts", "reason"),
         "is published on the registry"),
    Door("amend_exclusion", "people.amendment_acts.look_at_amendment", ("facts", "reason"),
         "is published on the registry"),
    Door("reissue_letter", "people.record_acts.look_at_letter", ("reason",), "is printed in the letter"),
    Door("reopen_decision", "people.record_acts.look_at_reopening", ("reason",), "is published with the decision"),
    Door("inquiry", "review.inquiries.ask", ("question",), "is sent to the filer and is public", BY_QUESTION),
    Door("inquiry_answer", "review.inquiries.answer", ("text",), "is public"),
    Door("close", "people.closings.look_at_closing", ("reason",), "is printed in the letter to the filer", BY_QUESTION),
    Door("withdraw_exclusion", "notices.drafting.draft_withdrawal", ("reason",),
         "is published in the notice and on the registry"),
    Door("grant", "decision.decisions.grant", ("rationale", "departure", "adverse"), "is published"),
    Door("grant_in_part", "decision.decisions.grant_in_part", ("rationale", "narrowing", "departure", "adverse"),
         "is published"),
    Door("deny", "decision.decisions.deny", ("rationale", "departure", "facts"), "is published"),
    Door("remove_part", "record.public_files.waiting.remove_part", ("reason",), "goes on the record", BY_QUESTION),
    Door("clean_file", "record.public_files.waiting.clean_again", ("reason",), "goes on the record", BY_QUESTION),
)  # fmt: skip

DOORS: dict[str, Door] = {row.name: row for row in _ROWS}

# Doors at which words are written about listed exclusions, with what commenters gave in confidence before the writer.
_OF_COMMENTS = (
    Door("comment", "notices.comments.comment_on", ("answers",), "is published once it is posted",
         "Decline it with a reason. Its author may send another without these words."),
    Door("refuse_comment", "notices.comments.refuse_comment", ("reason",), "is mailed to the commenter", BY_QUESTION),
    Door("recommend_term", "notices.term_decisions.recommend_terms", ("reasons", "findings"),
         "is published with the decision"),
    Door("reopen_terms", "people.by_two.term_press_acts.look_at_reopening", ("reason",),
         "is published with the decision, and mailed"),
)  # fmt: skip

COMMENT_DOORS: dict[str, Door] = {row.name: row for row in _OF_COMMENTS}
