"""A ClickHouse server for tests: the HTTP interface of ClickHouse answered by an embedded chDB engine.

Run as a program: `python clickhouse_server.py --path DIR --password SECRET`. The first line of stdout is the port.
What a client sees is chDB's own behaviour (readonly, limits, KILL QUERY, system.processes); only the wire is ours.
Users: `default` and `writer` may change settings; `reader1` and `reader2` have profiles with readonly 1 and 2.
"""

import argparse
import base64
import gzip
import json
import os
import re
import secrets
import select
import socket
import sys
import threading
import time
import uuid
import zlib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import chdb

TRANSPORT = {"query", "database", "default_format", "query_id", "session_id", "session_timeout", "session_check"} | {
    "compress", "decompress", "wait_end_of_query", "buffer_size", "user", "password", "quota_key", "role",
    "client_protocol_version",
}  # fmt: skip
PROFILES = {"reader1": 1, "reader2": 2}
FORMAT = re.compile(r"\bFORMAT\s+(\w+)[\s;]*$", re.IGNORECASE)
KILL = re.compile(r"^\s*KILL\s+QUERY\b", re.IGNORECASE)
STREAMED = re.compile(r"^[\s(]*(?:/\*.*?\*/\s*)*(SELECT|WITH|FROM)\b", re.IGNORECASE | re.DOTALL)
INSERT = re.compile(r"^\s*INSERT\b", re.IGNORECASE)
STRING = re.compile(r"'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`", re.DOTALL)
CODE = re.compile(r"Code: (\d+)\.")
NOT_FOUND = {"60", "81", "47"}


