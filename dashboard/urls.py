from django.urls import URLPattern, URLResolver, include, path

from dashboard import (
    audit_pages,
    calendar_pages,
    desk,
    drill_pages,
    figure_pages,
    help_pages,
    ledger_pages,
    limitation_pages,
    matter_pages,
    reminder_pages,
    search,
    task_pages,
)

app_name = "dashboard"


def deeds(kind: str, *names: str) -> list[URLPattern | URLResolver]:
    """办结, 改期 … of one row of the desk: `deadline_done`, `task_day` …"""
    return [
        path("row/", matter_pages.only_row, {"kind": kind}, name=f"{kind}_row"),
        path("undo/", matter_pages.undo, {"kind": kind}, name=f"{kind}_undo"),
        *(
            path(f"{name}/", matter_pages.act, {"kind": kind, "deed": name}, name=f"{kind}_{name}")
            for name in names
        ),
    ]


# /
urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/", desk.desk, name="desk"),
    path("desk/urge/", task_pages.urge_many, name="urge_many"),
    path("desk/deadlines/<int:pk>/", include(deeds("deadline", "done", "known", "day", "taker", "urge"))),
    path("tasks/new/", task_pages.new, name="task_new"),
    path("tasks/<int:pk>/", task_pages.task, name="task"),
    path("tasks/<int:pk>/edit/", task_pages.edit, name="task_edit"),
    path("tasks/<int:pk>/", include(deeds("task", "done", "day", "taker", "urge"))),
    path("search/", search.search, name="search"),
    path("calendar/", calendar_pages.calendar, name="calendar"),
    path("dashboard/", figure_pages.figures, name="figures"),
    path("dashboard/drill/<slug:metric>/", drill_pages.drill, name="drill"),
    path("dashboard/drill/<slug:metric>/export/", drill_pages.export, name="drill_export"),
    path("ledger/", ledger_pages.entries, name="ledger"),
    path("ledger/export/", ledger_pages.export, name="ledger_export"),
    path("limitations/", limitation_pages.entries, name="limitations"),
    path("limitations/export/", limitation_pages.export, name="limitations_export"),
    path("audit/", audit_pages.entries, name="audit"),
    path("audit/export/", audit_pages.export, name="audit_export"),
    path("reminders/", reminder_pages.reminders, name="reminders"),
    path("help/", help_pages.topics, name="help"),
    path("help/<slug:name>/", help_pages.topic, name="help_topic"),
]
