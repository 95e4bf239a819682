"""The embedded ClickHouse engine in a process of its own: `python -m connectors.chdb_engine FOLDER`.

chDB is one engine per process, whose switches are process-wide and whose memory is its caller's. Here it can be killed.
It serves a private socket. The key comes on stdin; stdin's end is the end. Every request is one JSON object:

    {"sql", "id", "settings", "parameters", "database"}    answered by frames: rows (Native), then end or error
    {"kill": id}                                           answered by end
"""

import json
import os
import re
import sys
import threading
from collections.abc import Iterator
from importlib import import_module
from multiprocessing.connection import Connection, Listener
from typing import Any

ROWS, END, ERROR = b"r", b"e", b"x"
_STREAMED = re.compile(r"\(*(SELECT|WITH|FROM)\b")
_QUOTED = re.compile(r"'(?:[^'\\]|\\.|'')*'|`(?:[^`\\]|\\.)*`", re.DOTALL)
# An embedded engine is its own client: it would write these files itself, whatever `readonly` says.
_CLIENT_SIDE = re.compile(r"\b(INTO OUTFILE|FROM INFILE)\b|\bFORMAT \w+\s*$")


class Engine:
    """One chDB engine on one folder; every request gets a handle of its own, which is a session of ClickHouse."""

    def __init__(self, folder: str) -> None:
        self._chdb: Any = import_module("chdb")
        self._folder = folder
        self._keeper = self._chdb.connect(folder)
        self.zone, self.version = json.loads(
            self._keeper.query("SELECT timezone(), version()", "JSONCompactEachRow").bytes()
        )

    def serve(self, connection: Connection) -> None:
        """Answer the requests of one session until it hangs up."""
        try:
            while True:
                self._answer(connection, json.loads(connection.recv_bytes()))
        except (EOFError, OSError):
            connection.close()

    def _answer(self, connection: Connection, request: dict[str, Any]) -> None:
        handle = self._chdb.connect(self._folder)
        try:
            if "kill" in request:
                handle.query(f"KILL QUERY WHERE Settings['log_comment'] = '{request['kill']}' ASYNC", "Null")
            else:
                for block in self._blocks(handle, request):
                    connection.send_bytes(ROWS + block)
            connection.send_bytes(END)
        except (self._chdb.ChdbError, RuntimeError) as error:
            connection.send_bytes(ERROR + str(error).encode())
        finally:
            handle.close()

    def _blocks(self, handle: Any, request: dict[str, Any]) -> Iterator[bytes]:
        if request["database"]:
            handle.query(f"USE {request['database']}", "Null")
        settings = {"log_comment": request["id"], **request["settings"]}
        # `readonly` is the last of them, because after it no setting can be changed.
        for name, value in sorted(settings.items(), key=lambda item: item[0] == "readonly"):
            handle.query(f"SET {name} = '{value}'", "Null")
        sql = self._parsed(handle, request["sql"])
        if _STREAMED.match(sql):
            for chunk in handle.send_query(sql, request["format"], params=request["parameters"]):
                yield chunk.bytes()
        else:
            yield handle.query(sql, request["format"], params=request["parameters"]).bytes()

    def _parsed(self, handle: Any, sql: str) -> str:
        """The statement as the engine itself reads it: exactly one, without what a client does."""
        escaped = sql.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")
        parsed = str(handle.query("SELECT formatQuery({sql:String})", "TSVRaw", params={"sql": escaped})).strip()
        if _CLIENT_SIDE.search(_QUOTED.sub("''", parsed)):
            raise RuntimeError("Code: 62. DB::Exception: Neither FORMAT nor a file may be named. (SYNTAX_ERROR)")
        return parsed


def main() -> None:
    """Serve one folder until stdin ends."""
    key = bytes.fromhex(sys.stdin.readline().strip())
    told = os.fdopen(os.dup(1), "w")
    # The engine may print; nothing of that must reach the one who waits for the address.
    os.dup2(2, 1)
    engine = Engine(sys.argv[1])
    listener = Listener(family="AF_UNIX", backlog=16, authkey=key)
    print(json.dumps([listener.address, engine.zone, engine.version]), file=told, flush=True)
    threading.Thread(target=_accept, args=[listener, engine], daemon=True).start()
    sys.stdin.read()
    listener.close()
    # An engine that is busy would hold up an orderly exit; it has written nothing.
    os._exit(0)


def _accept(listener: Listener, engine: Engine) -> None:
    while True:
        threading.Thread(target=engine.serve, args=[listener.accept()], daemon=True).start()


if __name__ == "__main__":
    main()
