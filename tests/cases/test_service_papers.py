"""送达 of issued papers: who is on the list, what meets the clock, what stands on the desk."""

from datetime import timedelta

import pytest

from cases import clocks
from cases.models import ServiceDuty
from cases.occurrences import actions as occurrences
from cases.paperwork import drafting
from cases.service import actions, standing
from cases.service.outside import serve
from core import clock
from core.refusals import Refused
from deadlines.models import Task
from documents.models import Addressee, Service
from tests.cases.factories import RespondentFactory, case_of_office
from tests.cases.serving import accepted, issued, people_of, post, sign, suggestion

TODAY = clock.today


def open_tasks(case):
    return list(Task.objects.open().filter(owner_url=case.get_absolute_url()).values_list("title", flat=True))


def running(case):
    return sorted(each.term.code for each in clocks.running(case))


def test_an_issued_paper_lists_its_addressees_with_their_copies(cast):
    case, document = accepted(cast)
    names = [each.person.name for each in case.claimants.order_by("pk")]
    assert [(one.name, one.whom, one.is_person, one.copies) for one in people_of(document)] == [
        (name, "applicant", True, 1) for name in names
    ]


def test_representatives_take_the_copies_of_those_they_represent(cast):
    case = case_of_office(cast, reviewed=True)
    first = case.claimants.order_by("pk").first()
    case.claimants.filter(pk=first.pk).update(is_representative=True)
    document = issued(case, "accept_notice", by=cast.prosecutor)
    assert [(one.name, one.copies) for one in people_of(document)] == [(first.person.name, 2)]


def test_units_and_respondents_are_taken_from_paper_and_case(cast):
    case, letter = suggestion(cast)
    assert [(one.name, one.whom) for one in people_of(letter)] == [("集宁区住房和城乡建设局", "unit")]
    RespondentFactory(case=case)
    rights = issued(case, "respondent_rights", by=cast.prosecutor)
    assert [one.name for one in people_of(rights)] == [one.name for one in case.respondents.order_by("pk")]


def test_a_paper_of_the_workers_or_of_the_file_is_served_on_nobody(cast):
    case = case_of_office(cast, reviewed=True)
    document = issued(case, "contact_confirmation", by=cast.prosecutor)
    assert (people_of(document), open_tasks(case)) == ([], [])
    with pytest.raises(Refused, match="不用送达"):
        actions.add(case, document, name="某单位", whom="unit", copies=1, by=cast.clerk)


def test_the_clock_is_met_by_the_last_addressee_on_the_latest_day(cast, django_capture_on_commit_callbacks):
    case, document = accepted(cast)
    first, second = people_of(document)
    with clock.travel(clock.now() + timedelta(days=2)):
        with django_capture_on_commit_callbacks(execute=True):
            sign(case, document, first, by=cast.clerk, on=TODAY())
            assert cast.prosecutor.notifications.count() == 0
        assert running(case) == ["P4"]
        assert standing.waiting_for(standing.lines_of(document)) == [second.name]
        sign(case, document, second, by=cast.clerk, on=TODAY() - timedelta(days=1))
        (met,) = clocks.of_code(case, "P4")
        assert (running(case), met.met_on) == ([], TODAY())
        assert cast.prosecutor.notifications.count() == 1


def test_leaving_somebody_out_lets_the_clock_be_met_and_adding_somebody_opens_it_again(cast):
    case, document = accepted(cast)
    first, second = people_of(document)
    sign(case, document, first, by=cast.clerk)
    actions.leave_out(case, document, to=second.pk, reason="本人书面表示不要文书", by=cast.clerk)
    assert running(case) == []
    added = actions.add(case, document, name="代收人某", whom="other", copies=1, by=cast.clerk)
    assert running(case) == ["P4"]
    sign(case, document, added, by=cast.clerk, capacity="designated")
    assert running(case) == []
    second.refresh_from_db()
    assert (second.left_out_by, second.left_out_reason) == (cast.clerk, "本人书面表示不要文书")


def test_both_papers_of_the_acceptance_must_be_served(cast):
    case, notice = accepted(cast)
    rights = issued(case, "rights_notice", by=cast.prosecutor)
    for one in people_of(notice):
        sign(case, notice, one, by=cast.clerk)
    assert running(case) == ["P4"]
    for one in people_of(rights):
        sign(case, rights, one, by=cast.clerk)
    assert running(case) == []


def test_taking_a_service_back_lets_the_clock_run_again_and_keeps_the_row(cast):
    case, document = accepted(cast)
    rows = [sign(case, document, one, by=cast.clerk) for one in people_of(document)]
    actions.void(case, document, one=rows[0].pk, reason="登记错了人", by=cast.clerk)
    rows[0].refresh_from_db()
    assert (running(case), rows[0].void_reason, rows[0].served_on) == (["P4"], "登记错了人", TODAY())
    sign(case, document, people_of(document)[0], by=cast.clerk)
    assert (running(case), Service.objects.count()) == ([], 3)


