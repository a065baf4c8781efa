"""What a form says when it refuses, and how it shows it."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.utils.datastructures import MultiValueDict

from accounts.models import Organisation, User
from core import clock
from core.fields import (
    BankCardField,
    CodeField,
    CourtNumberField,
    DayField,
    IdNumberField,
    LongTextField,
    NameField,
    PhoneField,
    TextField,
    UsccField,
    YuanField,
)
from core.forms import STALE_PAGE, Form, Once, Versioned


class Intake(Form):
    """A made-up form with one field of each kind."""

    employer = TextField(label="用人单位", max_length=10)
    worker = NameField(label="姓名")
    id_number = IdNumberField(label="身份证号")
    phone = PhoneField(label="手机号", required=False)
    code = UsccField(label="统一社会信用代码", required=False)
    card = BankCardField(label="银行卡号", required=False)
    ref = CodeField(label="内部编号", required=False)
    court_number = CourtNumberField(label="法院案号", required=False)
    owed = YuanField(label="欠薪金额", positive=True)
    accepted_on = DayField(label="受理日期", future=False)
    facts_told = LongTextField(label="事实", required=False)
    kind = forms.ChoiceField(label="来源", choices=[("walk_in", "来访"), ("letter", "来信")])
    agreed = forms.BooleanField(label="自愿申请")
    paper = forms.FileField(label="附件", required=False)


GOOD = {
    "employer": " 某建筑（集宁）公司 ",
    "worker": "王 建 国",
    "id_number": "１１０１０５１９４９１２３１００２ｘ",
    "phone": "+86 138 0000 2201",
    "code": "91350100m000100y43",
    "ref": "xs－150902－2026－0088",
    "court_number": "(2026)内0902民初123号",
    "owed": "￥2.4万元",
    "accepted_on": "２０２６年１月１３日",
    "facts_told": "  第一行\r\n  第二行  ",
    "kind": "letter",
    "agreed": "on",
}


@pytest.fixture(autouse=True)
def _november():
    with clock.travel(date(2026, 11, 23)):
        yield


def error(**changes):
    """The sentences of the form when a good post is changed."""
    form = Intake(GOOD | changes)
    form.is_valid()
    return [sentence for _, sentence in form.error_summary]


def test_what_was_typed_is_folded_and_normalised():
    form = Intake(GOOD)

    assert form.is_valid(), form.error_summary
    assert form.facts == {
        "employer": "某建筑（集宁）公司",
        "worker": "王建国",
        "id_number": "11010519491231002X",
        "phone": "13800002201",
        "code": "91350100M000100Y43",
        "card": "",
        "ref": "XS-150902-2026-0088",
        "court_number": "（2026）内0902民初123号",
        "owed": Decimal("24000.00"),
        "accepted_on": date(2026, 1, 13),
        "facts_told": "第一行\n  第二行",
        "kind": "letter",
        "agreed": True,
        "paper": None,
    }
    assert form.notices == ["欠薪金额已按 24,000.00 元填入，请核对。"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"employer": " 　\u200b"}, "还没填用人单位。"),
        ({"employer": "很" * 11}, "用人单位最多 10 个字，现在有 11 个，请删减。"),
        ({"employer": "某\x00公司"}, "用人单位里有看不见的控制字符，请删除后重新填写。"),
        ({"id_number": ""}, "还没填身份证号。"),
        ({"id_number": "11010519491231002"}, "身份证号少 1 位，应为 18 位。"),
        ({"id_number": "110105194912310021"}, "身份证号校验位不对，请对照身份证原件核对。"),
        ({"phone": "1380000220"}, "手机号少 1 位，应为 11 位。"),
        ({"code": "91350100M000100Y44"}, "统一社会信用代码校验位不对，请对照营业执照核对。"),
        ({"card": "123"}, "银行卡号是 3 位，应为 16 到 19 位，请对照银行卡核对。"),
        ({"ref": "集检"}, "内部编号只能有字母、数字和短横线，例如 150902-2026-0016。"),
        ({"court_number": "123"}, "法院案号请写成类似（2026）内0902民初123号的样子。"),
        ({"owed": "两万"}, "欠薪金额请填数字，例如 24000。"),
        ({"owed": "0"}, "欠薪金额要大于 0，请核对。"),
        ({"accepted_on": "2026-13-01"}, "受理日期没有 13 月，请改成类似 2026-01-13 的日期。"),
        ({"accepted_on": "2026-11-24"}, "受理日期不能晚于今天（2026-11-23），请核对。"),
        ({"kind": ""}, "还没选来源，请在列表里选一项。"),
        ({"kind": "x"}, "来源不在列表里，请重新选一项。"),
        ({"agreed": ""}, "还没勾选“自愿申请”。"),
    ],
)
def test_a_refusal_names_the_field_and_the_remedy(changes, sentence):
    assert error(**changes) == [sentence]


def test_a_message_written_on_purpose_stays():
    class Own(Form):
        reason = TextField(label="理由", error_messages={"required": "请写明退回理由。"})

    form = Own({})

    assert form.error_summary == [("id_reason", "请写明退回理由。")]


def test_the_summary_links_to_the_inputs_and_the_inputs_to_their_errors():
    form = Intake(GOOD | {"employer": "", "kind": ""})
    form.add_error(None, "案件已办结，不能再登记。")

    shown = str(form)

    assert "有 3 处需要修改" in shown
    assert '<a href="#id_employer">还没填用人单位。</a>' in shown
    assert '<a href="#id_kind">' in shown
    assert "<li>案件已办结，不能再登记。</li>" in shown
    assert 'aria-invalid="true"' in shown
    assert 'aria-describedby="id_employer_error"' in shown
    assert '<span class="err" id="id_employer_error">还没填用人单位。</span>' in shown


def test_inputs_have_no_maxlength_and_dates_use_the_browsers_picker():
    shown = str(Intake())

    assert "maxlength" not in shown
    assert '<input type="date" name="accepted_on"' in shown
    assert 'class="inp"' in shown
    assert " required" not in shown


def test_a_refused_form_shows_what_was_typed_as_text():
    shown = str(Intake(GOOD | {"employer": "<script>alert(1)</script>"}))

    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown


def test_a_radio_group_is_linked_by_its_first_choice():
    class Chosen(Form):
        outcome = forms.ChoiceField(label="结果", choices=[("a", "甲")], widget=forms.RadioSelect)

    assert Chosen({}).error_summary == [("id_outcome_0", "还没选结果，请在列表里选一项。")]
    assert 'role="group" aria-labelledby="id_outcome_label"' in str(Chosen())


def test_the_version_must_come_back_as_it_was_sent():
    assert Versioned({"version": "3"}).is_valid()
    assert Versioned({"version": "三"}).error_summary == [("", STALE_PAGE)]
    assert Versioned({}).error_summary == [("", STALE_PAGE)]


def test_each_page_shown_gets_its_own_submission_key():
    keys = {str(Once()["submission_key"].value()) for _ in range(3)}

    assert len(keys) == 3


def test_the_submission_key_comes_back_and_is_no_fact():
    form = Once({"submission_key": "11111111-1111-4111-8111-111111111111"})

    assert form.is_valid()
    assert form.cleaned_data["submission_key"] == "11111111-1111-4111-8111-111111111111"
    assert form.facts == {}


def test_a_post_without_a_key_is_a_submission_of_its_own():
    forms_ = [Once({}), Once({})]

    assert all(form.is_valid() for form in forms_)
    assert forms_[0].cleaned_data["submission_key"] != forms_[1].cleaned_data["submission_key"]


def test_a_required_file_is_asked_for_as_a_file():
    class Upload(Form):
        scan = forms.FileField(label="扫描件")

    assert Upload({}, MultiValueDict()).error_summary == [("id_scan", "还没选扫描件，请选一个文件。")]


def test_people_are_chosen_by_their_own_measure_word(prosecutor):
    class Assign(Form):
        handler = forms.ModelChoiceField(User.objects.all(), label="承办人")
        unit = forms.ModelChoiceField(Organisation.objects.all(), label="单位")

    assert [sentence for _, sentence in Assign({}).error_summary] == [
        "还没选承办人，请在列表里选一位。",
        "还没选单位，请在列表里选一项。",
    ]
    assert Assign({"handler": "0", "unit": "x"}).error_summary[0][1] == "承办人不在列表里，请重新选一位。"
    assert Assign({"handler": prosecutor.pk, "unit": prosecutor.organisation.pk}).is_valid()
