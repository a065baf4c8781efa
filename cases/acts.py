"""下一步: which acts are open to this user on this case, by the policies' answers. One leads, the rest is the menu."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.urls import NoReverseMatch, reverse

from accounts.models import User
from cases.approval import policy as approval
from cases.decision import policy as decision
from cases.enforcement import policy as enforcement
from cases.filing import policy as filing
from cases.intake import policy as intake
from cases.models import Case, Judgment
from cases.occurrences import policy as occurrences
from cases.policy import why_not_at
from cases.recovery import policy as recovery
from cases.review import policy as review
from cases.service import outside as service
from cases.suspension import policy as suspension
from cases.workflow import ENDS, Matter, Stage

Policy = Callable[[Case, User], str]
Facts = Any  # the header's one query: sums, dates and yes-or-no of the case


@dataclass(frozen=True)
class Act:
    """动作 as a link: `page` is a page of the case, with its query if it has one. The first open one that `leads`
    is the one primary button.

    `when` looks at facts that are there already, so that a policy is not asked what cannot be.
    """

    label: str
    page: str
    why_not: Policy
    leads: bool = False
    when: Callable[[Facts, User], bool] = lambda facts, user: True
    url: str = ""


def _propose(case: Case, user: User) -> str:
    return decision.why_not_start(case, user, Matter.SUPPORT)


def _withdraw_support(case: Case, user: User) -> str:
    return decision.why_not_start(case, user, Matter.WITHDRAW_SUPPORT)


def _mediate(case: Case, user: User) -> str:
    return why_not_at(case, user, frozenset({Stage.REVIEW}), "办理诉前和解")


def _without_handler(case: Case, user: User) -> str:
    return "已有承办人。" if case.handler_id else intake.why_not_assign(case, user)


def _reassign(case: Case, user: User) -> str:
    return intake.why_not_assign(case, user) if case.handler_id else "还没有承办人。"


def _all_paid(facts: Facts, user: User) -> bool:
    return 0 < (facts.confirmed_total or facts.claimed_total) <= facts.recovered_total


def _others_submission(facts: Facts, user: User) -> bool:
    return facts.submitter not in (None, user.pk)


def _own_submission(facts: Facts, user: User) -> bool:
    return facts.submitter == user.pk


def _gives_money(facts: Facts, user: User) -> bool:
    return facts.judged in Judgment.GIVES_MONEY


def _gives_none(facts: Facts, user: User) -> bool:
    return bool(facts.judged) and facts.judged not in Judgment.GIVES_MONEY


def _unserved(facts: Facts, user: User) -> bool:
    return bool(facts.judged) and facts.judgment_served_on is None


def _next_instance(facts: Facts, user: User) -> bool:
    return not facts.judged or facts.appealed


def _appealable(facts: Facts, user: User) -> bool:
    return bool(facts.judged) and not facts.appealed


DECIDE = Act("去审批", "approval", approval.why_not_decide, leads=True, when=_others_submission)
CANCEL = Act("撤回送审", "approval", approval.why_not_cancel, when=_own_submission)
ASSIGN = Act("转办", "assign", _reassign)
SERVE = Act("登记送达", "service", service.why_not_serve)
EVENT = Act("登记程序事件", "clock_event", occurrences.why_not_record)
MONEY = Act("登记到账", "money_new", recovery.why_not_enter)
WITHDRAW = Act("撤回支持起诉", "decision", _withdraw_support)
IN_TRIAL = (
    DECIDE,
    Act("登记生效", "effective", filing.why_not_take_effect, leads=True, when=_gives_money),
    Act("登记撤诉或驳回", "court_ended", filing.why_not_end_in_court, leads=True, when=_gives_none),
    Act("登记裁判送达", "judgment_served", filing.why_not_serve, leads=True, when=_unserved),
    Act("登记裁判", "judgment", filing.why_not_judge, leads=True, when=_next_instance),
    Act("登记开庭", "hearing_new", filing.why_not_hear),
    Act("登记上诉", "appeal", filing.why_not_appeal, when=_appealable),
    EVENT,
    SERVE,
    MONEY,
    WITHDRAW,
    ASSIGN,
)
ARCHIVE = (Act("归档", "archiving", enforcement.why_not_archive, leads=True), SERVE, MONEY)

ACTS: dict[Stage, tuple[Act, ...]] = {
    Stage.REGISTERED: (
        Act("分派承办人", "assign", _without_handler, leads=True),
        Act("登记收到补正", "supplement", intake.why_not_complete, leads=True),
        Act("受理", "accept", intake.why_not_accept, leads=True),
        Act(
            "受理审查",
            "examination",
            intake.why_not_examine,
            leads=True,
            when=lambda facts, user: not facts.examined,
        ),
        Act("通知补正", "supplement", intake.why_not_supplement),
        Act("不予受理", "reject", intake.why_not_decide),
        Act("移送他院", "transfer", intake.why_not_transfer),
        EVENT,
        ASSIGN,
    ),
    Stage.REVIEW: (
        DECIDE,
        Act(
            "恢复审查",
            "suspension",
            suspension.why_not_resume,
            leads=True,
            when=lambda facts, user: facts.suspended,
        ),
        Act("提交处理意见", "decision", _propose, leads=True, when=lambda facts, user: facts.reviewed),
        Act("填写审查", "review", review.why_not_review, leads=True),
        Act("提交处理意见", "decision", _propose),
        Act("诉前和解", "mediation:case", _mediate),
        Act("延期", "suspension?matter=extend", _propose),
        Act("中止审查", "suspension?matter=suspend", _propose),
        EVENT,
        SERVE,
        MONEY,
        CANCEL,
        ASSIGN,
    ),
    Stage.APPROVAL: (DECIDE, CANCEL, EVENT, ASSIGN),
    Stage.SUPPORTED: (
        DECIDE,
        Act("登记法院立案", "filing_new", filing.why_not_file, leads=True),
        Act("登记法院不予受理", "court_refusal", filing.why_not_court_refuse),
        Act("法院不予受理后办结", "refusal_end", filing.why_not_end_after_refusal),
        EVENT,
        SERVE,
        MONEY,
        WITHDRAW,
        ASSIGN,
    ),
    Stage.FILED: IN_TRIAL,
    Stage.TRIAL: IN_TRIAL,
    Stage.ENFORCEMENT: (
        Act("办结", "closing", enforcement.why_not_close, leads=True, when=_all_paid),
        replace(MONEY, leads=True),
        Act("登记申请执行", "enforcement", enforcement.why_not_apply),
        Act("登记跟进", "follow_up", enforcement.why_not_follow),
        Act("办结", "closing", enforcement.why_not_close),
        EVENT,
        SERVE,
        ASSIGN,
    ),
    **{stage: ARCHIVE for stage in Stage if stage in ENDS},
    Stage.TERMINATED: (*ARCHIVE, EVENT),
    Stage.ARCHIVED: (),
}


def acts_for(case: Case, user: User, facts: Facts) -> list[Act]:
    """Every act of this stage that is open to this user, each once and with its address, in the order of the table.

    Acts that share a policy ask it once.
    """
    found: dict[str, Act] = {}
    answers: dict[Policy, str] = {}
    for act in ACTS[Stage(case.stage)]:
        url = page_of(case, act.page)
        if not url or act.label in found or not act.when(facts, user):
            continue
        if act.why_not not in answers:
            answers[act.why_not] = act.why_not(case, user)
        if not answers[act.why_not]:
            found[act.label] = replace(act, url=url)
    return list(found.values())


def page_of(case: Case, page: str, *more: object) -> str:
    """The address of a page of the case (`name` or `name?query`); empty while there is none by that name."""
    name, mark, query = page.partition("?")
    try:
        return reverse(name if ":" in name else f"cases:{name}", args=[case.code, *more]) + mark + query
    except NoReverseMatch:
        return ""