class Engine(ThreadingHTTPServer):
    """The listening server with its one embedded engine; every request gets its own handle, as a session would."""

    daemon_threads = True

    def __init__(self, path: str, password: str) -> None:
        self.path, self.password = path, password
        self.keeper = chdb.connect(path)
        super().__init__(("127.0.0.1", 0), Request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no news."""

    def kill(self, query_id: str) -> None:
        """What the server does itself when a reader hangs up."""
        handle = chdb.connect(self.path)
        handle.query(f"KILL QUERY WHERE Settings['log_comment'] = '{query_id}' ASYNC", "Null")
        handle.close()


class Request(BaseHTTPRequestHandler):
    """One HTTP request: one statement."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Engine  # pyright: ignore[reportIncompatibleVariableOverride]

    def log_message(self, format: str, *args: Any) -> None:
        """Silence."""

    def do_GET(self) -> None:
        if urlsplit(self.path).path == "/ping":
            return self.send_whole(200, b"Ok.\n", {})
        return self.do_POST()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.params = dict(parse_qsl(urlsplit(self.path).query, keep_blank_values=True))
        self.query_id = self.params.get("query_id") or str(uuid.uuid4())
        user = self.user()
        if user is None:
            text = b"Code: 516. DB::Exception: default: Authentication failed. (AUTHENTICATION_FAILED)"
            return self.send_whole(403, text, {"X-ClickHouse-Exception-Code": "516"})
        sql = "\n".join(part for part in (self.params.get("query", ""), body.decode()) if part)
        handle = chdb.connect(self.server.path)
        watch = threading.Event()
        try:
            self.prepare(handle, user)
            threading.Thread(target=self.hang_up, args=[watch], daemon=True).start()
            self.answer(handle, sql)
        except chdb.ChdbError as error:
            self.send_error_text(str(error))
        finally:
            watch.set()
            handle.close()
        return None

    def user(self) -> str | None:
        """Who asks, None when the password is wrong."""
        scheme, _, token = self.headers.get("Authorization", "").partition(" ")
        name, _, password = (
            base64.b64decode(token).decode().partition(":") if scheme == "Basic" else ("default", "", "")
        )
        name = self.headers.get("X-ClickHouse-User", name)
        password = self.headers.get("X-ClickHouse-Key", password)
        return name if secrets.compare_digest(password, self.server.password) else None

    def prepare(self, handle: Any, user: str) -> None:
        """Apply the request's settings, `readonly` last: ClickHouse checks them together, before any of them holds."""
        profile = PROFILES.get(user, 0)
        handle.query(f"SET log_comment = '{self.query_id}'", "Null")
        if self.params.get("database"):
            handle.query("USE `" + self.params["database"].replace("`", "\\`") + "`", "Null")
        settings = {k: v for k, v in self.params.items() if k not in TRANSPORT and not k.startswith("param_")}
        if profile:
            handle.query(f"SET readonly = {profile}", "Null")
        for name, value in sorted(settings.items(), key=lambda item: item[0] == "readonly"):
            handle.query(f"SET {name} = '" + value.replace("\\", "\\\\").replace("'", "\\'") + "'", "Null")

    def hang_up(self, done: threading.Event) -> None:
        """Cancels a read-only statement whose reader has gone, when the client asked for that."""
        if self.params.get("cancel_http_readonly_queries_on_client_close") != "1":
            return
        while not done.wait(0.05):
            readable, _, _ = select.select([self.connection], [], [], 0)
            try:
                gone = bool(readable) and self.connection.recv(1, socket.MSG_PEEK) == b""
            except OSError:
                gone = True
            if gone:
                self.server.kill(self.query_id)
                return

    def answer(self, handle: Any, sql: str) -> None:
        """Runs the statement and sends its blocks as they come."""
        found = FORMAT.search(sql)
        form = found.group(1) if found else self.params.get("default_format", "TabSeparated")
        sql = sql[: found.start()] if found else sql
        if KILL.match(sql):
            sql = sql.replace("query_id", "Settings['log_comment']")
        refuse_what_servers_refuse(handle, sql)
        values = {k.removeprefix("param_"): v for k, v in self.params.items() if k.startswith("param_")}
        if form == "Native" and STREAMED.match(sql):
            blocks = (chunk.bytes() for chunk in handle.send_query(sql, form, params=values))
        else:
            blocks = iter([handle.query(sql, form, params=values).bytes()])
        first = next(blocks, b"")
        self.stream(first, blocks, form)

    def stream(self, first: bytes, blocks: Iterator[bytes], form: str) -> None:
        """A chunked response; an error after the first block is sent inside it, marked with the exception tag."""
        tag = secrets.token_hex(8)
        encoding, press, flush = self.compression()
        self.send_response(200)
        for name, value in self.standard(form).items():
            self.send_header(name, value)
        self.send_header("X-ClickHouse-Exception-Tag", tag)
        self.send_header("Transfer-Encoding", "chunked")
        if encoding:
            self.send_header("Content-Encoding", encoding)
        self.end_headers()
        try:
            self.send_chunk(press(first))
            for block in blocks:
                self.send_chunk(press(block))
        except chdb.ChdbError as error:
            text = str(error).removeprefix("Streaming query failed: ")
            marked = f"__exception__\r\n{tag}\r\n{text}\n{len(text)} {tag}\r\n__exception__\r\n"
            self.send_chunk(press(marked.encode()))
        self.send_chunk(flush())
        self.wfile.write(b"0\r\n\r\n")

    def compression(self) -> tuple[str, Callable[[bytes], bytes], Callable[[], bytes]]:
        """The first encoding that the client asks for, when it allows compression at all."""
        asked = re.split(r"[,\s]+", self.headers.get("Accept-Encoding", ""))
        if self.params.get("enable_http_compression") == "1" and "gzip" in asked:
            packer = zlib.compressobj(1, zlib.DEFLATED, 31)
            return "gzip", lambda each: packer.compress(each) + packer.flush(zlib.Z_SYNC_FLUSH), packer.flush
        return "", lambda each: each, lambda: b""

    def send_chunk(self, content: bytes) -> None:
        if content:
            self.wfile.write(f"{len(content):x}\r\n".encode() + content + b"\r\n")

    def standard(self, form: str) -> dict[str, str]:
        """Headers of every answer."""
        return {
            "X-ClickHouse-Query-Id": self.query_id,
            "X-ClickHouse-Format": form,
            "X-ClickHouse-Timezone": time.tzname[0],
            "X-ClickHouse-Server-Display-Name": "test",
            "X-ClickHouse-Summary": json.dumps({"read_rows": "0", "read_bytes": "0", "elapsed_ns": "0"}),
        }

    def send_error_text(self, text: str) -> None:
        """An error before the first block."""
        text = text.removeprefix("Streaming query failed: ")
        found = CODE.search(text)
        code = found.group(1) if found else "1000"
        status = 404 if code in NOT_FOUND else 500
        self.send_whole(status, text.encode(), {**self.standard("Native"), "X-ClickHouse-Exception-Code": code})

    def send_whole(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status >= 400 and "gzip" in self.headers.get("Accept-Encoding", "") and len(body) > 512:
            body = gzip.compress(body)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def refuse_what_servers_refuse(handle: Any, sql: str) -> None:
    """What chDB does as its own client, and no server would do for a remote one: two statements, and writing files."""
    if INSERT.match(sql):
        return
    escaped = sql.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")
    plain = STRING.sub("", str(handle.query("SELECT formatQuery({q:String})", "TSVRaw", params={"q": escaped})))
    if re.search(r"\bINTO OUTFILE\b|\bFORMAT \w+\s*$", plain):
        raise chdb.ChdbError("Code: 62. DB::Exception: Syntax error: INTO OUTFILE or FORMAT twice. (SYNTAX_ERROR)")


def main() -> None:
    """Serve until stdin closes, so that the server never outlives its test."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--path", default=":memory:")
    arguments.add_argument("--password", default="")
    options = arguments.parse_args()
    server = Engine(options.path, options.password)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    sys.stdin.read()
    # chDB may hang in an orderly exit while a statement runs.
    os._exit(0)


if __name__ == "__main__":
    main()
