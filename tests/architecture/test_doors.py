"""No action takes words or files by a door that is not in the table, unless it is exempt here, by name and with why."""

import inspect
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages

from exclusions import actions
from exclusions.workflow.disclosure_checks import COMMENT_DOORS, DOORS

ROOT = "exclusions.actions."
WORDS = ("str", "Upload", "Mapping", "Any", "Notice", "Unlike")  # annotations of what can hold words or a file
KEY = "a key, code, address or choice: what it is compared with, or must look like, leaves no room for words"
PARTY = "the name or address of a party, which everybody may know, and no case is before who gives it"
NO_CASE = "of a party or an account, with no case before who writes; staff alone read it, and no message repeats it"
READERS = "read by those alone who read the whole case, who may write of it what they like"
WITHIN = "what the actions of this table call; its callers are here themselves"
HOOK = "an https address of the writer's own program, which they alone read; no words of a case go there"
EXEMPT: dict[str, dict[str, str]] = {
    KEY: {
        **dict.fromkeys(("own_watches.keep_own", "own_watches.keep_watch"), "channel rate"),
        **dict.fromkeys(("own_watches.change_own_rate", "watching.mail_so_often", "watching.subscribe"), "rate"),
        "watching.change_rate": "rate token",
        **dict.fromkeys(("people.tokens.make_own_token", "people.tokens.make_token"), "scopes"),
        **{f"watching.{one}_watch": "token" for one in ("confirm", "find", "stop")},
        "decision.decisions.deny": "contacts denial_codes seen",
        "decision.decisions.grant": "contacts seen",
        "decision.decisions.grant_in_part": "contacts narrowing_codes proposed_by seen",
        "notices.amendment_drafts.draft_amendment": "draft",
        "notices.amendments.publish_amendment": "citation",
        **{f"casework.cluster_changes.{one}": "references" for one in ("move_members", "set_apart", "split_cluster")},
        "casework.joint.act_jointly": "kind",
        "casework.joint_opinions.give_opinion_on_text": "grounds result",
        "decision.notices.effects": "notice",
        "decision.entering.note_wordings": "texts",
        **{f"decision.entering.{one}": "notice" for one in ("enter_notice", "notice_subject")},
        "decision.notices.effects_among": "notice places",
        **{f"decision.notices.{one}": "notice" for one in ("noted", "publish_grant", "publish_notice")},
        "decision.undoing.enter_ace_day": "notice",
        "filing.confidentiality.refuse_confidentiality": "question_key",
        **dict.fromkeys(("filing.confidentiality.settle_leak", "bulk_sheets.leaks.settle_rows"), "leak"),
        "record.public_files.waiting.note_part_read": "part",
        "record.public_files.waiting.remove_part": "part",
        "casework.many.move_many": "name",
        "casework.team.reassign": "but",
        "casework.team.set_target": "status",
        "filing.documents.attach": "question_key",
        "filing.petitions.save_answers": "seen",
        **dict.fromkeys(("filing.petitions.submit", "bulk_sheets.certifying.certify_drafts"), "certified"),
        **dict.fromkeys(("filing.responses.confirm_response", "filing.joint.confirming.confirm_jointly"), "token"),
        "filing.replies.reply": "stated_public",
        "filing.responses.respond": "reference replaces stated_public",
        **{f"filing.withdrawn_responses.{one}": "token" for one in ("to_replace", "withdraw_response")},
        "people.acts.lock_petition": "key",
        **{f"people.memberships.{one}": "role" for one in ("change_role", "invite")},
        **{f"people.memberships.{one}": "key" for one in ("digest", "find_by_key")},
        "people.organizations.register": "kind",
        "people.proposals.propose": "act key",
        "people.sign_ons.accept": "verified_emails",
        "record.letters.ensure_letter": "kind",
        "review.citations.add_citations": "citations seen",
        "notices.letter_templates.preview": "kind reference",
        "notices.letter_templates.write_template": "kind",
        "record.quarantine.take_down": "ground thing token",
        "review.product_texts.give_opinion": "grounds result",
        **{f"review.product_texts.{one}_text": "number" for one in ("draft", "review")},
        "casework.staff_mail.stop": "token",
        "review.arguments.answer_arguments": "kind",
        "review.arguments.mark_text": "citation sha256",
        "review.standing_answers.publish_standing_answer": "criterion",
        "review.reviews.recommend_outcome": "adopts denial_codes outcome",
        "review.reviews.record_assessment": "adopts outcome",
        "review.own_view.record_own_view": "outcome views",
        "review.compared.must_be_stored": "references",
        "review.reviews.record_consistency": "compared_with departs likes_seen ours theirs",
        "review.reviews.record_finding": "citations criterion result",
        "review.reviews.record_legal_review": "adopts denial_codes outcome",
        "review.screenings.withhold": "code",
        "notices.drafting.change_paragraphs": "draft numbers",
        "notices.drafting.draft_notice": "heading note",
        "notices.drafting.draft_rows": "draft",
        **{f"notices.drafting.{one}": "draft" for one in ("drop_draft", "reopen_draft", "send_draft", "take_out")},
        "notices.term_drafts.complete_terms": "items notice",
        "notices.term_drafts.draft_terms": "heading note references slug",
        "notices.term_drafts.tell_of_term": "item notice",
        "notices.publishing.publish_draft": "citation draft",
        "decision.taking_back.amends": "notice",
        "decision.taking_back.take_back_items": "notice",
        "decision.taking_back.written_beside": "notice",
        "decision.draft_states.draft_subject": "draft",
        "decision.draft_states.enter_status": "draft status",
        "decision.draft_states.lock_draft": "draft statuses",
        "rounds.after_restore.skip_references": "past",
        "rounds.made_forms.make_form": "based_on slug",
        "transitions.take": "name",
        "notices.comments.comment_on": "slug stated_public",
        "notices.comments.numbers_in": "text",
        **{f"notices.comments.{one}_comment": "token" for one in ("confirm", "withdraw")},
        "notices.term_decisions.lock_listed": "references",
        "notices.term_decisions.recommend_terms": "choice references slug",
        "notices.term_decisions.sign_terms": "references seen slug",
        **{f"notices.term_decisions.{one}": "slug" for one in ("lock_round", "terms_subject")},
        "notices.term_notices.publish_terms": "notice places references slug",
    },
    PARTY: {
        **{f"own_watches.{one}": "emails" for one in ("drop_watch", "exchange_secret", "move_webhook", "replay")},
        "own_watches.change_own_rate": "emails",
        **{f"own_watches.keep_{one}": "email" for one in ("own", "watch", "webhook")},
        "watching.subscribe": "email",
        **{f"people.authorizations.{one}": "email" for one in ("authorize", "request")},
        "people.listings.list_member": "email",
        "people.memberships.invite": "email",
        "people.organizations.named": "legal_name",
        "people.organizations.register": "legal_name",
    },
    HOOK: dict.fromkeys([f"own_watches.{one}" for one in ("keep_own", "keep_webhook", "move_webhook")], "url"),
    "sealed, answered to whoever sent it and to nobody else, and forgotten in a day": {
        "once.answered_before": "digest key",
        "once.keep_answer": "body key",
        "once.let_go": "key",
    },
    "public news or keys, told by the actions": {f"webhooks.{one}": "data kind" for one in ("event_of", "queue_event")},
    NO_CASE: {
        "rounds.made_forms.make_form": "asked title",
        "review.standing_answers.publish_standing_answer": "title words",
        "review.standing_answers.withdraw_standing_answer": "why",
        "notices.letter_templates.write_template": "text why",  # of every case to come; two persons put it in force
        **dict.fromkeys(("people.tokens.make_own_token", "people.by_two.new_round.facts_of_file"), "name"),
        "casework.notes.make_tag": "name",
        "casework.saved_views.save_view": "name query",
        **dict.fromkeys(("outages.extend_for_outage", "rounds.orders.refuse_words"), "citation reason"),
        **{f"rounds.orders.extend_{one}": "citation reason" for one in ("filing", "responses", "pending")},
        **{f"rounds.orders.{one}": "citation reason" for one in ("pause", "resume")},
        "rounds.orders.reopen_demonstration": "citation",
        "people.by_two.round_acts.look_at_dates": "facts reason",
        "review.interests.record_not_them": "name reason",
        "people.proposals.propose": "facts reason",
        "notices.renumbering.settle_number": "number reason successors verdict",
        "people.proposals.refuse": "reason",
        "people.closings.look_at_closing": "facts",  # references and keys of what the record holds
        "people.record_acts.look_at_letter": "facts",  # a code
        **{f"{one}.look_at_reopening": "facts" for one in ("people.record_acts", "people.by_two.term_press_acts")},
    },
    READERS: {
        "casework.notes.write_note": "text",
        **dict.fromkeys(("filing.confidentiality.settle_leak", "bulk_sheets.leaks.settle_rows"), "statement"),
        "filing.petitions.start": "assisted_request",
        "review.statements.state_coincidence": "statement",
        "review.contacts.log_contact": "summary with_whom",
        "review.reviews.record_assessment": "reasons views",
        "review.reviews.record_consistency": "reasons",
        "review.reviews.record_finding": "confidential_note",
        "review.reviews.record_legal_review": "reasons",
        "transitions.take": "reason",  # of those that lead back; `return` and `withdraw` are doors of their own
    },
    "typed into a draft, and looked through when it is submitted": {
        **dict.fromkeys(("bulk_sheets.sheets.save_company", "filing.petitions.start"), "answers"),
        **{f"bulk_sheets.{one}": of for one, of in (("tables.begin_with_table", "company"), ("zips.keep_zip", "name"))},
    },
    "shown to who typed it, and nothing is kept": {
        "notices.letter_templates.preview": "text",
        "review.product_texts.review_text": "text",
    },
    "goes by the door “cluster”, as the reason of `set_apart` does": {
        **{f"casework.cluster_changes.{one}_cluster": "reason" for one in ("accept", "split")},
        **{f"casework.cluster_changes.{one}": "reason" for one in ("merge_clusters", "move_members")},
    },
    "goes by the doors of the actions of one case, which it calls for each": {
        "casework.joint.act_jointly": "entered",
        "casework.together.take_together": "data name",
        **dict.fromkeys(("filing.many.withdraw_many", "filing.joint.posting.refuse_jointly"), "reason"),
        "filing.joint.statements.respond_to_many": "answers seen stated_public",
        "review.answering.answer_many": "question text",
        "casework.joint_opinions.give_opinion_on_text": "reasons",
    },
    WITHIN: {
        **dict.fromkeys(("casework.at_desk.send_on", "filing.documents.too_large"), "name"),
        "casework.at_desk.agree": "unlike",
        **dict.fromkeys(("review.assignments.take", "casework.many.assign_many", "casework.team.reassign"), "reason"),
        "people.by_two.new_round.make_new_round": "reason",
        "casework.team.require_entered": "errors",
        "decision.decisions.look_over": "data name seen",
        "decision.notice_checks.check_citation": "citation",
        "decision.notice_checks.check_form": "citation note",
        "decision.notice_checks.heading_of": "note text",
        "decision.undoing.built_upon": "notice",
        "decision.undoing.undo_notice": "notice reason",
        "filing.submitting.submit_judged": "certified",
        **dict.fromkeys(("filing.petitions.begin", "filing.submissions.checked"), "answers"),
        "filing.documents.keep_for": "question_key upload",
        **{f"filing.submissions.{one}_in": "answers" for one in ("address", "take")},
        **{f"filing.submissions.{one}": "again" for one in ("confirm", "require_in_time")},
        **dict.fromkeys(("filing.submissions.decline", "filing.response_messages.tell_of_refusal"), "reason"),
        "filing.submissions.fill_in": "answers token",
        "filing.joint.judging.judge": "answers stated_public",
        "filing.responses.check_for": "answers replaces stated_public uploads",
        "record.events.record_for_each": "data kind subjects",
        "filing.submissions.require_link": "otherwise",
        "filing.submissions.stated_values": "answers noun stated",
        **dict.fromkeys(("filing.response_messages.send_receipt", "filing.joint.statements.token_in"), "token"),
        "filing.own_values.ask": "place stated",
        **{f"filing.own_values.{one}": "place" for one in ("keep_statements", "statements_on")},
        "bulk_sheets.leaks.note_leaks": "judged",
        "filing.own_values.own_values": "answers find",
        "filing.replies.to_begin_with": "before",
        "filing.replies.check_reply": "answers stated_public uploads",
        "filing.responses.check_response": "answers reference replaces stated_public uploads",
        "filing.sent_files.keep_all": "uploads",
        **dict.fromkeys(("filing.sent_files.with_files", "filing.joint.statements.digest_over"), "answers"),
        "filing.sent_files.with_names": "answers uploads",
        **{f"record.accesses.{one}": "what" for one in ("log_reading", "log_readings", "log_own_readings")},
        "record.addresses.page_address": "arguments route",
        "record.addresses.in_calendar": "kind of why",
        "record.addresses.due_in_calendar": "kind of reference why",
        "people.record_acts.lock_published": "facts key",
        "people.record_acts.look_at_published": "door facts reason",
        "people.record_acts.record_act": "data kind subject",
        "notices.amendments.write_amendment": "citation item",
        "people.accounts.record_own_change": "kind",
        "people.accounts.tell_own_change": "subject text to",
        **{f"people.acts.tell_{one}": "to what" for one in ("owners", "person")},
        "mirrors.dumps.write_docket": "formats progress",
        **dict.fromkeys(("decision.corrections.read_correction", "notices.agency_views.agency_views"), "entered"),
        "decision.corrections.write_correction": "corrected_by reason",
        **{f"record.letters.{one}": "reason" for one in ("decision_letter", "issue_anew")},
        **dict.fromkeys(("record.letters.correction_letter", "notices.told_anew.tell_anew"), "what"),
        "bulk_sheets.resubmitting.resubmit_many": "seen",  # digests
        "record.letters.publication_letter": "action",
        "record.letter_parts.composing.compose": "kind said text",
        "record.letter_parts.head.head_of": "action code",
        **{f"record.letter_parts.templates.{one}": "kind" for one in ("words_for", "words_in_force")},
        "rounds.moved_periods.petitions_of": "conditions",
        "people.by_two.new_round.read_new_round": "code kept",
        "record.supersession.successor": "corrected_by",
        "rounds.versions.tell_owners": "text title url",
        "record.administration.record_administration": "fields kind noun",
        "record.after_migrate.after_migrate": "told using",
        **{f"record.events.{one}": "context subject template to" for one in ("message", "notify", "notify_all")},
        "rounds.orders.give": "citation more reason said state",
        "record.many.batch.petition_event": "kind told",
        "store.clusters.value_at_stake": "answers",
        "record.events.record_access": "role what",
        "record.events.record_event": "data from_status kind reason role subject to_status",
        "record.files.keep_file": "question_key upload without",
        "record.public_files.copies.made_anew": "without",
        "record.public_files.copies.replace_copy": "kind reason",
        **{f"record.files.{one}": of for one, of in (("keep_small", "content_type name"), ("erase_unnamed", "keys"))},
        "record.disclosure_checks.place_of": "door field",
        "record.disclosure_checks.refuse_doubts": "what",
        "record.disclosure_checks.require_reason": "field missing reason",
        "record.disclosure_checks.repeats_refusal": "told",
        "record.letters.issue_letter": "about action facts kind reason",
        **{f"record.supplements.printing.{one}": "names" for one in ("hold_copies", "print_supplements")},  # references
        "record.transition.move": "also data name reason told",
        **dict.fromkeys(("store.bulk.insert_rows", "store.bulk.update_rows"), "fields rows"),
        "store.cases.store_docket": "docket rows",  # a spreadsheet of what was published elsewhere
        **dict.fromkeys(("store.cases.store_filed", "store.cases.public_answers"), "answers"),  # the public ones
        "store.cases.store_repeated": "cases",  # of demonstrations, with their public answers
        "store.cases.stored_row": "answers",  # certified ones, through the allow-list of what is public
        "notices.comment_disclosure_checks.look_through_comments": "door words",
        "record.disclosure_checks.look_through": "door words",
        "notices.term_decisions.refuse_many": "sentences",
        "review.unlike.answered": "said",
        **{f"review.apart.{one}": of for one, of in (("citations", "own"), ("look_through_named", "cites said"))},
        "review.case_entries.case_entry": "data name words",
        "review.case_entries.require": "fields",
        "review.case_entries.require_conclusion": "denial_codes missing outcome reasons",
        "review.case_entries.require_outcome": "denial_codes outcome",
        "transitions.take": "data",
    },
}


