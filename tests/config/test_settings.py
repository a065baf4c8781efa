import pytest
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.template import Context, Origin, Template, engines

from config.settings import base
from config.undefined import UndefinedTemplateVariable


def _template(source: str, folder: str) -> Template:
    return Template(source, origin=Origin(name=f"{folder}/x.html"), engine=engines["django"].engine)


def test_a_variable_that_no_view_gives_fails_in_our_templates():
    template = _template("{{ nothing.here }}", f"{settings.BASE_DIR}/templates")

    with pytest.raises(UndefinedTemplateVariable, match="nothing"):
        template.render(Context())


def test_other_peoples_templates_may_lean_on_empty_variables():
    assert _template("{{ nothing.here }}", "/site-packages/django").render(Context()) == ""


def test_asking_whether_a_variable_is_there_is_allowed():
    template = _template("{% if nothing %}x{% endif %}", f"{settings.BASE_DIR}/templates")

    assert template.render(Context()) == ""


def test_jobs_are_acknowledged_late_one_at_a_time_and_shorter_than_half_the_visibility_timeout():
    assert (base.CELERY_TASK_ACKS_LATE, base.CELERY_WORKER_PREFETCH_MULTIPLIER) == (True, 1)
    assert base.CELERY_TASK_TIME_LIMIT < 600 / 2
    assert (base.CELERY_ACCEPT_CONTENT, base.CELERY_TASK_IGNORE_RESULT) == (["json"], True)


def test_pages_may_use_nothing_but_our_own_files():
    rules = base.CONTENT_SECURITY_POLICY["DIRECTIVES"]

    assert rules["default-src"] == ["'none'"]
    assert {rule for rules in rules.values() for rule in rules} == {"'none'", "'self'", "data:"}


def test_passwords_are_hashed_by_argon2():
    assert base.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")


def test_a_password_of_eleven_characters_is_refused():
    with pytest.raises(ValidationError):
        validate_password("Tq7-xLm9_Zp")
