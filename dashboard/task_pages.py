"""/tasks/…: giving a to-do, its page with history, changing it; and 催办 of several rows at once."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import get_or_404, require
from accounts.http import Request
from accounts.models import User
from accounts.permissions import Permission
from core import clock
from core.http import leave, page
from core.refusals import Conflict, Refused
from dashboard import entries, todo
from dashboard.matter_forms import TaskEditForm, TaskForm
from dashboard.matter_pages import sent
from dashboard.scope import DUE, Scope, address
from deadlines import doing, policy, todos
from deadlines.models import Deadline, Task
from deadlines.policy import Matter
from jobs import submissions


@require_http_methods(["GET", "POST"])
@require(Permission.CASE_SEE)
def new(request: Request) -> HttpResponse:
    """交办: for oneself or a colleague, with 抄送, about a case if one likes."""
    first = {"case": request.GET.get("case", "")[:40], "assigned_to": request.user}
    form = TaskForm(sent(request), user=request.user, initial=first)
    if form.is_valid():
        key = form.cleaned_data["submission_key"]

        def work() -> str:
            return todos.give(**form.facts, by=request.user).get_absolute_url()

        try:
            target = submissions.once(key, by=request.user, action="task-new", work=work)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已登记待办")
            return leave(request, target)
    context = {"form": form, "heading": "登记待办", "submit": "登记待办", "back": reverse("dashboard:desk")}
    return page(request, "dashboard/task_form.html", context, status=422 if request.method == "POST" else 200)


@require_safe
@require(Permission.CASE_SEE)
def task(request: Request, pk: int) -> HttpResponse:
    """One to-do: what, who, by when, and what happened to it."""
    found = _task_or_404(request, pk)
    offers = entries.of_matter(found, request.user, clock.today(), policy.covered_by(request.user))
    context = {
        "task": found,
        "entry": offers,
        "watchers": [each.user for each in found.watchers.select_related("user")],
        "history": history(found),
        "case_url": found.owner_url,
        "may_edit": not policy.why_not_edit(found, request.user),
        "undo_url": "" if policy.why_not_undo(found, request.user) else entries.address(found, "undo"),
    }
    return page(request, "dashboard/task.html", context)


@require_http_methods(["GET", "POST"])
@require(Permission.CASE_SEE)
def edit(request: Request, pk: int) -> HttpResponse:
    """修改待办: 409 when somebody changed its words since the page was made."""
    found = _task_or_404(request, pk)
    why_not, status = policy.why_not_edit(found, request.user), 200
    first = {"title": found.title, "seen": found.title, "cc": found.watchers.values_list("user", flat=True)}
    form = TaskEditForm(sent(request), user=request.user, initial=first)
    if request.method == "POST":
        status = 422
        try:
            if not why_not and form.is_valid():
                todos.edit(found, **form.facts, by=request.user)
                messages.success(request, "已保存")
                return leave(request, found)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        except Conflict as conflict:
            form, status = _with_theirs(form, conflict), 409
    context = {"form": form, "why_not": why_not, "heading": "修改待办", "submit": "保存"}
    return page(
        request, "dashboard/task_form.html", context | {"back": found.get_absolute_url()}, status=status
    )


@require_POST
@require(Permission.CASE_SEE)
def urge_many(request: Request) -> HttpResponse:
    """批量催办: the ticked rows, or what presses of one person."""
    matters = _of_person(request) if "person" in request.POST else _ticked(request)
    try:
        if not matters:
            raise Refused(
                "这位同事没有超期或临期的事项。"
                if "person" in request.POST
                else "还没勾选事项。请先在左侧勾选，再点“催办”。"
            )
        told = doing.urge_many(matters, by=request.user)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, f"已提醒 {told} 人")
    return leave(request, address(request))


def history(task: Task) -> list[dict[str, Any]]:
    """改期, 转办, 催办 and the end, oldest first."""
    rows = [
        (task.created_at, task.created_by, "登记", ""),
        *(
            (
                each.changed_at,
                f"{each.changed_by}（代{each.on_behalf_of}）" if each.on_behalf_of else each.changed_by,
                f"改期：{each.old_due or '没有期限'} → {each.new_due}",
                each.reason,
            )
            for each in task.changes.select_related("changed_by", "on_behalf_of")
        ),
        *(
            (each.handed_at, each.handed_by, f"转办：{each.giver} → {each.taker}", each.reason)
            for each in task.hand_overs.select_related("handed_by", "giver", "taker")
        ),
        *(
            (each.urged_at, each.urged_by, f"催办{each.urged}", each.note)
            for each in task.urges.select_related("urged_by", "urged")
        ),
        *([(task.done_at, task.done_by, "办结", task.done_note)] if task.done_at else []),
    ]
    ordered = sorted(rows, key=lambda row: row[0])
    return [{"at": at, "who": who, "what": what, "why": why} for at, who, what, why in ordered]


def _task_or_404(request: Request, pk: int) -> Task:
    tasks = Task.objects.visible_to(request.user).select_related("assigned_to", "created_by", "done_by")
    return get_or_404(tasks, request.user, request, pk=pk)


def _with_theirs(form: TaskEditForm, conflict: Conflict) -> TaskEditForm:
    """The form as typed, now against what the row says; one more press of 保存 keeps what was typed."""
    theirs = conflict.current.title
    data = QueryDict(mutable=True)
    data.update(form.data)
    data["seen"] = theirs
    again = TaskEditForm(data, user=form.user)
    again.add_error("title", f"已有人改成“{theirs}”。要保留你填的内容请再点一次保存，否则请返回。")
    return again


def _ticked(request: Request) -> list[Matter]:
    """`deadline-12`, `task-3`: as far as this person sees them."""
    wanted: dict[str, list[int]] = {"deadline": [], "task": []}
    for item in request.POST.getlist("item")[: todo.MOST]:
        kind, _, number = item.partition("-")
        if kind in wanted and number.isdecimal() and len(number) < 18:
            wanted[kind].append(int(number))
    return [
        *Deadline.objects.open().visible_to(request.user).filter(pk__in=wanted["deadline"]),
        *Task.objects.open().visible_to(request.user).filter(pk__in=wanted["task"]),
    ]


def _of_person(request: Request) -> list[Matter]:
    """What presses of one colleague, as 部门概况 counts it: late, or due within three days."""
    colleagues = User.objects.visible_to(request.user)
    person = get_or_404(colleagues, request.user, request, pk=request.POST["person"][:18])
    found: list[Matter] = []
    for due in DUE:
        scope = Scope(request.user, clock.today(), whole=True, person=person, due=due)
        found += [*todo.deadlines_of(scope)[: todo.MOST], *todo.tasks_of(scope)[: todo.MOST]]
    return found
