import pytest
from django.urls import reverse

from cases.models import Case
from core import clock
from referrals.models import Referral
from referrals.triage.convert import convert
from referrals.workflow import Status
from tests.cases.factories import id_number
from tests.cast import client_for
from tests.hostile.files import picture, upload
from tests.referrals.factories import submitted

NEW = "/partner/referrals/new/"


def post_data(workers: int = 2, **changes: object) -> dict[str, object]:
    """What the portal's page posts for a whole lead."""
    data: dict[str, object] = {
        "contact_name": "赵律师",
        "contact_phone": "0474-8221234",
        "employer_kind": "company",
        "employer_name": "示例建设工程有限公司",
        "account": "2025年4月起做木工，多次催要未付。",
        "is_consented": "on",
        "w-TOTAL": str(workers),
    }
    for n in range(workers):
        data |= {f"w-{n}-name": f"王示例{n}", f"w-{n}-id_number": id_number(700 + n), f"w-{n}-owed": "2.4万"}
    return data | changes


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def portal(legalaid):
    return client_for(legalaid)


def test_a_partner_submits_and_sees_number_time_and_what_comes_next(portal):
    response = portal.post(NEW, post_data(), follow=True)

    lead = Referral.objects.get()
    assert response.redirect_chain[0][0] == reverse("partner:receipt", args=[lead.code])
    body = text(response)
    assert all(part in body for part in (lead.code, "接下来", "48,000.00", "已换算为 24,000.00"))
    assert id_number(700) not in body


def test_errors_stand_at_their_cell_and_in_the_summary_and_nothing_is_lost(portal):
    data = post_data(2, **{"w-1-id_number": "1.52601E+17", "employer_name": "", "account": "手写的经过"})

    response = portal.post(NEW, data)

    body = text(response)
    assert (response.status_code, Referral.objects.count()) == (422, 0)
    assert 'href="#id_w-1-id_number"' in body
    assert "第 2 行身份证号被 Excel 改成了科学计数" in body
    assert "还没填用人单位或包工头。" in body
    assert all(kept in body for kept in ("手写的经过", "1.52601E+17", id_number(700), "王示例1"))


def test_without_script_more_lines_are_asked_for_and_nothing_is_lost(portal):
    response = portal.post(NEW, post_data(2, add_rows="5", employer_name="半截"))

    body = text(response)
    assert (response.status_code, Referral.objects.count()) == (200, 0)
    assert all(kept in body for kept in ('name="w-9-name"', "王示例1", "半截"))
    assert "form-errors" not in body


def test_the_same_form_twice_makes_one_lead_and_shows_one_receipt(portal):
    data = post_data(submission_key="7b0c2c8e-98a4-4c7e-9f39-0a35d7f7a001")

    first, second = portal.post(NEW, data), portal.post(NEW, data)

    assert (Referral.objects.count(), first.url) == (1, second.url)


def test_a_draft_is_kept_as_typed_and_submitted_from_its_own_address(portal):
    kept = portal.post(NEW, post_data(1, draft="1", **{"w-0-owed": "许多"}))
    draft = Referral.objects.get()
    assert kept.url == reverse("partner:draft", args=[draft.pk])
    body = text(portal.get(kept.url))
    assert "许多" in body
    assert "半截" not in text(portal.get(reverse("partner:home")))

    portal.post(kept.url, post_data(1))

    draft.refresh_from_db()
    assert (draft.status, Referral.objects.count()) == (Status.SUBMITTED, 1)


def test_files_that_came_with_a_wrong_form_wait_in_a_draft(portal):
    data = post_data(1, employer_name="", file_iou=upload("欠条.jpg", picture()))

    response = portal.post(NEW, data)

    draft = Referral.objects.get()
    assert (response.status_code, draft.attachments.get().kind) == (422, "iou")
    assert f'action="{reverse("partner:draft", args=[draft.pk])}"' in text(response)
    assert "欠条.jpg" in text(response)


def test_a_refused_file_keeps_the_lead_back_and_says_why(portal):
    response = portal.post(NEW, post_data(1, file_iou=upload("a.exe", b"MZ")))

    assert response.status_code == 422
    assert "不能上传 .exe" in text(response)
    assert Referral.objects.get().status == Status.DRAFT


def test_files_of_a_right_form_belong_to_the_lead(portal):
    portal.post(NEW, post_data(1, file_payroll=upload("工资表.jpg", picture())))

    lead = Referral.objects.get()
    assert (lead.status, lead.attachments.get().kind) == (Status.SUBMITTED, "payroll")


def test_a_supplement_shows_masks_and_understands_them(portal, legalaid, clerk):
    lead = submitted(legalaid, workers=2)
    number = lead.workers.first().id_number
    client_for(clerk).post(
        reverse("referrals:return", args=[lead.code]),
        {"version": 2, "items": ["evidence"], "due_on": clock.today().isoformat(), "note": "请补欠条照片。"},
    )
    url = reverse("partner:supplement", args=[lead.code])
    page = portal.get(url)
    assert "请补欠条照片。" in text(page)
    assert number not in text(page)

    filling = page.context["filling"]
    cells = {cell.html_name: cell.value for row in filling.grid.filled for cell in row}
    answer = portal.post(url, post_data(0, version=filling.lead.version) | cells)

    assert answer.url == reverse("partner:receipt", args=[lead.code])
    lead.refresh_from_db()
    assert (lead.status, lead.workers.first().id_number) == (Status.SUBMITTED, number)


def test_the_office_converts_from_the_inbox(legalaid, clerk, prosecutor):
    lead = submitted(legalaid)
    url = reverse("referrals:conversion", args=[lead.code])

    asked = client_for(clerk).post(url, {"version": lead.version, "cause": "205.5"})
    done = client_for(clerk).post(url, {"version": lead.version, "cause": "205.5", "handler": prosecutor.pk})

    assert asked.status_code == 422
    assert "还没选承办人，请在列表里选一位。" in text(asked)
    assert done.url == Case.objects.get().get_absolute_url()


def test_a_stale_decision_gets_409_with_who_did_what_and_what_was_typed(legalaid, clerk, prosecutor):
    lead = submitted(legalaid)
    convert(lead, handler=prosecutor, by=prosecutor)
    url = reverse("referrals:redirection", args=[lead.code])

    answer = client_for(clerk).post(
        url, {"version": lead.version, "receiving_body": "仲裁委", "explanation": "写了很久"}
    )

    assert answer.status_code == 409
    assert all(word in text(answer) for word in ("李检察官", "接收并转为申请", "写了很久", "仲裁委"))


def test_a_decision_that_is_too_late_says_so_instead_of_a_form(legalaid, clerk, prosecutor):
    lead = submitted(legalaid)
    convert(lead, handler=prosecutor, by=clerk)

    body = text(client_for(clerk).get(reverse("referrals:transfer", args=[lead.code])))

    assert "线索处于“已转申请”状态，不能移送他院。" in body


def test_a_reveal_shows_one_number_for_a_reason(legalaid, clerk):
    lead = submitted(legalaid)
    worker = lead.workers.first()
    url = reverse("referrals:worker_reveal", args=[lead.code, worker.pk, "id"])

    shown = client_for(clerk).post(url, {"reason": "verify"})

    assert worker.id_number in text(shown)
    assert "no-store" in shown["Cache-Control"]
