"""The operating system's account that the embedded server runs as, because PostgreSQL refuses to run as root."""

import os
import pwd
import shutil
import stat
import struct
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from core.errors import SetupError

NAME = "datachat"

# The binary form of a POSIX access-control list, see acl(5) and linux/posix_acl_xattr.h.
_ACL = "system.posix_acl_access"
_USER_OBJ, _USER, _GROUP_OBJ, _MASK, _OTHER = 0x01, 0x02, 0x04, 0x10, 0x20
_NOBODY = 0xFFFFFFFF
_SEARCH = 0o1

Entry = tuple[int, int, int]


@dataclass(frozen=True)
class Account:
    """Who owns the server's files and runs it."""

    uid: int
    gid: int

    @property
    def foreign(self) -> bool:
        """Whether it is somebody else than this process."""
        return self.uid != os.geteuid()

    def own(self, path: Path) -> None:
        """Hand a file or folder over to the account."""
        if self.foreign:
            os.chown(path, self.uid, self.gid)

    def admit(self, path: Path) -> None:
        """Let the account pass through every folder above `path`."""
        if self.foreign:
            for folder in path.parents:
                allow_search(folder, self.uid)


def account_for(folder: Path) -> Account:
    """This process's own account; for root the owner of the data in `folder`, else the system user `datachat`.

    Raises SetupError when `folder` is not this process's own: its owner could swap what is written there.
    """
    owner = folder.stat().st_uid
    if owner != os.geteuid():
        raise SetupError(
            f"{folder} belongs to {_user_name(owner)}.",
            hint=f"Run DataChat as {_user_name(owner)}, or set DATACHAT_HOME to a folder of yours.",
        )
    if owner != 0:
        return Account(os.geteuid(), os.getegid())
    data = folder / "data"
    if data.exists():
        return Account(data.stat().st_uid, data.stat().st_gid)
    user = _system_user()
    return Account(user.pw_uid, user.pw_gid)


def _user_name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


def _system_user() -> pwd.struct_passwd:
    for pause in (0.0, 0.1, 0.3, 1.0):
        with suppress(KeyError):
            return pwd.getpwnam(NAME)
        time.sleep(pause)
        _add_system_user()
    with suppress(KeyError):
        return pwd.getpwnam(NAME)
    raise SetupError(
        f"PostgreSQL does not run as root, and the system user {NAME} could not be made.",
        hint="Run DataChat as an ordinary user, or set SYSTEM_DATABASE_URL to a PostgreSQL of yours.",
    )


def _add_system_user() -> None:
    command = shutil.which("useradd", path=f"{os.defpath}:/usr/sbin:/sbin")
    if command is not None:
        # It fails while another process adds a user; the caller looks again.
        subprocess.run(  # noqa: S603
            [command, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", NAME],
            check=False,
            capture_output=True,
        )


def allow_search(folder: Path, uid: int) -> None:
    """Let one user pass through a folder: by an entry for that user alone, where the file system has such."""
    status = folder.stat()
    if status.st_mode & stat.S_IXOTH or (status.st_uid == uid and status.st_mode & stat.S_IXUSR):
        return
    try:
        before = _read_entries(folder, status.st_mode)
        # The mask bounds the entries of single users, and a later chmod takes its search bit away.
        after = {(tag, who): bits | _SEARCH if tag == _MASK else bits for tag, bits, who in before}
        after[_USER, uid] = after.get((_USER, uid), 0) | _SEARCH
        os.setxattr(folder, _ACL, _pack(after))
    except (OSError, AttributeError):
        folder.chmod(status.st_mode | stat.S_IXOTH)


def _read_entries(folder: Path, mode: int) -> list[Entry]:
    if _ACL in os.listxattr(folder):
        packed = os.getxattr(folder, _ACL)
        return list(struct.iter_unpack("<HHI", packed[4:]))
    return [
        (_USER_OBJ, mode >> 6 & 7, _NOBODY),
        (_GROUP_OBJ, mode >> 3 & 7, _NOBODY),
        (_MASK, mode >> 3 & 7, _NOBODY),
        (_OTHER, mode & 7, _NOBODY),
    ]


def _pack(entries: dict[tuple[int, int], int]) -> bytes:
    parts = [struct.pack("<HHI", tag, bits, who) for (tag, who), bits in sorted(entries.items())]
    return struct.pack("<I", 2) + b"".join(parts)
