from tests.access.matrix import ALL_OFFICES, REST, Row
from tests.deadlines.factories import (
    DeadlineFactory,
    DeadlineRecountFactory,
    RecountFactory,
    RecountListFactory,
)

SYSTEM = "sysadmin"
KEEPERS = (*ALL_OFFICES, SYSTEM)


def a_rule(cast):
    return {"code": "P6a"}


def no_rule(cast):
    return {"code": "ZZ9"}


def a_recount(cast):
    return {"pk": RecountFactory(requested_by=cast.sysadmin, organisation=cast.office).pk}


def a_list(cast):
    return {"pk": RecountListFactory(requested_by=cast.sysadmin, organisation=None).pk}


def a_list_elsewhere(cast):
    return {"pk": RecountListFactory(requested_by=cast.sysadmin, organisation=cast.other_office).pk}


def a_recount_elsewhere(cast):
    return {"pk": RecountFactory(requested_by=cast.sysadmin, organisation=cast.other_office).pk}


def moved_deadlines_of_the_prosecutor(cast):
    recount = RecountFactory(requested_by=cast.sysadmin, organisation=cast.office)
    deadline = DeadlineFactory(responsible=cast.prosecutor)
    return {"pk": DeadlineRecountFactory(recount=recount, deadline=deadline).recount.pk}


shown = [(200, KEEPERS), (403, REST)]
not_posted = [(405, KEEPERS), (403, REST)]
only_system = [(200, SYSTEM), (403, REST)]
never_got = [(405, SYSTEM), (403, REST)]

ROWS = [
    Row("deadlines:terms", get=shown, post=not_posted),
    Row("deadlines:term", a_rule, get=shown, post=not_posted),
    Row("deadlines:term", no_rule, get=[(404, KEEPERS), (403, REST)], post=not_posted),
    Row("deadlines:term_edit", a_rule, get=only_system, post=[(422, SYSTEM), (403, REST)]),
    Row("deadlines:term_restore", a_rule, get=never_got, post=[(422, SYSTEM), (403, REST)]),
    Row("deadlines:term_switch", a_rule, get=never_got, post=[(422, SYSTEM), (403, REST)]),
    Row("deadlines:holidays", get=shown, post=not_posted),
    Row("deadlines:holiday_import", get=only_system, post=[(422, SYSTEM), (403, REST)]),
    Row("deadlines:holiday_template", get=only_system, post=never_got),
    Row("deadlines:recount", get=only_system, post=[(422, SYSTEM), (403, REST)]),
    Row("deadlines:recount_list", get=never_got, post=[(422, SYSTEM), (403, REST)]),
    Row("deadlines:recount_list_progress", a_list, get=only_system, post=never_got),
    Row(
        "deadlines:recount_list_progress", a_list_elsewhere, get=[(404, SYSTEM), (403, REST)], post=never_got
    ),
    Row("deadlines:recount_progress", a_recount, get=only_system, post=never_got),
    Row("deadlines:recount_progress", a_recount_elsewhere, get=[(404, SYSTEM), (403, REST)], post=never_got),
    Row("deadlines:recount_cancel", a_recount, get=never_got, post=[(302, SYSTEM), (403, REST)]),
    Row("deadlines:recount_cancel", a_recount_elsewhere, get=never_got, post=[(404, SYSTEM), (403, REST)]),
    Row(
        "deadlines:changes",
        moved_deadlines_of_the_prosecutor,
        get=[(200, "prosecutor"), (404, REST)],
        post=405,
    ),
]
