"""Papers in bulk and the case file. 副卷 has addresses and a right of its own, and no outsider ever sees it."""

from cases.bundles import actions
from cases.models import Bundle
from tests.access.matrix import OFFICE, REST, Row
from tests.bundles.stage import a_group, batch, issue_internal_paper, made

HELPERS = ("prosecutor", "assistant", "clerk", "head")
# another prosecutor of the office is told who has the case; the chief answers for the file, but drafts nothing
DRAFTS = [(200, (*HELPERS, "prosecutor2")), (403, "chief"), (404, REST)]
ASKED = [(422, (*HELPERS, "prosecutor2")), (403, "chief"), (404, REST)]
READS = [(200, (*HELPERS, "chief")), (403, "prosecutor2"), (404, REST)]
DOES = [(302, (*HELPERS, "chief")), (403, "prosecutor2"), (404, REST)]
OF_BATCH = [(200, HELPERS), (403, OFFICE), (404, REST)]
ENDS_BATCH = [(302, HELPERS), (403, OFFICE), (404, REST)]
BEGINS = [(302, (*HELPERS, "chief")), (422, "prosecutor2"), (404, REST)]
SEES = [(200, OFFICE), (404, REST)]


def a_case(cast):
    return {"code": a_group(cast, 1).code}


def a_batch(cast):
    case = a_group(cast, 1)
    return {"code": case.code, "pk": batch(case, cast.prosecutor).pk}


def a_made_batch(cast):
    case = a_group(cast, 1)
    return {"code": case.code, "pk": made(batch(case, cast.prosecutor)).pk, "kind": "zip"}


def a_main_file(cast):
    case = a_group(cast, 1)
    bundle = actions.file(case, kind=Bundle.Kind.MAIN_FILE, by=cast.prosecutor)
    return {"code": case.code, "pk": bundle.pk}


def an_internal_file(cast):
    case = a_group(cast, 1)
    issue_internal_paper(case, cast.prosecutor)
    bundle = actions.file(case, kind=Bundle.Kind.INTERNAL_FILE, by=cast.prosecutor)
    return {"code": case.code, "pk": bundle.pk}


def a_made_internal_file(cast):
    kwargs = an_internal_file(cast)
    made(Bundle.objects.get(pk=kwargs["pk"]))
    return kwargs


def a_case_with_internal_paper(cast):
    case = a_group(cast, 1)
    issue_internal_paper(case, cast.prosecutor)
    return {"code": case.code}


ROWS = [
    Row("cases:batch", a_case, get=DRAFTS, post=ASKED),
    Row("cases:bundle", a_batch, get=OF_BATCH, post=405),
    Row("cases:bundle", a_main_file, get=READS, post=405),
    # by this address 副卷 does not exist, whoever asks
    Row("cases:bundle", an_internal_file, get=404, post=405),
    Row("cases:bundle_cancel", a_batch, get=405, post=ENDS_BATCH),
    Row("cases:bundle_cancel", an_internal_file, get=405, post=404),
    Row("cases:bundle_remove", a_batch, get=405, post=ENDS_BATCH),
    Row("cases:bundle_file", a_made_batch, get=OF_BATCH, post=405),
    Row("cases:file", a_case, get=SEES, post=BEGINS),
    Row("cases:internal_file", a_case_with_internal_paper, get=SEES, post=BEGINS),
    Row("cases:internal_bundle", an_internal_file, get=READS, post=405),
    Row("cases:internal_cancel", an_internal_file, get=405, post=DOES),
    Row("cases:internal_remove", a_made_internal_file, get=405, post=DOES),
    Row("cases:internal_pdf", a_made_internal_file, get=READS, post=405),
]
