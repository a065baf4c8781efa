from django.http import HttpResponse

from accounts.http import Request
from cases.enforcement import actions as following
from cases.filing import actions, policy
from cases.filing.forms import AppealForm, EffectiveForm, EndForm, JudgmentForm, ServedForm, today
from cases.filing.views import deed, get_or_post
from cases.pages import case_or_404, perform
from cases.recovery.balance import with_balance


@get_or_post
def judge(request: Request, code: str) -> HttpResponse:
    case = case_or_404(request, code)
    claimants = with_balance(case).filter(withdrawn_on=None)
    form = JudgmentForm(request.POST or None, claimants=claimants, initial=today("made_on"))
    texts = {
        "template": "cases/lines_form.html",
        "heading": "登记裁判",
        "submit": "登记裁判",
        "lead": "按裁判文书逐人填写确认金额。撤诉、驳回等没有确认金额的，金额一栏全部留空。",
        "lines_heading": "确认金额",
        "lines_lead": "没有判给的填 0。系统不平均分摊。",
        "sums": True,
    }
    why_not = policy.why_not_judge(case, request.user)
    return perform(request, case, deed(case, form, actions.judge, "已登记裁判", why_not, **texts))


@get_or_post
def serve(request: Request, code: str) -> HttpResponse:
    case = case_or_404(request, code)
    form = ServedForm(request.POST or None, initial=today("last_served_on"))
    texts = {
        "heading": "登记裁判最后送达",
        "submit": "登记送达",
        "lead": "各方的上诉期从各自收到裁判之日的次日起算，以最后一方为准判断是否生效。",
    }
    why_not = policy.why_not_serve(case, request.user)
    return perform(request, case, deed(case, form, actions.serve, "已登记裁判送达", why_not, **texts))


@get_or_post
def appeal(request: Request, code: str) -> HttpResponse:
    case = case_or_404(request, code)
    form = AppealForm(request.POST or None, initial=today("filed_on"))
    texts = {
        "heading": "登记上诉",
        "submit": "登记上诉",
        "lead": "登记后一审裁判不生效，等待登记二审裁判。",
    }
    why_not = policy.why_not_appeal(case, request.user)
    return perform(request, case, deed(case, form, actions.appeal, "已登记上诉", why_not, **texts))


@get_or_post
def take_effect(request: Request, code: str) -> HttpResponse:
    case = case_or_404(request, code)
    form = EffectiveForm(request.POST or None, initial=today("effective_on"))
    texts = {
        "heading": "登记裁判生效",
        "submit": "登记生效",
        "lead": "登记后案件进入履行与执行，申请执行时效和诉后跟进开始计算。",
    }
    why_not = policy.why_not_take_effect(case, request.user)
    return perform(request, case, deed(case, form, actions.take_effect, "裁判已生效", why_not, **texts))


@get_or_post
def end_in_court(request: Request, code: str) -> HttpResponse:
    case = case_or_404(request, code)
    form = EndForm(request.POST or None, initial=today("closed_on"))
    texts = {
        "heading": "登记撤诉或驳回并办结",
        "submit": "办结案件",
        "danger": "danger",
        "lead": "按已登记的法院裁判结果办结。还有款项没有到账的，在说明里写明。",
    }
    why_not = policy.why_not_end_in_court(case, request.user)
    return perform(request, case, deed(case, form, following.end_in_court, "案件已办结", why_not, **texts))
