from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.access import require
from accounts.http import Request
from accounts.permissions import Permission
from approvals import waiting
from core.http import page

PER_PAGE = 30
TABS = {"waiting": "待我审批", "submitted": "我提交的", "done": "我办过的"}
EMPTY = {"waiting": "没有等你审批的事项", "submitted": "没有在审批的提交", "done": "还没有办过审批"}
ROWS = {
    "waiting": waiting.steps_for,
    "submitted": waiting.submitted_by,
    "done": waiting.done_by,
}


@require_safe
@require(Permission.CASE_HANDLE, Permission.EXAMINE, Permission.DECIDE)
def approvals(request: Request) -> HttpResponse:
    """审批: what waits for me, what I submitted, what I have done. The page of each matter is its owner's."""
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else "waiting"
    rows = Paginator(ROWS[tab](request.user), PER_PAGE).get_page(request.GET.get("page"))
    counts = {tab: rows.paginator.count}
    if tab != "waiting":
        counts["waiting"] = waiting.steps_for(request.user).count()
    views = [
        {
            "label": label,
            "url": f"?tab={key}",
            "current": key == tab,
            "count": counts.get(key),
            "hot": key == "waiting",
        }
        for key, label in TABS.items()
    ]
    return page(
        request, "approvals/list.html", {"tab": tab, "views": views, "page": rows, "empty": EMPTY[tab]}
    )
