"""The demo data: exactly the contract's figures, made by the real verbs, of nobody known. Sown once for the module."""

import re
from collections import Counter
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import F
from openpyxl import load_workbook

from accounts.models import User
from accounts.permissions import Role
from cases import models
from cases.models import Allocation, Case, CaseEvent, Person, Recovery
from cases.workflow import Act, Move, Stage
from core import clock
from core.identity import age_on, parse_id_number, parse_phone
from dashboard.demo.plot import FIFTEEN
from dashboard.figures import FIGURES, scope_of
from dashboard.periods import period_of
from deadlines.arithmetic import add_months
from documents.models import Service
from mediation.models import Mediation
from referrals.models import Referral, ReferralWorker
from tests.cast import client_for
from tests.journeys.texts import slips_in_all_texts, unserved_papers

OFFICE, OTHER = "150902", "150926"
CONTRACT = {
    "recovered_amount": Decimal("405000.00"),
    "recovered_workers": 15,
    "accepted_cases": 16,
    "supported_cases": 9,
    "claimed_amount": Decimal("1304600.00"),
    "open_cases": 11,
    "overdue": 1,
}
JINING = "集宁区人民检察院"
ACCOUNTS = [
    ("prosecutor", Role.PROSECUTOR, JINING),
    ("prosecutor2", Role.PROSECUTOR, JINING),
    ("assistant", Role.ASSISTANT, JINING),
    ("clerk", Role.CLERK, JINING),
    ("head", Role.DEPARTMENT_HEAD, JINING),
    ("chief", Role.CHIEF, JINING),
    ("other", Role.PROSECUTOR, "察哈尔右翼前旗人民检察院"),
    ("city", Role.SUPERVISOR, "乌兰察布市人民检察院"),
    ("legalaid", Role.PARTNER, "集宁区法律援助中心"),
    ("labour", Role.PARTNER, "集宁区劳动保障监察大队"),
    ("mediator", Role.MEDIATOR, "集宁区人民调解委员会"),
    ("sysadmin", Role.SYSTEM_ADMIN, JINING),
    ("security", Role.SECURITY_ADMIN, JINING),
    ("auditor", Role.AUDITOR, JINING),
]
CODE = re.compile(r"/cases/(\d{6}-\d{4}-\d{4})/")
SHOWN = re.compile(r'<data[^>]*data-figure="(\w+)"[^>]*value="([\d.]+)"')


