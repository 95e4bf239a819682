"""Where errors of the system database's driver become the house's own, without values and secrets."""

from collections.abc import Generator
from contextlib import contextmanager

from core.errors import SetupError, UpstreamError


@contextmanager
def border() -> Generator[None]:
    """Turn a lost, full or unreachable system database into UpstreamError; anything else is our bug and passes."""
    import psycopg
    from psycopg_pool import PoolTimeout

    try:
        yield
    except PoolTimeout as error:
        raise UpstreamError(
            "The system database did not answer in time.", hint="datachat doctor tells why; try again in a moment."
        ) from error
    except psycopg.errors.DiskFull as error:
        raise UpstreamError(
            "The disk of the system database is full.", hint="Free some space and try again."
        ) from error
    except psycopg.errors.InsufficientPrivilege as error:
        raise SetupError(
            f"The login of the system database lacks a right: {error.diag.message_primary}.",
            hint="It must own its database, or be granted CREATE on it.",
        ) from error
    except (psycopg.OperationalError, psycopg.errors.ReadOnlySqlTransaction) as error:
        state = f" ({error.sqlstate})" if error.sqlstate else ""
        raise UpstreamError(
            f"The system database is not available{state}.", hint="datachat doctor tells why; try again in a moment."
        ) from error
