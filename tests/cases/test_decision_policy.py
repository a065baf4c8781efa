"""提交审批: every refusal has its sentence and leaves no trace; the act locks before it looks."""

from datetime import timedelta

import pytest

from cases import clocks
from cases.decision.actions import begin, propose
from cases.models import Case, Suspension
from cases.paperwork import drafting
from cases.workflow import MATTER_STAGES, PAPER_OF, Matter, Stage
from core import clock
from tests.accounts.factories import UserFactory
from tests.cases.deciding import letter_of, prepared, submitted, supportable
from tests.cases.factories import CaseFactory, case_of_office
from tests.cases.traces import locks_first, refused

FIELDS = {
    Matter.SUPPORT: {},
    Matter.DECLINE: {"ground": "facts"},
    Matter.TERMINATE: {"ground": "withdrawn"},
    Matter.TRANSFER: {},
    Matter.SUSPEND: {"ground": "other_case", "starts_on": None},
    Matter.EXTEND: {"days": 10},
    Matter.WITHDRAW_SUPPORT: {"ground": "fraud"},
}
OWN_WORDS = set(PAPER_OF) - {Matter.SUPPORT}  # their papers say ground and reasons


@pytest.fixture
def case(cast):
    assert cast.head
    assert cast.chief
    case = supportable(cast)
    clocks.start(case, "P6a", on=case.accepted_on, by=cast.prosecutor)
    return case


def fields_for(cast, matter):
    fields = dict(FIELDS[matter])
    if matter == Matter.TRANSFER:
        fields["target"] = cast.other_office
    if matter == Matter.SUSPEND:
        fields["starts_on"] = clock.today()
    return fields


@pytest.fixture
def ready(cast, case):
    """The same with the papers of all matters of a review written."""
    for matter in (Matter.DECLINE, Matter.TERMINATE, Matter.SUSPEND):
        prepared(case, matter, cast.prosecutor, reasons="理由。", **fields_for(cast, matter))
    return case


def try_to(cast, case, matter=Matter.DECLINE, by=None, reasons="理由。", **fields):
    fields = fields_for(cast, matter) | fields
    return propose(case, matter=matter, by=by or cast.prosecutor, reasons=reasons, **fields)


def try_to_draft(cast, case, matter, by=None, reasons="理由。", **fields):
    """The paper, with what is going to be proposed; a matter without one is proposed at once."""
    fields = fields_for(cast, matter) | fields
    if matter in OWN_WORDS:
        return begin(case, matter=matter, by=by or cast.prosecutor, reasons=reasons, **fields)
    return propose(case, matter=matter, by=by or cast.prosecutor, reasons=reasons, **fields)


@pytest.mark.parametrize("matter", [m for m in Matter if m != Matter.WITHDRAW_SUPPORT])
def test_each_matter_of_a_review_opens_its_round(cast, ready, matter):
    case = ready
    proposal = try_to(cast, case, matter)

    assert (proposal.matter, proposal.round.status) == (matter, "open")
    assert proposal.round.current_step.assigned_to == cast.head
    moved = matter not in (Matter.SUSPEND, Matter.EXTEND)
    assert Case.objects.get(pk=case.pk).stage == (Stage.APPROVAL if moved else Stage.REVIEW)
    assert bool(proposal.document) == (matter in PAPER_OF)
    if proposal.document:
        proposal.document.refresh_from_db()
        assert (proposal.document.kind, proposal.document.status) == (PAPER_OF[matter], "in_approval")


STAGES = ["registered", "review", "approval", "supported", "enforcement", "archived"]
WRONG = [(matter, stage) for matter in Matter for stage in STAGES if stage not in MATTER_STAGES[matter]]


@pytest.mark.parametrize(("matter", "stage"), WRONG)
def test_each_matter_is_refused_at_every_stage_that_is_not_its_own(cast, matter, stage):
    accepted = {} if stage == "registered" else {"reviewed": True}
    case = CaseFactory(handler=cast.prosecutor, **accepted | {"stage": stage})

    for act in (try_to, try_to_draft):
        with refused("阶段，不能提出|已归档"):
            act(cast, case, matter)


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ("prosecutor2", "本案由 李检察官 承办，你不能办理。"),
        ("chief", "只有本院办案人员可以办理这个案件。"),
        ("other", "只有本院办案人员可以办理这个案件。"),
        ("legalaid", "只有本院办案人员可以办理这个案件。"),
    ],
)
def test_only_who_works_on_the_case_may_draft_and_submit(cast, case, who, sentence):
    for act in (try_to, try_to_draft):
        with refused(sentence):
            act(cast, case, Matter.DECLINE, by=getattr(cast, who))


@pytest.mark.parametrize("who", ["prosecutor", "assistant", "clerk"])
def test_the_handler_and_those_who_help_may_submit(cast, ready, who):
    case = ready
    assert try_to(cast, case, by=getattr(cast, who)).recorded_by == getattr(cast, who)


