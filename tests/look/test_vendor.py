"""Files made elsewhere are the ones that the list says, each with its licence."""

import hashlib
import re

from tests.look.assets import STATIC

VENDOR = STATIC / "vendor"
LISTED = re.findall(
    r"^\| `([\w.-]+\.js)` \|[^\n]*`([0-9a-f]{64})` \|$", (VENDOR / "README.md").read_text(), flags=re.M
)


def test_every_vendored_script_is_the_listed_one():
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in VENDOR.glob("*.min.js")}
    assert found == dict(LISTED)


def test_every_licence_named_in_the_list_is_there():
    named = set(re.findall(r"`([\w-]+(?:LICENSE|NOTICE)\.txt)`", (VENDOR / "README.md").read_text()))
    assert named == {path.name for path in VENDOR.glob("*.txt")}


def test_no_vendored_script_evaluates_text_when_charts_are_drawn():
    assert "new Function" not in (VENDOR / "echarts-6.1.0.min.js").read_text()