def test_voiding_the_paper_ends_its_service_and_opens_the_clock(cast):
    case, document = accepted(cast)
    for one in people_of(document):
        sign(case, document, one, by=cast.clerk)
    drafting.void(case, document, reason="姓名有误", by=cast.prosecutor)
    assert running(case) == ["P4"]
    with pytest.raises(Refused, match="已经作废"):
        sign(case, document, people_of(document)[0], by=cast.clerk)


def test_a_paper_without_a_clock_stands_on_the_desk_until_it_is_served(cast):
    case, document = suggestion(cast)
    (title,) = open_tasks(case)
    task = Task.objects.get()
    assert title == f"送达检察建议书 {case}"
    assert (task.assigned_to, task.due_on > TODAY()) == (cast.prosecutor, True)
    sign(case, document, people_of(document)[0], by=cast.clerk)
    assert open_tasks(case) == []


def test_a_paper_with_a_clock_needs_no_second_row(cast):
    case, _ = accepted(cast)
    assert (open_tasks(case), running(case)) == ([], ["P4"])


def test_returned_mail_comes_back_as_a_row_and_is_no_service(cast):
    case, document = accepted(cast)
    first, _ = people_of(document)
    for n in (1, 2):
        row = post(case, document, first, by=cast.clerk)
        assert open_tasks(case) == []
        actions.returned(
            case, document, one=row.pk, returned_on=TODAY(), tries=[TODAY()], remark="拒收", by=cast.clerk
        )
        assert open_tasks(case) == [f"受理通知书第 {n} 次退回，请再送 {case}"]
        assert first.name not in open_tasks(case)[0]
    assert (running(case), ServiceDuty.objects.count()) == (["P4"], 2)


def test_the_reply_clock_runs_from_the_service_on_the_unit(cast):
    case, document = suggestion(cast)
    row = sign(case, document, people_of(document)[0], by=cast.clerk)
    (reply,) = clocks.of_code(case, "P10")
    assert (reply.starts_on, reply.case_link.rests_on) == (TODAY(), row.date_key)
    actions.void(case, document, one=row.pk, reason="登记错了", by=cast.clerk)
    assert running(case) == []


def test_one_receipt_of_a_suggestion_starts_one_reply_clock_and_two_suggestions_two(cast):
    case, document = suggestion(cast)
    occurrences.record(case, kind="suggestion_received", on=TODAY(), by=cast.prosecutor)
    sign(case, document, people_of(document)[0], by=cast.clerk)
    assert running(case) == ["P10"]
    other, first = suggestion(cast)
    _, second = suggestion(cast, other)
    for each in (first, second):
        sign(other, each, people_of(each)[0], by=cast.clerk)
    assert running(other) == ["P10", "P10"]
    with pytest.raises(Refused, match="不用再登记收到"):
        occurrences.record(other, kind="suggestion_received", on=TODAY(), by=cast.prosecutor)


def test_what_is_issued_here_is_not_registered_a_second_time_as_a_paper_from_outside(cast):
    case, _ = accepted(cast)
    facts = {"paper": "acceptance", "addressee": "申请人", "means": "direct", "served_on": TODAY()}
    with pytest.raises(Refused, match="在系统内签发"):
        serve(case, by=cast.clerk, **facts)
    assert case.services.count() == 0


@pytest.mark.parametrize(
    ("who", "sentence"),
    [("chief", "只有本院办案人员"), ("other", "只有本院办案人员"), ("prosecutor2", "本案由 李检察官 承办")],
)
def test_those_who_may_not_leave_no_trace(cast, who, sentence):
    case, document = accepted(cast)
    before = case.events.count()
    (one, _), by = people_of(document), getattr(cast, who)
    with pytest.raises(Refused, match=sentence):
        sign(case, document, one, by=by)
    with pytest.raises(Refused, match=sentence):
        actions.leave_out(case, document, to=one.pk, reason="不送", by=by)
    assert (Service.objects.count(), case.events.count()) == (0, before)
    assert Addressee.objects.filter(left_out_at=None).count() == 2


def test_it_locks_the_case_before_it_looks(cast, django_assert_max_num_queries):
    case, document = accepted(cast)
    with django_assert_max_num_queries(60) as queries:
        sign(case, document, people_of(document)[0], by=cast.clerk)
    reads = [query["sql"] for query in queries.captured_queries if 'FROM "cases_case"' in query["sql"]]
    assert "FOR UPDATE" in reads[0]


def test_papers_from_before_get_their_addressees_on_demand_once(cast):
    case, document = accepted(cast)
    Addressee.objects.all().delete()
    for _ in range(2):
        actions.list_addressees(case, document, by=cast.clerk)
    assert len(people_of(document)) == 2
