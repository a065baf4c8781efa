"""T29: who may be spoken to, and how little of the answer is believed. The other side is a real server."""

import socket
import threading

import pytest

from notifications import outbound
from notifications.outbound import NotSent, post_json, why_not

PUBLIC = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=geheim"
HELLO = {"msgtype": "text"}


def refusal(address):
    with pytest.raises(NotSent) as caught:
        post_json(address, HELLO)
    assert "geheim" not in str(caught.value)
    return str(caught.value)


def test_an_answer_comes_back(robot):
    assert post_json(f"{robot.origin}/send?key=1", HELLO) == {"errcode": 0, "errmsg": "ok"}
    assert robot.heard == [("/send?key=1", HELLO)]


@pytest.mark.parametrize(
    "address",
    [
        "http://qyapi.weixin.qq.com/x",
        "https://qyapi.weixin.qq.com:8443/x",
        "https://qyapi.weixin.qq.com.evil.example/x",
        "https://evil.example/qyapi.weixin.qq.com",
        "https://user@qyapi.weixin.qq.com/x",
        "https://qyapi.weixin.qq.com@evil.example/x",
        "https://qyapi.weixin.qq.com\\@evil.example/x",
        "https://qyapi.weixin.qq.com/x#y",
        "https://qyapi.weixin.qq.com/a b",
        "https://qyapi.weixin.qq.com/\r\nHost: evil",
        "https://[::1",
        "https://qyapi.weixin.qq.com:99999/x",
        "ftp://qyapi.weixin.qq.com/x",
        "file:///etc/passwd",
        "//qyapi.weixin.qq.com/x",
        "",
    ],
)
def test_what_is_not_on_the_list_is_refused_before_any_socket(settings, monkeypatch, address):
    settings.OUTBOUND_HOSTS = ["qyapi.weixin.qq.com"]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: pytest.fail("asked for an address"))

    assert "不在允许发送的主机名单里" in refusal(address)


def test_an_empty_list_means_nobody(settings):
    settings.OUTBOUND_HOSTS = []

    assert "没有开启" in why_not(PUBLIC)
    assert "没有开启" in refusal(PUBLIC)


def test_a_public_host_is_reached_by_https_alone(settings):
    settings.OUTBOUND_HOSTS = ["qyapi.weixin.qq.com"]

    assert why_not(PUBLIC) == ""
    assert why_not(PUBLIC.replace("qyapi", "QYAPI")) == ""


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.5",
        "192.168.1.1",
        "169.254.169.254",
        "0.0.0.0",
        "::1",
        "fc00::1",
        "::ffff:10.0.0.5",
    ],
)
def test_a_public_name_that_points_inside_is_not_dialled(settings, monkeypatch, address):
    settings.OUTBOUND_HOSTS = ["qyapi.weixin.qq.com"]
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    found = [(family, socket.SOCK_STREAM, 6, "", (address, 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: found)
    monkeypatch.setattr(socket, "create_connection", lambda *a, **k: pytest.fail("dialled"))

    assert "不在允许范围内" in refusal(PUBLIC)


@pytest.mark.parametrize("address", ["169.254.169.254", "0.0.0.0", "224.0.0.1"])
def test_inside_too_some_addresses_are_no_host(settings, address):
    settings.OUTBOUND_HOSTS = [f"http://{address}:80"]

    assert "不在允许范围内" in refusal(f"http://{address}/x")


def test_a_redirect_is_not_followed(robot):
    robot.status, robot.headers = 302, {"Location": f"{robot.origin}/elsewhere"}

    assert "转到别的地址" in refusal(f"{robot.origin}/geheim")
    assert len(robot.heard) == 1


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (b"x" * 10_000_000, "过长"),
        (b"<html>", "不是 JSON"),
        (b"[1]", "不是 JSON 对象"),
        (b"\xff\xfe\x00", "不是 JSON"),
        (b"", "不是 JSON"),
    ],
)
def test_an_answer_that_is_none_is_refused(robot, answer, sentence):
    robot.answer = answer

    assert sentence in refusal(f"{robot.origin}/geheim")


def test_a_bad_status_is_refused(robot):
    robot.status = 500

    assert refusal(f"{robot.origin}/geheim") == "对方回答 HTTP 500。"


def test_a_slow_answer_times_out(robot, monkeypatch):
    monkeypatch.setattr(outbound, "STEP_SECONDS", 0.2)
    robot.let_go.clear()

    assert "限定时间" in refusal(f"{robot.origin}/geheim")


def test_whoever_drips_is_hung_up_on(settings, monkeypatch):
    monkeypatch.setattr(outbound, "WHOLE_SECONDS", 0.4)
    listener = socket.create_server(("127.0.0.1", 0))
    settings.OUTBOUND_HOSTS = [f"http://127.0.0.1:{listener.getsockname()[1]}"]
    over = threading.Event()

    def drip():
        line, _ = listener.accept()
        with line:
            while not over.wait(0.05):
                try:
                    line.sendall(b"H")
                except OSError:
                    return

    threading.Thread(target=drip, daemon=True).start()
    sentence = refusal(f"{settings.OUTBOUND_HOSTS[0]}/geheim")
    over.set()
    listener.close()

    assert "限定时间" in sentence


def test_nobody_listening_is_a_sentence(settings):
    settings.OUTBOUND_HOSTS = ["http://127.0.0.1:9"]

    assert "连不上对方" in refusal("http://127.0.0.1:9/geheim")


def test_the_proxy_of_the_environment_is_not_asked(robot, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    assert post_json(f"{robot.origin}/x", HELLO)["errcode"] == 0
