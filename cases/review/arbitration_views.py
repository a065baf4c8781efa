from django.http import HttpResponse
from django.urls import reverse

from accounts.access import get_or_404
from accounts.http import Request
from cases.models import Arbitration
from cases.pages import case_or_404, perform
from cases.review import actions
from cases.review.forms import ArbitrationForm, IouForm, ResultForm
from cases.review.views import get_or_post, initial_of, part, review_of


@get_or_post
def arbitration(request: Request, code: str) -> HttpResponse:
    """劳动仲裁: what the board did, one more, and whether the IOU makes it needless."""
    case = case_or_404(request, code)
    deed = part(
        request,
        case,
        ArbitrationForm(request.POST or None),
        actions.record_arbitration,
        heading="劳动仲裁",
        submit="登记劳动仲裁",
        done="已登记劳动仲裁",
        lead="认定为劳动关系的要先仲裁：已裁决、不予受理、逾期未裁决之一，才能起诉。",
        to=reverse("cases:review_arbitration", args=[case.code]),
        listing="cases/review_arbitration.html",
        review=review_of(case),
        arbitrations=case.arbitrations.select_related("recorded_by"),
    )
    return perform(request, case, deed)


@get_or_post
def arbitration_result(request: Request, code: str, pk: int) -> HttpResponse:
    """登记仲裁结果 of one that was pending."""
    case = case_or_404(request, code)
    record = get_or_404(Arbitration.objects.filter(case=case), request.user, request, pk=pk)
    to = reverse("cases:review_arbitration", args=[case.code])
    deed = part(
        request,
        case,
        ResultForm(request.POST or None),
        lambda _case, **facts: actions.conclude_arbitration(record, **facts),
        heading=f"登记 {record.board} 的仲裁结果",
        submit="登记仲裁结果",
        done="已登记仲裁结果",
        to=to,
        back_url=to,
    )
    return perform(request, case, deed)


@get_or_post
def iou(request: Request, code: str) -> HttpResponse:
    """工资欠条例外 (解释一第15条)."""
    case = case_or_404(request, code)
    to = reverse("cases:review_arbitration", args=[case.code])
    deed = part(
        request,
        case,
        IouForm(request.POST or None, initial=initial_of(review_of(case), IouForm)),
        actions.claim_iou_exception,
        heading="工资欠条例外",
        submit="保存",
        done="已保存工资欠条例外",
        lead="以用人单位的工资欠条为证据、请求不涉及劳动关系其他争议的，可以直接起诉。"
        "证据里要有欠条；诉求里有经济补偿、双倍工资、加班费的，不适用。",
        to=to,
        back_url=to,
    )
    return perform(request, case, deed)
