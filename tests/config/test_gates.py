import pytest

from scripts import gates

HOST = "".join(["python", "hosted", ".org"])  # in pieces, as in the gate


@pytest.fixture
def tree(tmp_path, monkeypatch):
    """A small project in a folder of its own."""
    (tmp_path / "templates" / "cases").mkdir(parents=True)
    monkeypatch.setattr(gates, "ROOT", tmp_path)
    monkeypatch.setattr(gates, "STATIC", tmp_path / "static")
    monkeypatch.setattr(gates, "HEAD", tmp_path / "templates" / "components" / "head.html")
    return tmp_path


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("<script>go()</script>", "内联脚本"),
        ('<p style="color: red">', "内联样式"),
        ("<style>p {}</style>", "内联样式"),
        ('<button onclick="go()">', "内联事件"),
        ("{{ text|safe }}", "未转义输出"),
        ('<img src="https://example.com/x.png">', "外部地址"),
    ],
)
def test_what_must_not_stand_in_a_template_is_found_with_its_line(tree, line, what):
    (tree / "templates" / "cases" / "x.html").write_text(f"<h1>案件</h1>\n{line}\n")

    assert list(gates.templates()) == [f"templates/cases/x.html:2 有{what}"]


@pytest.mark.parametrize(
    "line",
    ['<script src="/a.js" defer></script>', '<script type="application/json">{}</script>', "{{ a|safeseq }}"],
)
def test_what_may_stand_in_a_template_passes(tree, line):
    (tree / "templates" / "cases" / "x.html").write_text(line)

    assert list(gates.templates()) == []


def test_the_host_of_a_registry_is_found(tree, monkeypatch):
    (tree / "lock.txt").write_text(f"# from {HOST}\n")
    monkeypatch.setattr(gates, "tracked", lambda: [tree / "lock.txt"])

    assert list(gates.registry_hosts()) == ["lock.txt:1 写了软件源地址"]


def test_style_sheets_of_every_page_have_a_common_budget(tree):
    (tree / "templates" / "components").mkdir()
    gates.HEAD.write_text("""<link href="{% static 'css/base.css' %}">""")
    (tree / "static" / "css").mkdir(parents=True)
    (tree / "static" / "css" / "base.css").write_text(
        "".join(f".c{n}{{width:{n * 7919}px}}" for n in range(9000))
    )

    assert [offence.split("压缩后")[0] for offence in gates.weights()] == ["各页共用的样式"]
