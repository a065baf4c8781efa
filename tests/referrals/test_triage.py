from datetime import timedelta
from decimal import Decimal

import pytest

from cases.models import Case, Evidence, Person
from core import clock
from core.refusals import Conflict, Refused
from deadlines.models import Deadline
from documents.models import Attachment
from referrals.intake import material
from referrals.models import Referral, ReferralOutcome
from referrals.triage import actions
from referrals.triage.convert import convert
from referrals.workflow import Act, Status
from tests.hostile.files import picture, upload
from tests.referrals.factories import same_person, submitted, worker_facts

TOMORROW = timedelta(days=1)


def the_return(lead, by, **changes):
    facts = {"items": ["evidence"], "due_on": clock.today() + TOMORROW}
    return actions.return_for_supplement(lead, **facts | changes, by=by)


def test_convert_makes_the_case_once_and_leaves_the_lead_as_it_was(legalaid, prosecutor, clerk):
    lead = submitted(legalaid, workers=3)

    case = convert(lead, handler=prosecutor, by=clerk)

    lead.refresh_from_db()
    assert (lead.status, lead.case, lead.handler) == (Status.CONVERTED, case, prosecutor)
    assert [str(c) for c in case.claimants.all()] == ["王示例1", "王示例2", "王示例3"]
    assert sum(i.owed for c in case.claimants.all() for i in c.items.all()) == Decimal(6000)
    assert (case.respondents.get().name, case.source_unit) == ("示例建设工程有限公司", legalaid.organisation)
    assert not Deadline.objects.open().filter(referral_link__referral=lead).exists()
    assert (lead.workers.count(), case.stage) == (3, "registered")


def test_convert_tells_sender_and_handler_after_commit(
    legalaid, prosecutor, clerk, django_capture_on_commit_callbacks
):
    lead = submitted(legalaid)
    with django_capture_on_commit_callbacks(execute=True):
        case = convert(lead, handler=prosecutor, by=clerk)
        assert legalaid.notifications.count() == 0

    assert legalaid.notifications.get().url == lead.partner_url
    assert case.get_absolute_url() in {n.url for n in prosecutor.notifications.all()}
    assert clerk.notifications.count() == 0


def test_convert_takes_the_material_along_without_a_second_copy(legalaid, prosecutor, clerk):
    lead = submitted(legalaid)
    material.attach(lead, file=upload("欠条.jpg", picture()), kind="iou", by=legalaid)
    gone = material.attach(lead, file=upload("误传.jpg", picture()), kind="other", by=legalaid)
    material.detach(gone, by=legalaid)

    case = convert(lead, handler=prosecutor, by=clerk)

    evidence = Evidence.objects.get(case=case)
    assert (evidence.kind, evidence.origin, evidence.files.count()) == ("iou", "referred", 1)
    assert Attachment.objects.count() == 2


def test_convert_finds_the_persons_that_the_office_knows(legalaid, labour, prosecutor, clerk):
    convert(submitted(legalaid, workers=2), handler=prosecutor, by=clerk)
    convert(submitted(labour, workers=2), handler=prosecutor, by=clerk)

    assert (Person.objects.count(), Case.objects.count()) == (2, 2)


@pytest.mark.parametrize("who", ["chief", "other", "legalaid", "city", "sysadmin"])
def test_only_those_who_triage_in_the_office_convert(legalaid, prosecutor, cast, who):
    lead = submitted(legalaid)

    with pytest.raises(Refused, match="只有接收院的办案人员"):
        convert(lead, handler=prosecutor, by=getattr(cast, who))

    assert (Case.objects.count(), Referral.objects.get().status) == (0, Status.SUBMITTED)


@pytest.mark.parametrize("who", ["other", "clerk", "legalaid"])
def test_the_handler_is_a_prosecutor_of_the_office(legalaid, clerk, cast, who):
    with pytest.raises(Refused, match="承办人要是本院在岗的检察官"):
        convert(submitted(legalaid), handler=getattr(cast, who), by=clerk)

    assert Case.objects.count() == 0


def test_a_second_conversion_is_refused_or_a_conflict_with_who_did_what(legalaid, prosecutor, clerk):
    lead = submitted(legalaid)
    convert(lead, handler=prosecutor, by=clerk)

    with pytest.raises(Refused, match="已转申请"):
        convert(lead, handler=prosecutor, by=clerk)
    with pytest.raises(Conflict, match=r"陈内勤 在 .* 已办理“接收并转为申请”"):
        convert(lead, handler=prosecutor, by=prosecutor, version=lead.version)
    assert Case.objects.count() == 1


def test_convert_locks_the_lead_before_it_looks(legalaid, prosecutor, clerk, django_assert_max_num_queries):
    lead = submitted(legalaid)
    with django_assert_max_num_queries(100) as queries:
        convert(lead, handler=prosecutor, by=clerk)

    reads = [q["sql"] for q in queries.captured_queries if 'FROM "referrals_referral"' in q["sql"]]
    assert "FOR UPDATE" in reads[0]


