"""案由 (法〔2025〕226号, in force 2026-01-01): code and name with the version of the list they come from."""

from django.db import models

CURRENT_LIST = "2026"


class Category(models.TextChoices):
    """案件类别: wage arrears is the deep path, the other support cases of an office use the same pipeline."""

    WAGES = "wages", "追索劳动报酬"
    MAINTENANCE = "maintenance", "赡养费、抚养费、扶养费"
    DOMESTIC_VIOLENCE = "domestic_violence", "家庭暴力"
    GUARDIANSHIP = "guardianship", "监护"
    INJURY = "injury", "人身损害"
    MILITARY = "military", "军人军属权益"
    DISABLED_ELDERLY = "disabled_elderly", "残疾人、老年人权益"
    OTHER = "other", "其他民事权益"


CAUSES: dict[str, str] = {
    "205": "劳动合同纠纷",
    "205.1": "确认劳动关系纠纷",
    "205.5": "追索劳动报酬纠纷",
    "205.6": "经济补偿金纠纷",
    "208": "超龄劳动者用工纠纷",
    "209": "承包人、被挂靠人用工主体责任纠纷",
    "214.2": "新就业形态追索劳动报酬纠纷",
    "144": "劳务合同纠纷",
    "119": "承揽合同纠纷",
    "120.3": "建设工程施工合同纠纷",
    "406": "提供劳务者受害责任纠纷",
    "other": "其他纠纷",
}

# 144 is its place by position in the 2026 list; the office must confirm it (domain.md §8, §10).
UNCONFIRMED = frozenset({"144"})
