from django.urls import URLPattern, URLResolver, include, path

from deadlines import views_feed
from deadlines.holidays import views as holidays
from deadlines.recounts import views as recounts
from deadlines.terms import views as terms

app_name = "deadlines"

# /settings/terms/
rules: list[URLPattern | URLResolver] = [
    path("", terms.terms, name="terms"),
    path("<slug:code>/", terms.term, name="term"),
    path("<slug:code>/edit/", terms.term_edit, name="term_edit"),
    path("<slug:code>/restore", terms.term_restore, name="term_restore"),
    path("<slug:code>/switch", terms.term_switch, name="term_switch"),
]

# /settings/holidays/
days: list[URLPattern | URLResolver] = [
    path("", holidays.holidays, name="holidays"),
    path("import/", holidays.holiday_import, name="holiday_import"),
    path("template/", holidays.holiday_template, name="holiday_template"),
]

# /settings/recount/
recounting: list[URLPattern | URLResolver] = [
    path("", recounts.recount, name="recount"),
    path("lists/", recounts.recount_list, name="recount_list"),
    path("lists/<int:pk>/", recounts.recount_list_progress, name="recount_list_progress"),
    path("<int:pk>/", recounts.recount_progress, name="recount_progress"),
    path("<int:pk>/cancel", recounts.recount_cancel, name="recount_cancel"),
]

# /
urlpatterns: list[URLPattern | URLResolver] = [
    path("calendar/feeds/", views_feed.feed_list, name="feeds"),
    path("calendar/feeds/<int:pk>/revoke", views_feed.feed_revoke, name="feed_revoke"),
    path("calendar/feed/<str:secret>.ics", views_feed.feed, name="feed"),
    path("calendar/event/<int:pk>.ics", views_feed.event, name="event"),
    path("settings/terms/", include(rules)),
    path("settings/holidays/", include(days)),
    path("settings/recount/", include(recounting)),
    path("deadlines/changes/<int:pk>/", recounts.changes, name="changes"),
]
