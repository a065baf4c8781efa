"""Apart from admin_site.py because Django reads this before any model is there."""

from django.contrib.admin.apps import AdminConfig


class SuperuserAdminConfig(AdminConfig):
    default_site = "accounts.admin_site.SuperuserSite"
