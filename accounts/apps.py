from django.apps import AppConfig

from core import constraints


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "单位与用户"

    def ready(self) -> None:
        constraints.register(
            {
                "accounts_user_username_key": "用户名已有人使用，请换一个。",
                "accounts_organisation_code_key": "单位代码已有单位使用，请核对。",
                "accounts_organisation_name_key": "单位名称已有单位使用，请核对。",
            }
        )
