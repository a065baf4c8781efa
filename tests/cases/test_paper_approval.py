"""文书送审: papers that are no matter of their own go up their chain; the last agreement issues what was approved."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.permissions import Role
from approvals.waiting import steps_for
from cases.approval import passing
from cases.models import Case, PaperRound
from cases.paperwork import approving, chains, drafting
from cases.paperwork.catalogue import Signed, all_papers, paper_by
from core.refusals import Refused
from documents.models import Document, Issue, Number, Version
from tests.cases.factories import case_of_office
from tests.cases.traces import locks_first, refused
from tests.cast import client_for
from tests.htmx import assert_panel_is_part_of_page

AID = {"aid_centre": "集宁区法律援助中心", "office_phone": "0474-1"}


@pytest.fixture
def case(cast):
    assert cast.head
    assert cast.chief
    return case_of_office(cast, reviewed=True)


@pytest.fixture
def letter(cast, case):
    """法律援助公函, filled in: the head decides."""
    document = drafting.draft(case, paper_by("aid_letter"), by=cast.prosecutor)
    drafting.revise(case, document, by=cast.prosecutor, expected_n=1, **AID)
    return document


@pytest.fixture
def round(cast, case, letter):
    return approving.submit(case, letter, by=cast.prosecutor)


def status(document):
    return Document.objects.get(pk=document.pk).status


def test_only_sealed_papers_go_up_and_what_is_for_the_applicant_alone_does_not():
    chained = {each.key for each in all_papers() if each.chain}
    assert {each.signed for each in all_papers() if each.chain} == {Signed.SEAL}
    assert chained == {
        *("reject_notice", "fetch_notice", "public_hearing_notice", "correction_decision", "appear_notice"),
        *("court_opinion", "transfer_letter", "feedback_letter", "aid_letter", "suggestion_letter"),
    }


def test_an_office_sets_its_own_chain(settings):
    settings.PAPER_CHAINS = {"aid_letter": ["department_head", "chief"], "feedback_letter": []}

    assert list(chains.chain_of(paper_by("aid_letter"))) == ["department_head", "chief"]
    assert list(chains.chain_of(paper_by("feedback_letter"))) == []
    assert list(chains.chain_of(paper_by("reject_notice"))) == ["department_head"]


def test_what_goes_up_is_not_issued_by_its_handler(cast, case, letter):
    with refused("法律援助公函要先审批，请提交审批，由最后一名审批人同意后签发。"):
        drafting.issue(case, letter, by=cast.prosecutor)
    page = client_for(cast.prosecutor).get(reverse("cases:document", args=[case.code, letter.pk])).text
    assert (">签发<" in page, "提交审批" in page) == (False, True)


def test_submitting_closes_the_text_and_tells_the_approver(
    cast, case, letter, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        round = approving.submit(case, letter, by=cast.prosecutor)
        assert cast.head.notifications.count() == 0

    assert (status(letter), round.content_hash) == ("in_approval", letter.latest.content_hash)
    assert [(s.capacity, s.assigned_to) for s in round.steps.all()] == [("department_head", cast.head)]
    assert case.events.last().kind == "paper_submitted"
    assert [n.title for n in cast.head.notifications.all()] == [f"{case}：文书送审"]
    assert [s.round.owner_url for s in steps_for(cast.head)] == [
        reverse("cases:paper_approval", args=[case.code, letter.pk])
    ]
    with pytest.raises(Refused, match="审批中，不能修改"):
        drafting.revise(case, letter, by=cast.prosecutor, expected_n=2, aid_centre="别处")


def test_the_last_agreement_issues_what_was_approved_under_the_next_number(cast, case, letter, round):
    approving.approve(case, letter, by=cast.head, read=True)

    issue = Issue.objects.get(document=letter)
    assert issue.number.startswith("集检民支援〔")
    assert issue.version.content_hash == round.content_hash
    assert (issue.issued_by, status(letter)) == (cast.head, "issued")
    assert Number.objects.get(text=issue.number).taken_by == cast.head


def test_two_steps_are_two_agreements_and_one_number(cast, case, letter, settings):
    settings.PAPER_CHAINS = {"aid_letter": ["department_head", "chief"]}
    approving.submit(case, letter, by=cast.prosecutor)

    approving.approve(case, letter, by=cast.head, read=True)
    assert (Number.objects.filter(series__kind="aid_letter").count(), status(letter)) == (0, "in_approval")
    approving.approve(case, letter, by=cast.chief, read=True)
    assert (Number.objects.filter(series__kind="aid_letter").count(), status(letter)) == (1, "issued")


def test_what_is_returned_is_a_draft_again_with_the_opinion_beside_it(cast, case, letter, round):
    approving.send_back(case, letter, opinion="写明联系人。", reason="wording", by=cast.head)

    page = client_for(cast.prosecutor).get(reverse("cases:document", args=[case.code, letter.pk])).text
    assert (status(letter), "写明联系人。" in page, "文书表述不当" in page) == ("draft", True, True)
    assert case.events.last().kind == "round_returned"
    drafting.revise(case, letter, by=cast.prosecutor, expected_n=2, office_phone="0474-2")
    again = approving.submit(case, letter, by=cast.prosecutor)
    seen = client_for(cast.head).get(again.owner_url + "?changes").text
    assert ("<del>" in seen, "<ins>" in seen) == (True, True)


def test_what_is_taken_back_is_a_draft_again(cast, case, letter, round):
    with refused("只有提交人 李检察官 能撤回送审。"):
        approving.cancel(case, letter, by=cast.head)
    approving.cancel(case, letter, by=cast.prosecutor)

    assert (status(letter), steps_for(cast.head).count()) == ("draft", 0)


def test_an_incomplete_paper_is_not_submitted(cast, case):
    document = drafting.draft(case, paper_by("aid_letter"), by=cast.prosecutor)
    with refused("法律援助公函不能送审：还有 .* 处待填：.*法律援助机构"):
        approving.submit(case, document, by=cast.prosecutor)


@pytest.mark.parametrize("act", ["submit", "approve"])
def test_what_disagrees_with_the_case_is_neither_submitted_nor_issued(cast, case, letter, act):
    if act == "approve":
        approving.submit(case, letter, by=cast.prosecutor)
    case.claimants.first().items.update(due=1)

    with refused("申请人写的是|劳动者"):
        getattr(approving, act)(
            case,
            letter,
            by=cast.prosecutor if act == "submit" else cast.head,
            **({"read": True} if act == "approve" else {}),
        )


def test_papers_without_a_chain_are_not_submitted(cast, case):
    document = drafting.draft(case, paper_by("accept_notice"), by=cast.prosecutor)
    with refused("受理通知书不用审批，由承办人签发或者定稿。"):
        approving.submit(case, document, by=cast.prosecutor)
    url = reverse("cases:paper_approval", args=[case.code, document.pk])
    assert client_for(cast.head).get(url).status_code == 404


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ("prosecutor", "拟稿人不能审批自己提交的事项。"),
        ("chief", "这一步由部门负责人 赵主任 审批，你不能处理。"),
        ("other_head", "这一步由部门负责人 赵主任 审批，你不能处理。"),
    ],
)
@pytest.mark.parametrize("act", ["approve", "send_back"])
def test_whose_turn_it_is_not_decides_nothing(cast, case, letter, round, who, sentence, act):
    with refused(sentence):
        getattr(approving, act)(case, letter, by=getattr(cast, who), opinion="意见。")


def test_whoever_wrote_the_last_text_does_not_agree_with_it(cast, case, letter):
    drafting.revise(case, letter, by=cast.head, expected_n=2, office_phone="0474-9")
    approving.submit(case, letter, by=cast.prosecutor)

    with refused("送审的文书最后一稿是你写的，你不能同意。"):
        approving.approve(case, letter, by=cast.head, read=True)


def test_unread_is_not_agreed_with(cast, case, letter, round):
    with refused("还没读完送审内容，不能同意。"):
        approving.approve(case, letter, by=cast.head)


def test_a_paper_that_no_longer_fits_the_stage_is_not_issued(cast, case, letter, round):
    Case.objects.filter(pk=case.pk).update(stage="closed")

    with refused("案件处于“已办结”阶段，不能再签发法律援助公函。可以退回修改。"):
        approving.approve(case, letter, by=cast.head, read=True)
    assert approving.send_back(case, letter, opinion="不用发了。", by=cast.head).status == "returned"


def test_a_text_changed_behind_the_round_is_not_issued(cast, case, letter, round):
    """T40: the database refuses another text; were it there, its hash would not be the approved one."""
    latest = letter.latest
    with pytest.raises(IntegrityError, match="审批中的文书不能改"), transaction.atomic():
        Version.objects.create(
            document=letter,
            n=latest.n + 1,
            facts_json=latest.facts_json,
            body="<p>另一份正文</p>",
            template_version=latest.template_version,
            content_hash="0" * 64,
            made_by=cast.prosecutor,
        )


def test_a_paper_in_approval_is_not_voided(cast, case, letter, round):
    with refused("法律援助公函正在审批，不能作废。"):
        drafting.void(case, letter, reason="不要了", by=cast.prosecutor)


@pytest.mark.parametrize(
    ("act", "who", "fields"),
    [
        ("approve", "head", {"read": True}),
        ("send_back", "head", {"opinion": "改。"}),
        ("cancel", "prosecutor", {}),
    ],
)
def test_every_act_locks_the_case_and_leaves_nothing_for_the_second(
    cast, case, letter, round, act, who, fields
):
    with locks_first():
        getattr(approving, act)(case, letter, by=getattr(cast, who), **fields)
    with refused("不用再处理。"):
        getattr(approving, act)(case, letter, by=getattr(cast, who), **fields)


def test_submission_locks_the_case_and_is_no_act_for_a_draft_of_others(cast, case, letter):
    with locks_first():
        approving.submit(case, letter, by=cast.prosecutor)
    with refused("审批中，不能修改。"):
        approving.submit(case, letter, by=cast.prosecutor)


def test_the_page_shows_paper_case_and_rounds_and_its_panel_is_part_of_it(cast, case, letter, round):
    browser = client_for(cast.head)
    page = browser.get(round.owner_url).text

    assert all(word in page for word in ("集宁区法律援助中心", "历次审批", "我的意见", "转办", "加签"))
    for who in ("head", "prosecutor", "chief", "clerk"):
        assert_panel_is_part_of_page(client_for(getattr(cast, who)), round.owner_url)
    assert client_for(cast.other_head).get(round.owner_url).status_code == 404


def test_it_is_submitted_and_decided_on_its_pages(cast, case, letter):
    url = reverse("cases:paper_submission", args=[case.code, letter.pk])
    answer = client_for(cast.prosecutor).post(url)
    assert answer.url == reverse("cases:document", args=[case.code, letter.pk])
    step = chains.last_round(letter).current_step.pk
    decided = client_for(cast.head).post(
        reverse("cases:paper_approval", args=[case.code, letter.pk]),
        {"act": "approve", "step": step, "read": "on", "opinion": "同意。"},
    )

    assert (decided.status_code, decided.url, status(letter)) == (302, reverse("approvals:list"), "issued")


def test_a_quote_must_stand_in_the_text(cast, case, letter, round):
    browser, step = client_for(cast.head), round.current_step.pk
    data = {"act": "send_back", "step": step, "opinion": "改。", "quote": "没有写过的一句"}
    wrong = browser.post(round.owner_url, data)
    right = browser.post(round.owner_url, data | {"quote": "集宁区法律援助中心"})

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert "引用的原文在送审内容里找不到" in wrong.text
    assert round.steps.get(pk=step).quote.text == "集宁区法律援助中心"


def test_frequent_opinions_of_ones_own_are_offered(cast, case):
    for opinion in ("同意，尽快发出。", "同意，尽快发出。", "同意。"):
        document = drafting.draft(case, paper_by("aid_letter"), by=cast.prosecutor)
        drafting.revise(case, document, by=cast.prosecutor, expected_n=1, **AID)
        approving.submit(case, document, by=cast.prosecutor)
        approving.approve(case, document, by=cast.head, read=True, opinion=opinion)
    document = drafting.draft(case, paper_by("aid_letter"), by=cast.prosecutor)
    drafting.revise(case, document, by=cast.prosecutor, expected_n=1, **AID)
    waiting = approving.submit(case, document, by=cast.prosecutor)
    browser = client_for(cast.head)

    page = browser.get(waiting.owner_url).text
    assert page.index("同意，尽快发出。") < page.index('value="同意。"')
    data = {"act": "approve", "step": waiting.current_step.pk, "read": "on", "usual": "同意，尽快发出。"}
    browser.post(waiting.owner_url, data)
    assert waiting.steps.get().opinion == "同意，尽快发出。"


def test_a_paper_is_handed_over_and_countersigned_like_a_matter(cast, case, letter, round):
    passing.countersign(case, round=round, of=cast.assistant, question="地址对吗。", by=cast.head)
    approving.approve(case, letter, by=cast.assistant, read=True, opinion="对。")
    assert (case.events.last().kind, status(letter)) == ("countersigned", "in_approval")

    cast.prosecutor2.role = Role.DEPARTMENT_HEAD
    cast.prosecutor2.save()
    passing.reassign(case, round=round, to=cast.prosecutor2, reason="外出。", by=cast.head)
    approving.approve(case, letter, by=cast.prosecutor2, read=True)
    assert status(letter) == "issued"


def test_submissions_stay_as_written(cast, round):
    with pytest.raises(IntegrityError, match="文书的送审记录不能改动"), transaction.atomic():
        PaperRound.objects.update(recorded_by=cast.head)