def arguments() -> Iterator[tuple[str, str]]:
    """Yield (action, argument) for all that can hold words or files. Loaders read what was published elsewhere."""
    for module in (one for one in walk_packages(actions.__path__, ROOT) if not one.name.startswith(f"{ROOT}loading")):
        for name, function in inspect.getmembers(import_module(module.name), inspect.isfunction):
            if name.startswith("_") or inspect.unwrap(function).__module__ != module.name:
                continue
            for argument in inspect.signature(function).parameters.values():
                if any(word in str(argument.annotation) for word in WORDS):
                    yield f"{module.name.removeprefix(ROOT)}.{name}", argument.name


def named() -> list[tuple[str, str]]:
    doors = [(door.action, argument) for door in (*DOORS.values(), *COMMENT_DOORS.values()) for argument in door.takes]
    exempt = [
        (action, argument) for group in EXEMPT.values() for action, taken in group.items() for argument in taken.split()
    ]
    return [*doors, *exempt]


def test_every_argument_that_holds_words_or_files_is_a_door_or_exempt_with_a_reason() -> None:
    assert sorted(set(arguments()) - set(named())) == []


def test_the_table_and_the_exemptions_name_nothing_twice_and_nothing_that_is_gone() -> None:
    assert sorted(set(named()) - set(arguments())) == []
    assert len(named()) == len(set(named()))
