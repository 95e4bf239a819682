"""The command `datachat`; what it needs is imported within reach of Ctrl-C, so that a stop is never a traceback."""

import sys
from typing import NoReturn

INTERRUPTED = 130


def main() -> NoReturn:
    """Run the command line and leave with its exit code."""
    try:
        from cli.app import app

        app(prog_name="datachat")
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        sys.exit(INTERRUPTED)
    raise AssertionError("a command ended without an exit code")


if __name__ == "__main__":
    main()