@pytest.mark.parametrize("matter", [m for m in Matter if m != Matter.WITHDRAW_SUPPORT])
def test_nothing_is_submitted_while_the_review_is_suspended(cast, case, matter):
    Suspension.objects.create(
        case=case, ground="mediation", reason="调解中", starts_on=clock.today(), recorded_by=cast.chief
    )

    for act in (try_to, try_to_draft):
        with refused("案件正在中止审查，不能提出.*请先恢复审查。"):
            act(cast, case, matter)


def test_a_second_matter_waits_for_the_first(cast, case):
    submitted(cast, Matter.SUSPEND, case, ground="other", starts_on=clock.today())

    with refused("“中止审查”正在审批，请等审批结束，或者撤回送审后再提出。"):
        try_to(cast, case, Matter.EXTEND)


@pytest.mark.parametrize(
    ("matter", "fields", "sentence"),
    [
        (Matter.DECLINE, {"reasons": "  "}, "还没填理由。"),
        (Matter.DECLINE, {"ground": ""}, "还没选事由，请在列表里选一项。"),
        (Matter.TERMINATE, {"ground": "facts"}, "还没选事由，请在列表里选一项。"),
        (Matter.EXTEND, {"days": 91}, "延长天数要在 1 到 90 之间。"),
        (Matter.EXTEND, {"days": None}, "延长天数要在 1 到 90 之间。"),
        (Matter.EXTEND, {"reasons": "长" * 201}, "理由有 201 字，超过 200 字"),
        (Matter.SUSPEND, {"starts_on": None}, "还没填中止日期。"),
        (
            Matter.SUSPEND,
            {"starts_on": clock.today() + timedelta(days=1)},
            "还没到，请改成今天或以前的日期。",
        ),
        (Matter.SUSPEND, {"starts_on": clock.today() - timedelta(days=30)}, "早于受理日期"),
        (Matter.TRANSFER, {"target": None}, "还没选受移送检察院，请在列表里选一个。"),
    ],
)
def test_an_incomplete_proposal_is_refused(cast, case, matter, fields, sentence):
    with refused(sentence):
        try_to_draft(cast, case, matter, **fields)


@pytest.mark.parametrize(
    ("matter", "fields", "sentence"),
    [
        (Matter.SUPPORT, {"court": "某某人民法院"}, "致送法院和支持起诉书写的不一致。"),
        (Matter.DECLINE, {"ground": "not_liable"}, "事由和不支持起诉决定书写的不一致。"),
        (Matter.DECLINE, {"reasons": "另一个理由。"}, "理由和不支持起诉决定书写的不一致。请在文书里改"),
        (Matter.TERMINATE, {"reasons": "另一个理由。"}, "理由和终结审查决定书写的不一致。"),
        (
            Matter.SUSPEND,
            {"starts_on": clock.today() - timedelta(days=1)},
            "中止日期和中止审查决定书写的不一致。",
        ),
    ],
)
def test_a_proposal_cannot_say_other_than_its_paper(cast, ready, matter, fields, sentence):
    with refused(sentence):
        try_to(cast, ready, matter, **fields)


@pytest.mark.parametrize("matter", sorted(OWN_WORDS - {Matter.WITHDRAW_SUPPORT}))
def test_what_the_paper_says_is_what_is_proposed(cast, ready, matter):
    proposal = propose(ready, matter=matter, by=cast.prosecutor)

    assert (proposal.reasons, proposal.ground) == ("理由。", fields_for(cast, matter)["ground"])
    assert proposal.starts_on == fields_for(cast, matter).get("starts_on")


def test_a_case_cannot_be_transferred_to_its_own_office_or_to_a_court(cast, case):
    for target, sentence in [(cast.office, "不能移送给本院"), (cast.court, "还没选受移送检察院")]:
        with refused(sentence):
            try_to(cast, case, Matter.TRANSFER, target=target)


def test_a_review_without_running_clock_cannot_be_extended(cast):
    case = case_of_office(cast, reviewed=True)

    with refused("没有进行中的审查期限，不能延长。"):
        try_to(cast, case, Matter.EXTEND)


def test_without_an_approver_nothing_is_submitted(cast, ready):
    case = ready
    cast.chief.is_active = False
    cast.chief.save()

    with refused("本院还没有可用的分管副检察长账号"):
        try_to(cast, case)


def test_a_head_who_submits_is_not_asked_to_approve_it(cast, ready):
    case = ready
    second = UserFactory(department_head=True, organisation=cast.office)

    assert try_to(cast, case, by=cast.head).round.current_step.assigned_to == second


def test_the_letter_of_another_case_is_no_letter(cast, case):
    assert letter_of(supportable(cast))
    drafting.void(case, letter_of(case), reason="重写", by=cast.prosecutor)

    with refused("还没起草支持起诉书。"):
        try_to(cast, case, Matter.SUPPORT)


def test_an_office_may_settle_its_own_chain(cast, ready, settings):
    case = ready
    settings.APPROVAL_CHAINS = {"decline": ("chief",)}

    assert [step.assigned_to for step in try_to(cast, case).round.steps.all()] == [cast.chief]


def test_submitting_locks_the_case_before_it_looks(cast, ready):
    with locks_first():
        try_to(cast, ready)


def test_drafting_locks_the_case_before_it_looks(cast, case):
    with locks_first():
        try_to_draft(cast, case, Matter.DECLINE)
