"""Papers of a case: drafting, editing, Word, issue, void."""

from cases.paperwork import approving, drafting
from cases.paperwork.catalogue import paper_by
from documents.models import Document
from tests.access.matrix import ALL_OFFICES, OFFICE, REST, Row
from tests.accounts.factories import UserFactory
from tests.cases.factories import case_of_office

HELPERS = ("prosecutor", "assistant", "clerk", "head")
# another prosecutor gets the reason why; the chief decides and does not work on cases
DOES = [(302, HELPERS), (422, "prosecutor2"), (403, "chief"), (404, REST)]
ASKS = [(422, (*HELPERS, "prosecutor2")), (403, "chief"), (404, REST)]
SHOWS = [(200, (*HELPERS, "prosecutor2")), (403, "chief"), (404, REST)]

DROPS = [(302, (*HELPERS, "prosecutor2")), (403, "chief"), (404, REST)]  # one's own copy only


def a_paper_to_start(cast):
    return {"code": case_of_office(cast, reviewed=True).code, "key": "accept_notice"}


def a_paper(cast):
    case = case_of_office(cast, reviewed=True)
    document = drafting.draft(case, paper_by("accept_notice"), by=cast.prosecutor)
    return {"code": case.code, "pk": document.pk}


def a_paper_of_the_worker(cast):
    case = case_of_office(cast, reviewed=True)
    document = drafting.draft(case, paper_by("application"), by=cast.prosecutor)
    return {"code": case.code, "pk": document.pk}


def a_code(cast):
    case = case_of_office(cast, reviewed=True)
    document = drafting.draft(case, paper_by("accept_notice"), by=cast.prosecutor)
    return {"key": drafting.issue(case, document, by=cast.prosecutor).version_id}


def an_issued_paper(cast):
    case = case_of_office(cast, reviewed=True)
    document = drafting.draft(case, paper_by("accept_notice"), by=cast.prosecutor)
    drafting.issue(case, document, by=cast.prosecutor)
    return {"code": case.code, "pk": document.pk}


def a_letter(cast):
    """法律援助公函, complete, which goes up by itself; what one head submits, the other decides."""
    assert cast.head
    UserFactory(department_head=True, organisation=cast.office)
    case = case_of_office(cast, reviewed=True)
    document = drafting.draft(case, paper_by("aid_letter"), by=cast.prosecutor)
    drafting.revise(
        case, document, by=cast.prosecutor, expected_n=1, aid_centre="法援中心", office_phone="0474-1"
    )
    return {"code": case.code, "pk": document.pk}


def a_letter_in_approval(cast):
    kwargs = a_letter(cast)
    document = Document.objects.get(pk=kwargs["pk"])
    approving.submit(document.case_link.case, document, by=cast.prosecutor)
    return kwargs


def a_wording(cast):
    return {"key": "accept_notice"}


KEEPER = "sysadmin"
KEEPS = [(422, KEEPER), (403, REST)]
READS = [(200, (*ALL_OFFICES, KEEPER)), (403, REST)]

MANAGERS = ("head", "other_head", "sysadmin")  # each of their own office
MANAGES = [(200, MANAGERS), (403, REST)]
ASKED_TO_MANAGE = [(422, MANAGERS), (403, REST)]


def a_phrase(cast):
    return {"entry": "weak-ability"}


ROWS = [
    Row("cases:document", a_paper, get=[(200, OFFICE), (404, REST)], post=ASKS),
    Row("cases:paper_start", a_paper_to_start, get=405, post=DOES),
    Row("cases:paper_preview", a_paper, get=405, post=SHOWS),
    Row("cases:paper_copy_drop", a_paper, get=405, post=DROPS),
    Row(
        "cases:paper_insert",
        a_paper_of_the_worker,
        get=405,
        post=SHOWS,
        data={"insert": "inability:weak-ability"},
    ),
    Row("cases:paper_phrase_new", a_paper_of_the_worker, get=SHOWS, post=ASKS, query="field=inability"),
    Row("cases:paper_take_over", a_paper, get=405, post=DOES),
    Row("cases:paper_restore", a_paper, get=405, post=DOES, data={"n": "1"}),
    Row("cases:paper_issue", a_paper, get=405, post=DOES),
    Row("cases:paper_correct", an_issued_paper, get=405, post=DOES),
    Row("cases:paper_submission", a_letter, get=405, post=DOES),
    Row(
        "cases:paper_approval",
        a_letter_in_approval,
        get=[(200, OFFICE), (404, REST)],
        post=[(422, OFFICE), (404, REST)],
    ),
    Row("cases:numbers", get=[(200, ALL_OFFICES), (403, REST)]),
    Row("cases:paper_void", a_paper, get=405, post=ASKS),
    Row("cases:paper_word", a_paper, get=SHOWS, post=405),
    Row("cases:paper_word_back", a_paper, get=405, post=ASKS),
    Row(
        "documents:verify",
        a_code,
        get=[(200, "visitor"), (200, REST)],
        post=[(405, "visitor"), (405, REST)],
        public=True,
    ),
    Row("papers:wordings", get=READS, post=[(405, (*ALL_OFFICES, KEEPER)), (403, REST)]),
    Row("papers:wording", a_wording, get=READS, post=KEEPS),
    Row("papers:phrases", get=READS, post=[(405, (*ALL_OFFICES, KEEPER)), (403, REST)]),
    Row("papers:phrase_new", get=MANAGES, post=ASKED_TO_MANAGE),
    Row("papers:phrase", a_phrase, get=MANAGES, post=ASKED_TO_MANAGE),
    Row("papers:phrase_retire", a_phrase, get=[(405, MANAGERS), (403, REST)], post=ASKED_TO_MANAGE),
    Row(
        "papers:wording_preview",
        a_wording,
        get=[(405, KEEPER), (403, REST)],
        post=[(200, KEEPER), (403, REST)],
    ),
    Row("papers:wording_restore", a_wording, get=[(405, KEEPER), (403, REST)], post=KEEPS),
]
