"""回款: the office sees every entry and its proof; who entered one does not verify it."""

from documents.uploads import accept_upload
from tests.access.matrix import OFFICE, REST, Row
from tests.cases.court import enforced_case, enter, paid
from tests.cast import Cast
from tests.hostile.files import picture, upload

SEEN = [(200, OFFICE), (404, REST)]
EMPTY = [(422, OFFICE), (404, REST)]


def case(cast: Cast):
    return {"code": enforced_case(cast).code}


def waiting(cast: Cast):
    """Entered by the clerk."""
    found = enforced_case(cast)
    return {"code": found.code, "pk": enter(found, cast.clerk).pk}


def verified(cast: Cast):
    """Entered by the clerk, verified by the prosecutor."""
    found = enforced_case(cast)
    return {"code": found.code, "pk": paid(found, cast).pk}


def with_proof(cast: Cast):
    """Entered with a picture as its proof."""
    found = enforced_case(cast)
    proof = accept_upload(upload("回单.jpg", picture()), organisation=cast.office, by=cast.clerk)
    return {"code": found.code, "pk": enter(found, cast.clerk, proof=proof).pk}


ROWS = [
    Row("cases:money", case, get=SEEN, post=405),
    Row("cases:money_new", case, get=SEEN, post=EMPTY),
    Row("cases:money_entry", waiting, get=SEEN, post=405),
    Row("cases:money_proof", with_proof, get=SEEN, post=405),
    Row(
        "cases:money_verify",
        waiting,
        get=SEEN,
        post=[(302, ("prosecutor", "prosecutor2", "assistant", "head")), (422, OFFICE), (404, REST)],
    ),
    Row("cases:money_return", waiting, get=SEEN, post=EMPTY),
    Row("cases:money_reverse", verified, get=SEEN, post=EMPTY),
]
