from django.urls import URLPattern, URLResolver, include, path

from accounts.views import absences, account, deputies, entry, organisations, settings, users

app_name = "accounts"

# /account/
own: list[URLPattern | URLResolver] = [
    path("", account.account, name="account"),
    path("preferences", account.keep_preferences, name="preferences"),
    path("password/", account.password, name="password"),
    path("deputies/", deputies.deputy_list, name="deputies"),
    path("deputies/<int:pk>/revoke", deputies.revoke, name="deputy_revoke"),
    path("absences/", absences.absence_list, name="absences"),
    path("absences/<int:pk>/revoke", absences.revoke, name="absence_revoke"),
]

# /settings/
managed: list[URLPattern | URLResolver] = [
    path("", settings.settings_home, name="settings"),
    path("users/", users.user_list, name="users"),
    path("users/new/", users.user_new, name="user_new"),
    path("users/<int:pk>/", users.user_edit, name="user_edit"),
    path("users/<int:pk>/password", users.user_password, name="user_password"),
    path("organisations/", organisations.organisation_list, name="organisations"),
    path("organisations/new/", organisations.organisation_new, name="organisation_new"),
    path("organisations/<int:pk>/", organisations.organisation_edit, name="organisation_edit"),
    path("rights/", users.rights, name="rights"),
]

# /
urlpatterns: list[URLPattern | URLResolver] = [
    path("", entry.home, name="home"),
    path("login/", entry.sign_in, name="sign_in"),
    path("logout/", entry.sign_out, name="sign_out"),
    path("account/", include(own)),
    path("settings/", include(managed)),
]
