from django.urls import URLPattern, URLResolver, path

from deadlines import views_feed

app_name = "deadlines"

# /
urlpatterns: list[URLPattern | URLResolver] = [
    path("calendar/feeds/", views_feed.feed_list, name="feeds"),
    path("calendar/feeds/<int:pk>/revoke", views_feed.feed_revoke, name="feed_revoke"),
    path("calendar/feed/<str:secret>.ics", views_feed.feed, name="feed"),
    path("calendar/event/<int:pk>.ics", views_feed.event, name="event"),
]
