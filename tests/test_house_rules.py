"""What the project has agreed on and no linter knows. Each rule says where its one exception lives."""

import ast
import re

import pytest
from django.apps import apps
from django.conf import settings

from core.crypto import EncryptedTextField
from tests.house import (
    APPS,
    ROOT,
    called,
    classes,
    dotted,
    functions,
    imported,
    keywords,
    offenders,
    sources,
    templates,
)

# module → why it speaks SQL
RAW_SQL = {
    "accounts/lockout.py": "advisory lock",
    "audit/seals.py": "advisory lock",
    "dashboard/operations/postgres.py": "settings of the server",
    "core/triggers.py": "triggers of append-only tables",
    "deadlines/reminders/inserting.py": "one set-based statement for a million rows",
    "jobs/probes.py": "is the database there",
}
CLOCKS = {
    "timezone.now",
    "date.today",
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "time.time",
}
DRAWERS = {"utils.py", "helpers.py", "common.py", "misc.py", "tools.py"}
LONGEST_FILE, LONGEST_FUNCTION = 300, 50


def _targets(node: ast.AST) -> list[ast.AST]:
    if isinstance(node, ast.Assign):
        return [part for target in node.targets for part in ast.walk(target)]
    return [node.target] if isinstance(node, ast.AugAssign | ast.AnnAssign) else []


def _writes_stage(node: ast.AST) -> bool:
    assigns = any(isinstance(target, ast.Attribute) and target.attr == "stage" for target in _targets(node))
    return assigns or (called(node).endswith(".update") and "stage" in keywords(node))


def test_only_transitions_writes_the_stage_of_a_case():
    assert offenders(_writes_stage, allowed=("cases/transitions.py",)) == []


def _asks_the_time(node: ast.AST) -> bool:
    converts = isinstance(node, ast.Call) and node.args
    return called(node) in CLOCKS or (
        called(node) in {"timezone.localdate", "timezone.localtime"} and not converts
    )


def test_only_the_programs_clock_asks_what_time_it_is():
    assert offenders(_asks_the_time, allowed=("core/clock.py",)) == []


def test_no_column_fills_itself_with_the_time():
    assert offenders(lambda node: bool(keywords(node) & {"auto_now", "auto_now_add"})) == []


def test_views_never_start_from_everything():
    views = [path for path in sources() if "views" in path or path.endswith("pages.py")]
    found = offenders(lambda node: called(node).endswith(".objects.all"))
    assert [place for place in found if place.split(":")[0] in views] == []


def test_nothing_is_marked_safe():
    assert offenders(lambda node: called(node).split(".")[-1] in {"mark_safe", "SafeString"}) == []
    assert [
        name for name, text in templates().items() if re.search(r"\|\s*safe\b|autoescape off", text)
    ] == []


def _speaks_sql(node: ast.AST) -> bool:
    name = called(node).split(".")
    return name[-1] in {"cursor", "RawSQL"} or (len(name) > 1 and name[-1] in {"raw", "extra"})


def test_sql_is_written_only_in_named_modules():
    assert offenders(_speaks_sql, allowed=tuple(RAW_SQL)) == []


def test_encrypted_columns_are_read_and_written_through_their_rows_only():
    fields = [field for model in apps.get_models() for field in model._meta.get_fields()]
    sealed = {field.name for field in fields if isinstance(field, EncryptedTextField)}
    names = sealed - {field.name for field in fields if not isinstance(field, EncryptedTextField)}
    by_name = {"values", "values_list", "F", "order_by", "distinct"}

    def goes_around(node: ast.AST) -> bool:
        deed = called(node).split(".")[-1]
        arguments = node.args if isinstance(node, ast.Call) else []
        said = {argument.value for argument in arguments if isinstance(argument, ast.Constant)}
        return (deed in by_name and bool(said & names)) or (deed == "update" and bool(keywords(node) & names))

    assert "id_number" in names
    assert offenders(goes_around) == []


