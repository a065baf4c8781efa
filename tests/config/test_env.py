import re

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env
from tests.house import ROOT


def test_a_missing_variable_is_named_with_its_shape_and_the_sample(monkeypatch):
    monkeypatch.delenv("SITE_URL", raising=False)

    with pytest.raises(ImproperlyConfigured) as error:
        env.setting("str", "SITE_URL", "https://主机名")

    assert (
        str(error.value)
        == "环境变量 SITE_URL 没有设置或写法不对。应为：https://主机名。样例见 .env.example。"
    )


@pytest.mark.parametrize(("kind", "value"), [("int", "many"), ("str", "")])
def test_a_variable_of_the_wrong_shape_fails_without_printing_it(monkeypatch, kind, value):
    monkeypatch.setenv("PORT", value)

    with pytest.raises(ImproperlyConfigured, match="PORT"):
        env.setting(kind, "PORT", "一个端口号")


@pytest.mark.parametrize(
    "value", ["", "short", "change-me" * 10, "dev-only-not-for-production" * 3, "a" * 80, "abcabc" * 20]
)
def test_a_placeholder_is_no_secret(monkeypatch, value):
    monkeypatch.setenv("SECRET_KEY", value)

    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY"):
        env.secret("SECRET_KEY", "至少 50 个字符的随机串")


def test_a_real_secret_passes(monkeypatch):
    value = "0f8Kq2Zr7Lw5Vx1Tn9Yb3Mh6Jc4Gd8Ps0Ae5Ui7Ol2Rk1Wz9Xv4"
    monkeypatch.setenv("SECRET_KEY", value)

    assert env.secret("SECRET_KEY", "至少 50 个字符的随机串") == value


def test_every_setting_is_explained_in_the_sample():
    settings = "\n".join(path.read_text() for path in (ROOT / "config" / "settings").glob("*.py"))
    names = set(re.findall(r"""env\.(?:setting\(\s*"\w+",|secret\()\s*"(\w+)\"""", settings))
    explained = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))

    assert "SECRET_KEY" in names
    assert names - explained == set()
