from django.urls import URLPattern, URLResolver, include, path

from notifications.views import channels, deliveries, inbox, preferences

app_name = "notifications"

# /notifications/
own: list[URLPattern | URLResolver] = [
    path("", inbox.notification_list, name="list"),
    path("read", inbox.mark_all, name="mark_all"),
    path("<int:pk>/read", inbox.mark_one, name="mark_one"),
]

# /settings/channels/
groups: list[URLPattern | URLResolver] = [
    path("", channels.channel_list, name="channels"),
    path("new/", channels.channel_new, name="channel_new"),
    path("<uuid:pk>/", channels.channel_edit, name="channel_edit"),
    path("<uuid:pk>/test/", channels.channel_test, name="channel_test"),
]

# /settings/deliveries/
log: list[URLPattern | URLResolver] = [
    path("", deliveries.delivery_list, name="deliveries"),
    path("<int:pk>/retry", deliveries.retry, name="retry"),
]

# /
urlpatterns: list[URLPattern | URLResolver] = [
    path("notifications/", include(own)),
    path("account/notifications/", preferences.preferences, name="preferences"),
    path("settings/channels/", include(groups)),
    path("settings/deliveries/", include(log)),
]
