from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from gateway.host import alerting
from gateway.host.alerting import RETRIES, Posts, to_file, to_webhook
from gateway.model.errors import GatewayError

ALERT = {"session": "s", "event": 3, "text": "the limit of 2 tool calls is reached"}


class Hook:
    """A webhook on loopback that answers as told, one answer after the other, the last one for ever."""

    def __init__(self, *answers: int) -> None:
        self.answers = list(answers)
        self.bodies: list[object] = []
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                pass

            def do_POST(self) -> None:
                hook.bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                code = hook.answers.pop(0) if len(hook.answers) > 1 else hook.answers[0]
                self.send_response(code)
                if code == 302:
                    self.send_header("Location", hook.url + "/elsewhere")
                self.end_headers()

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def hook(request: pytest.FixtureRequest) -> Iterator[Hook]:
    made = Hook(*request.param)
    yield made
    made.close()


class TestWebhook:
    @pytest.mark.parametrize("hook", [(200,), (204,), (500, 429, 200)], indirect=True)
    def test_arrives_if_need_be_after_a_while(self, hook: Hook) -> None:
        to_webhook(hook.url, ALERT, pause=0.01)
        assert hook.bodies[-1] == ALERT

    @pytest.mark.parametrize(("hook", "tries"), [((500,), RETRIES + 1), ((404,), 1), ((302,), 1)], indirect=["hook"])
    def test_gives_up(self, hook: Hook, tries: int) -> None:
        with pytest.raises(GatewayError, match="does not take the alert"):
            to_webhook(hook.url, ALERT, pause=0.01)
        assert len(hook.bodies) == tries

    @pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://x", "x"])
    def test_only_the_web(self, url: str) -> None:
        with pytest.raises(GatewayError, match="no address"):
            to_webhook(url, ALERT)

    def test_errors_keep_what_is_secret_in_the_address(self) -> None:
        with pytest.raises(GatewayError) as caught:
            to_webhook("http://user:word@127.0.0.1:1/services/T0/B0", ALERT, pause=0.001)
        assert "word" not in str(caught.value) and "services" not in str(caught.value)


class TestPosts:
    @pytest.mark.parametrize("hook", [[200]], indirect=True)
    def test_arrive_in_order(self, hook: Hook) -> None:
        told: list[GatewayError] = []
        posts = Posts(told.append)
        for number in range(5):
            posts.post(hook.url, {"event": number})
        posts.finish()
        assert hook.bodies == [{"event": number} for number in range(5)] and not told

    def test_what_does_not_arrive_is_told_once(self) -> None:
        told: list[GatewayError] = []
        posts = Posts(told.append)
        posts.post("ftp://127.0.0.1/x", ALERT)
        posts.post("http://127.0.0.1:abc/x", ALERT)
        posts.finish()
        posts.finish()
        assert len(told) == 2 and "no address" in str(told[0])

    def test_nobody_waits_for_a_server_that_goes_on_for_ever(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(alerting, "FINISH_SECONDS", 0.5)
        monkeypatch.setattr(alerting, "MAX_WAITING", 2)
        told: list[GatewayError] = []
        with socket.create_server(("127.0.0.1", 0)) as server:
            posts = Posts(told.append)
            start = time.monotonic()
            for _ in range(5):
                posts.post(f"http://127.0.0.1:{server.getsockname()[1]}/x", ALERT)
            assert time.monotonic() - start < 1
            posts.finish()
            assert time.monotonic() - start < 5
        assert "too slow" in str(told[0]) and "did not take every alert" in str(told[-1])


class TestFile:
    def test_one_object_a_line_for_its_owner(self, tmp_path: Path) -> None:
        path = tmp_path / "alerts"
        to_file(str(path), ALERT)
        to_file(str(path), ALERT)
        assert [json.loads(line) for line in path.read_text().splitlines()] == [ALERT, ALERT] and path.stat().st_mode & 0o777 == 0o600

    def test_a_file_that_cannot_be_written(self) -> None:
        with pytest.raises(GatewayError, match="cannot be written"):
            to_file("/nowhere/x", ALERT)
