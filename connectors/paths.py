"""Files as databases: from a URL to a path that exists. Nothing is ever created."""

from pathlib import Path

from core.errors import NotFoundError, UserError


def existing_file(url: str, *, engine: str) -> Path:
    """The file of `sqlite:///relative.db` or `sqlite:////absolute.db`; the path is taken as it stands."""
    scheme, _, rest = url.partition(":")
    if not rest.startswith("///") or not rest[3:]:
        raise UserError(
            f"This is no URL of a {engine} file",
            hint=f"Write {scheme}:///relative/path.db or {scheme}:////absolute/path.db",
        )
    name = rest[3:]
    if name.startswith(":memory:"):
        raise UserError("A database in memory is empty, so there is nothing to ask", hint="Name a file")
    path = Path(name).expanduser()
    try:
        found, is_folder = path.exists(), path.is_dir()
    except (OSError, ValueError):
        found = is_folder = False
    if is_folder:
        raise UserError(f"{path} is a folder, not a {engine} file", hint="Name a file in it")
    if not found:
        raise NotFoundError(f"There is no file {path}", hint=f"The working directory is {Path.cwd()}")
    return path.absolute()