def test_return_meets_the_receipt_and_starts_the_senders_clock(legalaid, clerk):
    lead = submitted(legalaid)

    note = the_return(lead, clerk, note="请补欠条。")

    lead.refresh_from_db()
    deadline = Deadline.objects.open().get(referral_link__referral=lead)
    assert (lead.status, note.missing) == (Status.RETURNED, ["欠条、工资表、考勤等证据材料"])
    assert (deadline.term.code, deadline.due_on) == ("P1S", note.due_on)
    assert (deadline.responsible, deadline.owner_url) == (legalaid, lead.partner_url)
    assert "请补欠条。" in lead.events.last().told


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [({"items": []}, "还没选需要补正的内容"), ({"due_on": clock.today() - TOMORROW}, "不能早于今天")],
)
def test_return_refuses_what_nobody_could_answer(legalaid, clerk, changes, sentence):
    lead = submitted(legalaid)
    with pytest.raises(Refused, match=sentence):
        the_return(lead, clerk, **changes)

    assert Referral.objects.get().status == Status.SUBMITTED


@pytest.mark.parametrize(
    ("verb", "facts", "status"),
    [
        (actions.redirect, {"receiving_body": "劳动人事争议仲裁委员会"}, Status.REDIRECTED),
        (actions.consult_only, {}, Status.CONSULTED),
        (actions.unwilling, {"asked_on": clock.today(), "asked_way": "phone"}, Status.UNWILLING),
        (actions.invalidate, {"reason": "no_jurisdiction"}, Status.INVALID),
    ],
)
def test_each_way_of_closing_leaves_its_record_and_no_clock(legalaid, clerk, verb, facts, status):
    lead = submitted(legalaid)

    verb(lead, **facts, explanation="已说明。", by=clerk)

    lead.refresh_from_db()
    assert (lead.status, lead.outcome.kind, lead.outcome.recorded_by) == (status, status, clerk)
    assert lead.events.last().told == "已说明。"
    codes = Deadline.objects.filter(referral_link__referral=lead).values_list("term__code", "met_by")
    assert set(codes) == {("P1", clerk.pk), ("P2", clerk.pk)}
    with pytest.raises(Refused, match="不能"):
        convert(lead, handler=clerk, by=clerk)


def test_a_duplicate_names_what_it_repeats_in_the_same_office(legalaid, labour, clerk):
    first, second = submitted(legalaid), submitted(labour)
    facts = {"reason": ReferralOutcome.Invalidity.DUPLICATE, "explanation": "重复", "by": clerk}
    for code in ("", "XS-150926-2026-0001", second.code):
        with pytest.raises(Refused, match="没有找到这个编号"):
            actions.invalidate(second, duplicate_of=code, **facts)

    assert actions.invalidate(second, duplicate_of=first.code, **facts).duplicate_of == first


def test_transfer_gives_the_other_office_a_lead_of_its_own(legalaid, clerk, other):
    lead = submitted(legalaid, workers=2)
    material.attach(lead, file=upload("a.jpg", picture()), kind="iou", by=legalaid)

    there = actions.transfer(lead, target=other.organisation, explanation="项目在前旗。", by=clerk)

    lead.refresh_from_db()
    assert (lead.status, there.came_from, there.status) == (Status.TRANSFERRED, lead, Status.SUBMITTED)
    assert there.code.startswith("XS-150926-")
    assert [w.id_number for w in there.workers.all()] == [w.id_number for w in lead.workers.all()]
    assert there.attachments.get().attachment == lead.attachments.get().attachment
    assert same_person(there, worker_facts(1).id_number)
    assert list(Referral.objects.visible_to(other)) == [there]
    assert list(Referral.objects.visible_to(clerk)) == [lead]


def test_a_transferred_lead_is_returned_to_the_office_that_received_it(
    legalaid, clerk, other, django_capture_on_commit_callbacks
):
    there = actions.transfer(submitted(legalaid), target=other.organisation, explanation="前旗", by=clerk)
    with django_capture_on_commit_callbacks(execute=True):
        the_return(there, other)

    deadline = Deadline.objects.open().get(referral_link__referral=there)
    assert (deadline.organisation, deadline.responsible) == (other.organisation, other)
    assert clerk.notifications.count() == 0


def test_transfer_goes_to_another_procuratorate(legalaid, clerk, labour):
    lead = submitted(legalaid)
    for target in (clerk.organisation, labour.organisation):
        with pytest.raises(Refused, match="另一个检察院"):
            actions.transfer(lead, target=target, explanation="x", by=clerk)


def test_a_note_is_for_the_office_and_moves_nothing(legalaid, clerk):
    lead = submitted(legalaid)

    actions.annotate(lead, text="内部：对方有前案。", by=clerk)

    event = lead.events.last()
    assert (event.kind, event.told, event.note) == (Act.NOTE, "", "内部：对方有前案。")
    assert Referral.objects.get().status == Status.SUBMITTED
