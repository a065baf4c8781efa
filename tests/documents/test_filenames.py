import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.filenames import clean_name


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("..\\..\\x.PDF", "x.pdf"),
        ("C:\\用户\\欠条.jpg", "欠条.jpg"),
        ("证据\0.pdf", "证据.pdf"),
        ("证据\u202egpj.pdf", "证据gpj.pdf"),
        ('证据"\r\nX-Evil: 1.pdf', "证据 X-Evil 1.pdf"),
        ("  考勤\u3000表 .xlsx ", "考勤 表.xlsx"),
        (".pdf", "未命名.pdf"),
        ("...", "未命名"),
        ("", "未命名"),
        ("巴特尔·孟和的欠条.pdf", "巴特尔·孟和的欠条.pdf"),
        ("𬭎䶮.pdf", "𬭎䶮.pdf"),
        ("长" * 84 + ".pdf", "长" * 84 + ".pdf"),
        ("长" * 300 + ".pdf", "长" * 96 + ".pdf"),
        ("长" * 300, "长" * 100),
    ],
)
def test_a_name_is_made_plain(raw, clean):
    assert clean_name(raw) == clean


@given(st.text(max_size=400))
def test_any_name_becomes_a_short_leaf_and_stays_when_cleaned_again(raw):
    name = clean_name(raw)

    assert 0 < len(name) <= 100
    assert not set(name) & set('/\\\0\r\n"<>')
    assert clean_name(name) == name
