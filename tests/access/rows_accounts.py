from tests.access.matrix import ALL_OFFICES, MEDIATORS, PARTNERS, REST, Row
from tests.accounts.factories import AbsenceFactory, DeputyFactory, OrganisationFactory

SYSTEM = "sysadmin"
EVERYBODY = 200


def a_colleague(cast):
    return {"pk": cast.prosecutor2.pk}


def somebody_elsewhere(cast):
    return {"pk": cast.other.pk}


def own_unit(cast):
    return {"pk": cast.legal_aid_centre.pk}


def a_unit_elsewhere(cast):
    return {"pk": OrganisationFactory().pk}


def the_heads_deputy(cast):
    return {"pk": DeputyFactory(absent=cast.head, substitute=cast.prosecutor).pk}


def the_prosecutors_absence(cast):
    return {"pk": AbsenceFactory(user=cast.prosecutor, covered_by=cast.assistant).pk}


def a_partners_absence(cast):
    return {"pk": AbsenceFactory(user=cast.legalaid, covered_by=cast.legalaid2).pk}


HAVE_DEADLINES = (*ALL_OFFICES, *PARTNERS, *MEDIATORS)
only_system = [(200, SYSTEM), (403, REST)]

ROWS = [
    Row("accounts:home", get=302),
    Row(
        "accounts:sign_in",
        public=True,
        get=[(200, ("visitor", "deactivated")), (302, REST)],
        post=[(422, ("visitor", "deactivated")), (302, REST)],
    ),
    Row("accounts:sign_out", post=302),
    Row("accounts:account", get=EVERYBODY),
    Row("accounts:preferences", post=422),
    Row("accounts:preferences", post=302, data={"theme": "dark", "density": "compact"}),
    Row("accounts:password", get=EVERYBODY, post=422),
    Row(
        "accounts:deputies",
        get=[(200, ALL_OFFICES), (403, REST)],
        post=[(422, ALL_OFFICES), (403, REST)],
    ),
    Row(
        "accounts:deputy_revoke",
        the_heads_deputy,
        get=[(405, ALL_OFFICES), (403, REST)],
        post=[(302, "head"), (404, ALL_OFFICES), (403, REST)],
    ),
    Row(
        "accounts:absences",
        get=[(200, HAVE_DEADLINES), (403, REST)],
        post=[(422, HAVE_DEADLINES), (403, REST)],
    ),
    Row(
        "accounts:absence_revoke",
        the_prosecutors_absence,
        get=[(405, HAVE_DEADLINES), (403, REST)],
        post=[(302, ("prosecutor", "head", "chief")), (404, HAVE_DEADLINES), (403, REST)],
    ),
    Row(
        "accounts:absence_revoke",
        a_partners_absence,
        get=[(405, HAVE_DEADLINES), (403, REST)],
        post=[(302, "legalaid"), (404, HAVE_DEADLINES), (403, REST)],
    ),
    Row(
        "accounts:settings",
        get=[(302, ("sysadmin", "security")), (403, REST)],
        post=[(405, ("sysadmin", "security")), (403, REST)],
    ),
    Row("accounts:users", get=only_system, post=[(405, SYSTEM), (403, REST)]),
    Row("accounts:user_new", get=only_system, post=[(422, SYSTEM), (403, REST)]),
    Row("accounts:user_edit", a_colleague, get=only_system, post=[(422, SYSTEM), (403, REST)]),
    Row(
        "accounts:user_edit",
        somebody_elsewhere,
        get=[(404, SYSTEM), (403, REST)],
        post=[(404, SYSTEM), (403, REST)],
    ),
    Row(
        "accounts:user_password",
        a_colleague,
        get=[(405, SYSTEM), (403, REST)],
        post=[(200, SYSTEM), (403, REST)],
    ),
    Row(
        "accounts:user_password",
        somebody_elsewhere,
        get=[(405, SYSTEM), (403, REST)],
        post=[(404, SYSTEM), (403, REST)],
    ),
    Row("accounts:organisations", get=only_system, post=[(405, SYSTEM), (403, REST)]),
    Row("accounts:organisation_new", get=only_system, post=[(422, SYSTEM), (403, REST)]),
    Row("accounts:organisation_edit", own_unit, get=only_system, post=[(422, SYSTEM), (403, REST)]),
    Row(
        "accounts:organisation_edit",
        a_unit_elsewhere,
        get=[(404, SYSTEM), (403, REST)],
        post=[(404, SYSTEM), (403, REST)],
    ),
    Row(
        "accounts:rights",
        get=[(200, ("sysadmin", "security")), (403, REST)],
        post=[(405, ("sysadmin", "security")), (403, REST)],
    ),
]
