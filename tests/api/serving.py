"""Runs the real server, so that its process can be killed: `python serving.py HOME`, settings from the environment."""

import sys
from pathlib import Path

from api.server import serve
from core.settings import load_settings

if __name__ == "__main__":
    settings = load_settings(home=Path(sys.argv[1]))
    serve(settings, host="127.0.0.1", port=settings.port)
