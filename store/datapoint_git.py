"""Commits a file that was written, where the project wants each decision in its history."""

import asyncio
import shutil
from pathlib import Path

from core.errors import UpstreamError

_SECONDS = 20


async def commit_file(path: Path, message: str) -> None:
    """Commit this one file as it is, and nothing else; raises UpstreamError with git's words."""
    git = shutil.which("git")
    if git is None:
        raise UpstreamError("git is not there.", hint="Install it, or set `datapoints_commit: false`.")
    await _run(git, path, "add", "--", path.name)
    unchanged = await _run(git, path, "diff", "--cached", "--quiet", "--", path.name, may_fail=True)
    if not unchanged:
        await _run(git, path, "commit", "--quiet", "--only", "-m", message, "--", path.name)


async def _run(git: str, path: Path, *arguments: str, may_fail: bool = False) -> bool:
    """Whether git said yes; raises UpstreamError where it must."""
    process = await asyncio.create_subprocess_exec(
        git, "-C", str(path.parent), *arguments, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
    )
    try:
        _, said = await asyncio.wait_for(process.communicate(), _SECONDS)
    except TimeoutError:
        process.kill()
        await process.wait()
        raise UpstreamError(f"git has not committed {path} within {_SECONDS} s.", hint="See what holds it.") from None
    if process.returncode and not may_fail:
        reason = " ".join(said.decode(errors="replace").split())[:300]
        raise UpstreamError(f"git does not commit {path}: {reason}", hint="Mend it, or set `datapoints_commit: false`.")
    return process.returncode == 0
