"""Who may speak to the workbench, and what a browser may do with what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="the extra `serve` is not installed")
pytest.importorskip("httpx2", reason="the extra `test` is not installed")

from starlette.testclient import TestClient, WebSocketTestSession
from starlette.websockets import WebSocketDisconnect

import checker
from checker.workbench.app import WINDOWS, application
from checker.workbench.bench import Bench
from checker.workbench.drafts import Drafts
from checker.workbench.guard import Gate
from tests.support.places import PERMITS

PORT = 8627
HERE = f"http://127.0.0.1:{PORT}"
WIRE = f"ws://127.0.0.1:{PORT}/live?client="
LIVE = f"{WIRE}abcdefgh"
SPOKEN = f"ws://127.0.0.1:{PORT}/lsp"


@pytest.fixture(scope="module")
def gate() -> Gate:
    """A workbench's place and token."""
    return Gate(PORT)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """A law on the workbench."""
    held = checker.hold(PERMITS / "spec", PERMITS / "properties", effort=checker.effort(jobs=1))
    with Drafts(tmp_path_factory.mktemp("drafts"), held.law.folders) as drafts:
        bench = Bench(held, drafts)
        yield bench
        bench.close()


@pytest.fixture(scope="module")
def stranger(bench: Bench, gate: Gate) -> Iterator[TestClient]:
    """A browser that was not given the token."""
    with TestClient(application(bench, gate), HERE) as client:
        yield client


@pytest.fixture
def friend(stranger: TestClient, gate: Gate) -> Iterator[TestClient]:
    """A browser that has been let in."""
    stranger.cookies.set(gate.cookie, gate.token)
    yield stranger
    stranger.cookies.clear()


def test_the_token_lets_a_browser_in_and_stays_out_of_the_address(stranger: TestClient, gate: Gate) -> None:
    """It becomes a cookie that no script reads and no other site sends; the page has a plain address."""
    try:
        entry = stranger.get(f"/?token={gate.token}")
        cookie = entry.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie
        assert gate.token not in entry.text
        assert 'url=/"' in entry.text
        assert stranger.get("/").status_code == 200
    finally:
        stranger.cookies.clear()


@pytest.mark.parametrize("path", ["/", "/workbench.js", "/workbench.css", "/licences.txt", "/nothing"])
def test_without_a_token_there_is_nothing(stranger: TestClient, path: str) -> None:
    """Not even whether something is there can be told."""
    found = stranger.get(path)
    assert found.status_code == 403
    assert "Open the address" in found.text


@pytest.mark.parametrize("query", ["token=", "token=wrong", "token={0}&token={0}", "token={0}x", "tok=1"])
def test_a_wrong_token_lets_nobody_in(stranger: TestClient, gate: Gate, query: str) -> None:
    """Nor does the right one that is said twice."""
    found = stranger.get(f"/?{query.format(gate.token)}")
    assert found.status_code == 403
    assert "set-cookie" not in found.headers


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"host": "evil.example"}, 421),
        ({"host": f"evil.example:{PORT}"}, 421),
        ({"host": "127.0.0.1"}, 421),
        ({"host": f"127.0.0.1:{PORT + 1}"}, 421),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": f"http://localhost:{PORT}"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"host": f"localhost:{PORT}"}, 200),
    ],
)
def test_other_names_and_other_pages_are_refused(
    friend: TestClient, gate: Gate, headers: dict[str, str], status: int
) -> None:
    """A name that was made to point here, and a page from elsewhere, get nothing, cookie or not."""
    cookie = {"cookie": f"{gate.cookie}={gate.token}"}
    assert friend.get("/", headers={**cookie, **headers}).status_code == status


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_nothing_can_be_sent_but_over_the_websocket(friend: TestClient, method: str) -> None:
    """There is no form to forge."""
    assert friend.request(method, "/").status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        "/../pyproject.toml",
        "/static/../app.py",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/etc/passwd",
        "//etc/passwd",
    ],
)
def test_no_file_is_served_but_its_own(friend: TestClient, path: str) -> None:
    """Files have no addresses: there are four pages."""
    assert friend.get(path).status_code == 404


def test_the_page_forbids_the_browser_whatever_it_does_not_need(friend: TestClient) -> None:
    """No script in the page, no code from text, nothing from elsewhere, and never the same nonce twice."""
    first, second = friend.get("/"), friend.get("/")
    policy = first.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"<script(?![^>]*\bsrc=)", first.text)
    assert not re.search(r"\son\w+=|style=", first.text)
    nonces = [
        re.findall(r"nonce-([\w-]+)", each.headers["content-security-policy"]) for each in (first, second)
    ]
    assert len({one for found in nonces for one in found}) == 2
    assert first.headers["x-content-type-options"] == "nosniff"
    assert first.headers["referrer-policy"] == "no-referrer"
    assert first.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": HERE, "host": "evil.example"},
        {"origin": "http://evil.example", "host": "evil.example"},
    ],
)
def test_a_websocket_of_another_page_is_refused(friend: TestClient, headers: dict[str, str]) -> None:
    """Browsers let any page open one, so it has to say where it comes from."""
    with pytest.raises(WebSocketDisconnect) as refused, friend.websocket_connect(LIVE, headers=headers):
        pass
    assert refused.value.code == 4403