@pytest.fixture(scope="module", autouse=True)
def _demo(django_db_setup, django_db_blocker):
    """Sown in one transaction around the module's tests, and taken back with it."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("seed_demo", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        yield
        transaction.set_rollback(True)


def person(username):
    return User.objects.get(username=username)


def figures(username, **asked):
    scope = scope_of(person(username), period_of(asked))
    return {name: figure.count(scope) for name, figure in FIGURES.items()}


def test_the_figures_are_those_of_the_contract():
    assert figures("head") == CONTRACT


def test_no_text_of_the_demo_cases_is_called_wrong():
    tried, found = slips_in_all_texts()
    assert (tried > 100, found) == (True, [])


def test_the_fifteen_amounts_of_the_example_are_what_each_worker_received():
    rows = Allocation.objects.filter(recovery__verified_at__isnull=False, recovery__organisation__code=OFFICE)
    received = Counter()
    for row in rows:
        received[row.person_id] += row.amount
    assert sorted(filter(None, received.values())) == sorted(Decimal(amount) for amount in FIFTEEN)
    assert sum(FIFTEEN) == 405_000


def test_the_dashboard_shows_the_same_figures_to_the_head():
    body = client_for(person("head")).get("/dashboard/").content.decode()
    shown = {name: Decimal(value) for name, value in SHOWN.findall(body)}
    assert {name: shown.get(name) for name in CONTRACT} == CONTRACT


@pytest.mark.parametrize("name", CONTRACT)
def test_every_figure_opens_to_rows_with_the_same_total(name):
    body = client_for(person("head")).get(f"/dashboard/drill/{name}/").content.decode()
    assert Decimal(dict(SHOWN.findall(body))[name]) == CONTRACT[name]


@pytest.mark.parametrize("period", ["rolling", "all"])
def test_the_supervisor_counts_both_offices_and_each_apart(period):
    whole = figures("city", period=period)
    assert whole["accepted_cases"] == 18
    assert whole["recovered_amount"] == CONTRACT["recovered_amount"]
    scopes = [scope_of(person("city"), period_of({"period": period}), code) for code in (OFFICE, OTHER)]
    assert [FIGURES["accepted_cases"].count(scope) for scope in scopes] == [16, 2]


def test_cases_stand_in_every_part_of_the_procedure():
    stages = set(Case.objects.filter(organisation__code=OFFICE).values_list("stage", flat=True))
    assert stages == set(Stage) - {Stage.TRANSFERRED, Stage.WITHDRAWN}
    assert models.Suspension.objects.filter(lifted_on=None).exists()


def found(username, text):
    """Codes of the cases that the search box leads this person to."""
    answer = client_for(person(username)).post("/search/", {"q": text}, follow=True)
    assert answer.status_code == 200
    return set(CODE.findall(answer.content.decode()))


def test_the_two_cases_of_the_other_office_are_nowhere_to_be_seen():
    theirs = list(Case.objects.filter(organisation__code=OTHER))
    codes = {case.code for case in theirs}
    head = client_for(person("head"))
    assert len(codes) == 2
    assert [head.get(f"/cases/{code}/").status_code for code in codes] == [404, 404]
    assert not codes & set(CODE.findall(head.get("/cases/?view=all").content.decode()))
    for case in theirs:
        worker = case.claimants.first().person
        for text in (case.code, case.respondents.first().company.name, worker.name, worker.id_number):
            assert not codes & found("head", text)
            assert case.code in found("other", text)


def test_their_own_prosecutor_sees_just_these_two():
    body = client_for(person("other")).get("/cases/").content.decode()
    assert set(CODE.findall(body)) == set(
        Case.objects.filter(organisation__code=OTHER).values_list("code", flat=True)
    )


@pytest.mark.parametrize(("username", "role", "unit"), ACCOUNTS)
def test_the_accounts_of_the_hand_out_sign_in_with_its_password(client, username, role, unit):
    client.post("/login/", {"username": username, "password": "Zhichi-Demo-2026"})
    user = User.objects.get(pk=client.session["_auth_user_id"])
    assert (user.username, user.role, user.organisation.name) == (username, role, unit)
    assert client.get("/", follow=True).status_code == 200


@pytest.mark.parametrize("rows", [Person, ReferralWorker], ids=["persons", "workers"])
def test_every_number_is_valid_and_its_bearer_of_working_age(rows):
    for one in rows.objects.all():
        assert parse_id_number(one.id_number) == one.id_number
        assert parse_phone(one.phone) == one.phone
        assert 18 <= age_on(one.id_number, clock.today()) < 60


def test_numbers_are_gapless():
    for prefix in {code[:11] for code in Case.objects.values_list("code", flat=True)}:
        mine = Case.objects.filter(code__startswith=prefix).values_list("code", flat=True)
        assert sorted(int(code[-4:]) for code in mine) == list(range(1, len(mine) + 1))


def test_everything_happened_within_the_last_eleven_months():
    first, today = add_months(clock.today(), -11), clock.today()
    stated = [
        (Case, "received_on accepted_on decided_on closed_on archived_on"),
        (Recovery, "paid_on"),
        (models.Filing, "filed_on"),
        (models.Judgment, "made_on last_served_on effective_on"),
        (models.Acceptance, "decided_on"),
    ]
    for rows, names in stated:
        for name in names.split():
            days = rows.objects.exclude(**{name: None}).values_list(name, flat=True)
            assert all(first <= day <= today for day in days), (rows, name)
    for moment in CaseEvent.objects.values_list("happened_at", flat=True):
        assert first <= moment.astimezone(clock.SHANGHAI).date() <= today
        assert moment <= clock.now() + timedelta(minutes=1)


def every(rows, case="case"):
    """How often each person wrote down such a record in each case."""
    return Counter(rows.values_list(case, "recorded_by"))


RECORDS = {
    "受理审查": lambda: (every(models.AcceptanceReview.objects), [Act.EXAMINE_APPLICATION]),
    "受理决定": lambda: (every(models.Acceptance.objects), [Move.ACCEPT, Move.REJECT]),
    "自愿申请": lambda: (every(models.Consent.objects, "claimant__case"), [Act.CONSENT]),
    "证据": lambda: (every(models.Evidence.objects), [Act.EVIDENCE]),
    "调查核实": lambda: (every(models.Inquiry.objects), [Act.INQUIRY]),
    "送达": lambda: (
        every(models.CaseService.objects) + every(Service.objects, "to__document__case_link__case"),
        [Act.SERVED],
    ),
    "决定": lambda: (every(models.Decision.objects), [Move.SUPPORT, Move.DECLINE, Move.TERMINATE]),
    "中止": lambda: (every(models.Suspension.objects), [Act.SUSPEND]),
    "立案": lambda: (every(models.Filing.objects), [Move.FILE]),
    "开庭": lambda: (every(models.Hearing.objects, "filing__case"), [Move.OPEN_TRIAL, Act.HEARING]),
    "裁判": lambda: (every(models.Judgment.objects, "filing__case"), [Act.JUDGED]),
    "执行": lambda: (every(models.Enforcement.objects), [Act.ENFORCEMENT_APPLIED]),
    "跟进": lambda: (every(models.FollowUp.objects), [Act.ENFORCEMENT_MEASURE]),
    "到账": lambda: (every(Recovery.objects), [Act.RECOVERY_ENTERED]),
    "办结": lambda: (every(models.Closure.objects), [Move.CLOSE]),
    "归档": lambda: (every(models.Archiving.objects), [Move.ARCHIVE]),
}


@pytest.mark.parametrize("record", RECORDS)
def test_every_record_of_a_stage_has_its_line_in_the_timeline(record):
    written, kinds = RECORDS[record]()
    assert written
    assert Counter(CaseEvent.objects.filter(kind__in=kinds).values_list("case", "actor")) == written


def test_money_was_verified_by_somebody_else_and_nothing_else_counts():
    verified = Recovery.objects.verified()
    assert not verified.filter(verified_by=F("recorded_by")).exists()
    assert Recovery.objects.filter(verified_at=None).exists()
    assert verified.filter(reverses__isnull=False).exists()
    assert sum(row.amount for row in verified) == CONTRACT["recovered_amount"]


def test_leads_wait_in_every_pigeonhole_of_the_inbox():
    found = Counter(Referral.objects.filter(organisation__code=OFFICE).values_list("status", flat=True))
    assert found == {"converted": 18, "submitted": 3, "returned": 1, "redirected": 1, "consulted": 1}


def test_every_paper_that_the_demo_issued_is_served_on_everybody():
    assert unserved_papers() == []


def test_sowing_a_second_time_is_refused_and_changes_nothing():
    before = Case.objects.count(), CaseEvent.objects.count()
    with pytest.raises(CommandError, match="已有案件"):
        call_command("seed_demo", verbosity=0)
    assert (Case.objects.count(), CaseEvent.objects.count()) == before


def sheet(address):
    """A workbook's first sheet as one dict for each row."""
    answer = client_for(person("head")).get(address)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    titles, *rows = load_workbook(BytesIO(content)).worksheets[0].iter_rows(values_only=True)
    return [dict(zip(titles, row, strict=True)) for row in rows]


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("recovered_amount", "金额（元）"),
        ("recovered_workers", None),
        ("accepted_cases", None),
        ("supported_cases", None),
        ("claimed_amount", "涉案金额（元）"),
        ("open_cases", None),
    ],
)
def test_the_workbook_of_a_figure_adds_up_to_it(name, column):
    rows = sheet(f"/dashboard/drill/{name}/export/")
    total = sum(Decimal(str(row[column])) for row in rows) if column else len(rows)
    assert total == CONTRACT[name]


