"""Who may register the service of which paper, and when."""

from accounts.models import User
from cases.models import Case
from cases.policy import why_not_handle
from cases.service.addressees import is_served
from cases.service.standing import Line
from documents.models import Document, Service


def why_not_serve(case: Case, user: User, document: Document) -> str:
    """登记送达: issued papers that are served on somebody, by those who may work on the case, until it is archived."""
    if document.status == Document.Status.VOID:
        return f"{document}已经作废，不能登记送达。"
    if document.status != Document.Status.ISSUED:
        return f"{document}还没签发，不能登记送达。"
    if not is_served(document):
        return f"{document}不用送达，没有受送达人。"
    return why_not_handle(case, user)


def why_not_send(line: Line) -> str:
    """登记送出: somebody who is on the list and on whom nothing is under way."""
    return {
        "left_out": f"{line.addressee}已登记为不送达。要送达的，请重新添加受送达人。",
        "served": f"{line.addressee}已经送达。日期有误的请更正，登记错了的请撤销后重新登记。",
        "sent": f"已向{line.addressee}送出，请先登记结果。",
    }.get(line.state, "")


def why_not_leave_out(line: Line) -> str:
    """不送达: who has neither been served nor is under way."""
    return {
        "left_out": f"{line.addressee}已经登记为不送达。",
        "served": f"{line.addressee}已经送达，不能改为不送达。",
        "sent": f"已向{line.addressee}送出，请先登记结果。",
    }.get(line.state, "")


def why_not_result(one: Service) -> str:
    """登记结果: a try that is under way."""
    if one.voided_at:
        return "这次送达登记已经撤销，请刷新后查看。"
    if one.served_on:
        return f"这次送达的结果已经登记：{one.served_on} 送达。日期有误的请更正。"
    return f"这次送达的结果已经登记：{one.returned_on} 退回。" if one.returned_on else ""


def why_not_void(one: Service) -> str:
    return "这次送达登记已经撤销。" if one.voided_at else ""
