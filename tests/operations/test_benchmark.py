"""`make bench` measures and never asserts; that it can still measure is seen here, with few deadlines, yet more
than one desk shows."""

import re

from benchmarks import clocks


def test_the_million_is_laid_out_and_measured_within_twelve_queries(monkeypatch):
    for name, few in {"DEADLINES": 1200, "OFFICES": 2, "PEOPLE": 2}.items():
        monkeypatch.setattr(clocks, name, few)

    names = [line.name for line in clocks.measure()]

    desks = [int(found) for name in names for found in re.findall(r"^工作台.*?(\d+) 次查询", name)]
    assert len(desks) == 2
    assert max(desks) <= 12
    assert {"停 3 天后的提醒扫描", "没有新提醒时的扫描"} <= {name.split("，")[0] for name in names}