def test_the_list_of_cases_in_excel_agrees_with_the_dashboard_to_the_fen():
    rows = [row for row in sheet("/cases/export/?view=all") if row["受理日期"]]
    assert len(rows) == CONTRACT["accepted_cases"]
    assert sum(Decimal(str(row["已到账（元）"])) for row in rows) == CONTRACT["recovered_amount"]
    assert sum(Decimal(str(row["涉案金额（元）"])) for row in rows) == CONTRACT["claimed_amount"]


@pytest.mark.parametrize("name", CONTRACT)
def test_the_supervisor_reads_totals_and_codes_but_no_name(name):
    names = set(Person.objects.values_list("name", flat=True))
    city = client_for(person("city"))
    for page in ("/dashboard/", f"/dashboard/drill/{name}/", f"/dashboard/drill/{name}/?unit={OFFICE}"):
        answer = city.get(page)
        assert answer.status_code == 200
        assert [each for each in names if each in answer.content.decode()] == []


def test_the_mediator_has_one_mediation_running_and_one_that_settled():
    body = client_for(person("mediator")).get("/mediations/").content.decode()
    assert len(set(re.findall(r'href="(/mediations/\d+/)"', body))) == 2
    assert Counter(Mediation.objects.values_list("status", flat=True)) == {"running": 1, "agreed": 1}
