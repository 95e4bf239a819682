"""The access policy of single statements: the file that is named, or else the one in the settings."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.access import Access
    from core.catalog import Catalog
    from core.ports import Connector
    from core.settings import Settings
    from core.yaml_file import Written
    from sql.policy.model import Policy


def chosen(file: Path | None, user: str | None, *, written: "Written | None" = None) -> "Policy | None":
    """The policy to apply; a user without any policy would be a false promise."""
    from core.errors import UserError
    from sql.policy.load import load_policy, read_policy

    if file:
        if user is None:
            raise UserError("A policy is applied to a user.", hint="Name one with --as.")
        return load_policy(file)
    if written:
        return read_policy(written)
    if user is not None:
        raise UserError("There is no policy to apply to this user.", hint="Name its file with --policy.")
    return None


def access_in(policy: "Policy | None", user: str | None, *, database: str, catalog: "Catalog") -> "Access | None":
    """What the policy leaves the user of a database."""
    from core.values import User
    from sql.policy.access import access_of
    from sql.policy.bind import bind

    if policy is None:
        return None
    return access_of(bind(policy, database, catalog), User(name=user) if user else User())


def keyed(connector: "Connector", access: "Access | None", settings: "Settings") -> "Connector":
    """The connector with the key of hashed masks, which is only read where a mask needs it."""
    from graph.keyed import KeyedConnector
    from sql.policy.masks import KEY
    from store.secrets import open_cipher

    if access is None or not any(KEY in each.query for each in access.governed.values()):
        return connector
    key = settings.database_credentials_key
    cipher = open_cipher(settings.home, key.get_secret_value() if key else None)
    return KeyedConnector(connector, cipher.mask_key)