def test_a_websocket_without_the_token_is_refused(stranger: TestClient) -> None:
    """The right origin alone is what any program can claim."""
    with (
        pytest.raises(WebSocketDisconnect) as refused,
        stranger.websocket_connect(LIVE, headers={"origin": HERE}),
    ):
        pass
    assert refused.value.code == 4403


def test_a_window_is_told_everything(friend: TestClient) -> None:
    """The first message has the pages."""
    with friend.websocket_connect(LIVE, headers={"origin": HERE}) as window:
        told = window.receive_json()
    assert told["type"] == "hello"
    assert [each["title"] for each in told["pages"]] == ["spec/permits.md", "properties/claims.md"]


@pytest.mark.parametrize(
    "said",
    [
        "",
        "nonsense",
        "[]",
        "null",
        '{"type": "write", "page": "/etc/passwd"}',
        '{"type": "push", "page": "x", "version": "1", "changes": []}',
        '{"type": "save", "page": "/etc/passwd"}',
        '{"type": "push", "page": "x", "version": 1, "changes": [[{}]]}',
    ],
)
def test_what_makes_no_sense_ends_the_window(friend: TestClient, said: str) -> None:
    """Nothing is guessed of a message."""
    with friend.websocket_connect(LIVE, headers={"origin": HERE}) as window:
        window.send_text(said)
        with pytest.raises(WebSocketDisconnect) as ended:
            _hear_to_the_end(window)
    assert ended.value.code == 4400


@pytest.mark.parametrize("origin", [HERE, "https://evil.example"])
def test_the_language_server_is_behind_the_same_guard(stranger: TestClient, origin: str) -> None:
    """Without the token nobody asks what names mean."""
    with (
        pytest.raises(WebSocketDisconnect) as refused,
        stranger.websocket_connect(SPOKEN, headers={"origin": origin}),
    ):
        pass
    assert refused.value.code == 4403


@pytest.mark.parametrize("said", ["{", "[" * 100_000, "7", '{"jsonrpc": "2.0"}' * 2])
def test_the_language_server_hangs_up_on_what_is_no_message(friend: TestClient, said: str) -> None:
    """Text that is no JSON, JSON that is nested without end, and what is no message: all are told so."""
    pytest.importorskip("pygls", reason="the extra `lsp` is not installed")
    with friend.websocket_connect(SPOKEN, headers={"origin": HERE}) as window:
        window.send_text(said)
        with pytest.raises(WebSocketDisconnect) as refused:
            window.receive_json()
    assert refused.value.code == 1007


def test_the_language_server_knows_the_law_and_nothing_else(friend: TestClient) -> None:
    """It says where a name is declared on a page of the law, and nothing of any other file."""
    pytest.importorskip("pygls", reason="the extra `lsp` is not installed")
    law, elsewhere = (PERMITS / "spec" / "permits.md").resolve(), Path(__file__).resolve()
    line = next(
        at for at, each in enumerate(law.read_text(encoding="utf-8").split("\n")) if "requires lives" in each
    )
    with friend.websocket_connect(SPOKEN, headers={"origin": HERE}) as window:

        def asked(method: str, **told: object) -> object:
            window.send_json({"jsonrpc": "2.0", "id": method, "method": method, "params": told})
            while (heard := window.receive_json()).get("id") != method:
                pass
            return heard["result"]

        asked("initialize", processId=None, rootUri=None, capabilities={})
        found = []
        for each in (law, elsewhere):
            place = {"line": line, "character": 57}
            found.append(
                asked("textDocument/definition", textDocument={"uri": each.as_uri()}, position=place)
            )
    assert isinstance(found[0], list)
    assert found[0][0]["uri"] == law.as_uri()
    assert not found[1]


def _hear_to_the_end(window: WebSocketTestSession) -> None:
    while True:
        window.receive_json()


@pytest.mark.parametrize("page", ["/etc/passwd", "../claims.md", str(PERMITS / "spec" / "other.md"), ""])
def test_no_page_is_edited_that_is_not_on_the_desk(friend: TestClient, page: str) -> None:
    """Files are named only by what the server itself has said."""
    with friend.websocket_connect(LIVE, headers={"origin": HERE}) as window:
        window.send_json({"type": "push", "page": page, "version": 0, "changes": [[[0, "x"]]]})
        while (told := window.receive_json())["type"] != "note":
            pass
    assert told["bad"]
    assert "there is no page" in told["text"]


def test_there_are_not_too_many_windows(bench: Bench, gate: Gate) -> None:
    """One more than is allowed is sent away, and the others stay. No window of another test is here."""
    with TestClient(application(bench, gate), HERE) as friend, ExitStack() as opened:
        friend.cookies.set(gate.cookie, gate.token)
        for _ in range(WINDOWS):
            window = opened.enter_context(friend.websocket_connect(LIVE, headers={"origin": HERE}))
            assert window.receive_json()["type"] == "hello"
        with (
            pytest.raises(WebSocketDisconnect) as sent_away,
            friend.websocket_connect(LIVE, headers={"origin": HERE}) as late,
        ):
            late.receive_json()
    assert sent_away.value.code == 4429


@pytest.mark.parametrize("name", ["", "short", "UPPER-CASE", "a" * 33, "abcdefgh%0a"])
def test_a_window_has_a_plain_name(friend: TestClient, name: str) -> None:
    """It is told to other windows."""
    with (
        pytest.raises(WebSocketDisconnect) as ended,
        friend.websocket_connect(f"{WIRE}{name}", headers={"origin": HERE}) as window,
    ):
        window.receive_json()
    assert ended.value.code == 4400
