"""What the help lists: the words of the field, and the questions that are asked often.

The meanings follow the notices (83 FR 32181, 84 FR 29576, 84 FR 57144, 89 FR 83755), the Harmonized Tariff Schedule
and 19 CFR 159 and 174.
"""

GLOSSARY: tuple[tuple[str, str], ...] = (
    ("ACE", "The Customs system for entries. You can claim an exclusion heading once it is active there."),
    (
        "Action",
        (
            "A tariff measure under Section 301, with its list of subheadings: List 1, 2, 3, 4A, 4B and the four-year "
            "review. Notices also call it by its trade value, such as the “$34 billion action”."
        ),
    ),
    ("Actual use", "What a person does with goods after entry. It cannot define an exclusion."),
    (
        "AD/CVD order",
        (
            "An antidumping or countervailing duty order of the Department of Commerce. Orders on goods of China have "
            "numbers that begin with A-570 or C-570. An exclusion does not release goods from it."
        ),
    ),
    ("Administrability", "Whether Customs can apply the text of an exclusion consistently at entry."),
    ("Annex", "The part of a Federal Register notice that changes the tariff schedule."),
    (
        "Business confidential information (BCI)",
        (
            "Figures and facts that harm a company if competitors read them. We never publish them. A public "
            "summary replaces them."
        ),
    ),
    (
        "CAS number",
        (
            "The number of a chemical in the registry of the Chemical Abstracts Service, such as 108-77-0. Its last "
            "digit checks the others."
        ),
    ),
    ("CBP, Customs", "U.S. Customs and Border Protection, which applies the exclusion text at entry."),
    ("Chapter 99", "The chapter of the schedule in which additional duties and exclusions have their headings."),
    ("CSMS", "The message service by which Customs tells importers and brokers what changes in ACE."),
    ("Determination", "The signed decision on a petition: granted, granted in part or denied."),
    ("Docket", "The numbered public file of a round, such as USTR-2019-0005."),
    ("Entry, entry summary", "The papers with which goods are declared to Customs (CBP Form 7501) and duty is paid."),
    ("Exclusion", "A product freed from the additional duty of an action, whoever imports it, for a term."),
    ("Extension", "A new term for an exclusion that is in force. A term that begins later is a reinstatement."),
    ("Federal Register (FR)", "Where notices are published. 84 FR 29576 is page 29576 of volume 84."),
    (
        "Heading, subheading",
        "The first 4, and the first 6 or 8 digits of a tariff number. The rate of duty stands at 8 digits.",
    ),
    ("HTSUS", "The Harmonized Tariff Schedule of the United States, published by the International Trade Commission."),
    ("Importer of record", "The person who owes the duty on an entry and may claim it back."),
    (
        "Liquidation",
        (
            "When Customs settles the duty on an entry for good. It usually comes about 314 days after entry. By "
            "law it comes within one year unless extended."
        ),
    ),
    ("Made in China 2025", "A Chinese industrial program of 2015 for ten sectors, such as robotics and aerospace."),
    ("NAICS", "The six-digit code of an industry. It sets the size standard of a small business."),
    ("Note 20, note 31", "The U.S. notes to subchapter III of chapter 99 in which lists and exclusion texts stand."),
    (
        "Petition",
        "An importer’s request to exclude one product. The agency's own form calls it an exclusion request.",
    ),
    ("Post summary correction (PSC)", "A correction of an entry that is not liquidated yet."),
    ("Posting", "The publication of a filing in the docket. It starts the period for responses."),
    ("Protest", "The importer's objection to a liquidation (CBP Form 19), within 180 days (19 U.S.C. 1514)."),
    ("Public summary", "What the public reads instead of a confidential answer."),
    ("Reinstatement", "A term given again to an exclusion that had expired. Between the two terms there is a gap."),
    ("Reply", "The requester's answer to one response."),
    ("Requester", "The company whose petition it is, even if a law firm or a broker files it."),
    ("Response", "What anyone else says about a posted petition, in support or in opposition."),
    ("Round", "One procedure under one or more actions, with its own docket, window, clocks, forms and factors."),
    ("Section 301", "Of the Trade Act of 1974 (19 U.S.C. 2411): the law under which these duties are imposed."),
    ("Section 301 Committee", "The interagency committee that gives its assessment before a decision is signed."),
    (
        "Specially prepared product description (SPD)",
        "The text of an exclusion that covers a part of a statistical number. Others cover a whole number.",
    ),
    ("Stage", "Where a petition stands, as the public sees it: Stage 1 to 4, granted, denied, withdrawn."),
    ("Statistical number", "The full tariff number of 10 digits, such as 8413.81.0040."),
    ("Technical amendment", "A notice that corrects the words of an earlier one, usually from the earlier day on."),
    ("USTR", "The United States Trade Representative, who decides on exclusions."),
)

QUESTIONS: tuple[tuple[str, str], ...] = (
    (
        "My company did not file. May we use another company’s exclusion?",
        (
            "Yes. An exclusion belongs to the product, not to the requester. Any importer whose goods meet the whole "
            "text may claim it for entries within its term."
        ),
    ),
    (
        "Who decides whether my goods meet the text?",
        (
            "The importer declares it with reasonable care, and Customs may question it. For certainty before entry, "
            "ask Customs for a binding ruling. The text in the schedule governs, not the words of any petition."
        ),
    ),
    (
        "Does an exclusion free the goods from all duties?",
        (
            "No. It frees them from the additional duty of the action that it names. The ordinary rate, antidumping "
            "and countervailing duties, fees and duties under other laws are still owed."
        ),
    ),
    (
        "Can I get back duty that I paid before the exclusion was published?",
        (
            "Usually, if the exclusion applies from an earlier day. Before liquidation, file a post summary "
            "correction. After liquidation, file a protest within 180 days. After that there is no refund, even "
            "if a petition was pending all the time."
        ),
    ),
    (
        "How long does a decision take?",
        (
            "No law sets a time. Responses and replies take three to four weeks. Review has taken from weeks to "
            "more than a year. Each petition’s page shows its stage and who acts next."
        ),
    ),
    (
        "May I file for two products in one petition?",
        (
            "No. One petition is about one product. Two sizes of one article are one product when one description "
            "with a range covers both. File others separately. “Copy” keeps your answers."
        ),
    ),
    (
        "The product was classified under another number last year. Which do I give?",
        (
            "The number that is valid on the day you file. The tariff look-up shows what a number was before and "
            "what it became."
        ),
    ),
    (
        "Can I correct a petition after I sent it?",
        (
            "Not on your own. If something is missing or unclear, the intake clerk returns it with questions and a "
            "deadline. You may also withdraw it and file again while the round is open."
        ),
    ),
    (
        "I filed at 11:58 p.m. Is that in time?",
        (
            "Yes, if the round closes at 11:59 p.m. We count the time when this site received your filing, in "
            "Eastern Time. Your receipt shows it."
        ),
    ),
    (
        "My petition was denied. Can I appeal?",
        (
            "No. The decision gives the finding on each factor. If the facts have changed, you may file again "
            "while a round is open."
        ),
    ),
    (
        "Do I need a lawyer?",
        (
            "No. The form asks for facts that a company knows about its own product. You may authorize a law firm, "
            "a broker or an association to file."
        ),
    ),
    (
        "Does it cost anything to file?",
        "No. Petitions, responses and replies are free.",
    ),
)
