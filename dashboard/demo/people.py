"""Fictional workers: names, phones and ID numbers from a fixed seed, valid by check digit, of nobody known."""

from datetime import date, timedelta
from random import Random

from core.identity import check_digit

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧"
GIVEN = [
    *("建国", "志强", "秀英", "海龙", "丽娟", "永胜", "玉梅", "文斌", "春生", "巧云"),
    *("铁柱", "淑芬", "振华", "桂兰", "德胜", "喜凤", "广田", "福来", "翠萍", "大勇"),
]
MONGOLIAN = ["巴图·孟和", "其其格", "那顺", "乌兰图雅"]
REGIONS = ["150902", "150926", "150928", "150922"]
JOBS = ["木工", "钢筋工", "瓦工", "力工", "架子工", "电工", "油漆工"]


class Workers:
    """Hands out workers one by one; the same seed gives the same people on every machine."""

    def __init__(self, seed: int = 2026) -> None:
        self.random = Random(seed)
        self.count = 0

    def name(self) -> str:
        self.count += 1
        if self.count % 23 == 0:
            return MONGOLIAN[(self.count // 23) % len(MONGOLIAN)]
        return self.random.choice(SURNAMES) + self.random.choice(GIVEN)

    def id_number(self) -> str:
        born = date(1968, 1, 1) + timedelta(days=self.random.randrange(11_000))
        first17 = f"{self.random.choice(REGIONS)}{born:%Y%m%d}{self.count % 1000:03}"
        return first17 + check_digit(first17)

    def phone(self) -> str:
        return f"1{self.random.choice('3578')}9{self.random.randrange(10**8):08}"

    def job(self) -> str:
        return self.random.choice(JOBS)