def test_no_task_waits_in_the_broker_for_its_hour():
    def is_delayed(node: ast.AST) -> bool:
        is_task = called(node).split(".")[-1] in {"apply_async", "retry", "signature", "s", "si"}
        return is_task and bool(keywords(node) & {"eta", "countdown"})

    assert offenders(is_delayed) == []


def test_forms_and_admin_name_their_fields():
    def is_all(node: ast.AST) -> bool:
        names = [dotted(target) for target in _targets(node)]
        return "fields" in names and getattr(getattr(node, "value", None), "value", None) == "__all__"

    assert offenders(is_all) == []


def test_every_form_derives_from_the_projects_own():
    plain = {"forms.Form", "forms.ModelForm", "django.forms.Form", "ModelForm"}
    found = [
        f"{path}:{node.name}"
        for path, node in classes()
        if path != "core/forms.py" and plain & {dotted(base) for base in node.bases}
    ]
    assert found == []


def test_files_leave_the_house_by_one_door():
    assert offenders(lambda node: called(node).endswith("FileResponse"), allowed=("core/http.py",)) == []


def test_only_the_outbound_module_speaks_to_the_network():
    clients = {"requests", "httpx", "urllib.request", "http.client", "socket", "smtplib"}
    assert (
        offenders(lambda node: bool(imported(node) & clients), allowed=("notifications/outbound.py",)) == []
    )


def test_no_signals_no_prints_no_float_columns():
    assert offenders(lambda node: called(node) in {"receiver", "print"}) == []
    assert offenders(lambda node: called(node).endswith("FloatField")) == []


def test_no_money_becomes_a_float():
    allowed = ("core/figures.py",)
    assert offenders(lambda node: called(node) == "float", allowed=allowed) == []


def test_no_drawers_and_no_giants():
    lengths = {path: len((ROOT / path).read_text().splitlines()) for path in sources()}
    assert [path for path in sources() if path.rsplit("/", 1)[-1] in DRAWERS] == []
    assert [path for path, length in lengths.items() if length > LONGEST_FILE] == []
    found = [
        f"{path}:{node.name}"
        for path, node in functions()
        if (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    ]
    assert found == []


def test_no_unfinished_business():
    found = [path for path in sources() if re.search(r"\b(TODO|FIXME|XXX)\b", (ROOT / path).read_text())]
    assert found == []


@pytest.mark.parametrize("model", [m for m in apps.get_models() if m.__module__.split(".")[0] in APPS])
def test_every_model_says_what_it_is_in_law(model):
    assert re.search(r"[\u4e00-\u9fff]", model.__doc__ or ""), f"{model.__name__} 缺少以法律用语开头的说明"


def test_every_verb_says_what_it_does():
    found = [
        f"{path}:{node.name}"
        for path, node in functions()
        if path.endswith("/actions.py") and not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert found == []


def _named_by_code() -> set[str]:
    return {
        node.value
        for tree in sources().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.endswith(".html")
    }


def test_every_template_is_used():
    by_django = {
        "400.html",
        "403.html",
        "404.html",
        "500.html",
        "503.html",
        "403_csrf.html",
    }  # 500, 503: core.failures
    by_templates = set(re.findall(r"""["']([\w/-]+\.html)(?:#\w+)?["']""", "\n".join(templates().values())))
    named = {name.split("#")[0] for name in _named_by_code()} | by_templates | by_django
    assert sorted(set(templates()) - named) == []


def test_no_system_check_is_silenced():
    assert settings.SILENCED_SYSTEM_CHECKS == []


def test_templates_extend_at_most_twice():
    parents = {
        name: found.group(1)
        for name, text in templates().items()
        if (found := re.search(r"""\{%\s*extends\s+["']([\w/.-]+)["']""", text))
    }
    deep = [name for name in parents if parents.get(parents.get(parents[name], "")) is not None]
    assert deep == []
