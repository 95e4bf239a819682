"""MySQL's and MariaDB's errors as the house's, without values from the data."""

import pymysql

from connectors.deadline import too_slow
from connectors.scrub import one_line, without_values
from core.errors import DataChatError, StatementError, UpstreamError, UserError

# Errors whose texts speak of the statement's own words, of tables, columns and rights, and never of values in tables.
_ABOUT_THE_STATEMENT = frozenset(
    {1044, 1046, 1049, 1051, 1052, 1054, 1055, 1056, 1060, 1064, 1065, 1066, 1109, 1111, 1113, 1115, 1140, 1141, 1142}
    | {1143, 1146, 1149, 1176, 1193, 1222, 1227, 1234, 1235, 1241, 1242, 1247, 1248, 1250, 1273, 1286, 1305, 1347, 1356}
    | {1370, 1424, 1463, 1568, 1582, 1583, 1630, 1792, 2020, 3024, 3065, 3579, 3580, 3581, 4015, 4106, 4107, 4166}
)
_TOO_SLOW = frozenset({1969, 3024})
_GONE = frozenset(
    {1053, 1077, 1079, 1152, 1158, 1159, 1160, 1161, 1184, 1927, 2000, 2002, 2003, 2006, 2013, 2055, 4031}
)
_BUSY = frozenset({1037, 1038, 1040, 1041, 1203, 1205, 1213, 1226, 1317, 3572})
_LOGIN = frozenset({1045, 1130, 1698, 1820, 1862, 2059, 2061, 3118, 3955, 4151})


def code(error: Exception) -> int:
    """The server's number of an error; 0 where it has none, as for a connection that was closed."""
    number = error.args[0] if error.args else 0
    return number if isinstance(number, int) else 0


def is_lost(error: Exception) -> bool:
    """Whether the connection is gone."""
    return isinstance(error, OSError | pymysql.InterfaceError) or code(error) in _GONE


def statement_failed(error: Exception, *, seconds: float, place: str) -> DataChatError:
    """The error of a statement: refused (StatementError), too slow (LimitError), or the server's (UpstreamError)."""
    number = code(error)
    if number in _TOO_SLOW:
        return too_slow(seconds)
    if is_lost(error):
        return UpstreamError(f"The connection to MySQL at {place} was lost", hint="Try again", code="lost")
    text = str(error.args[1]) if len(error.args) > 1 else ""
    if number in _BUSY:
        return UpstreamError(f"MySQL at {place}: {without_values(text)}", hint="Try again in a moment")
    if number in _ABOUT_THE_STATEMENT:
        return StatementError(one_line(text))
    return StatementError(without_values(text) or "MySQL refused the statement")


def connection_failed(error: Exception, *, place: str, database: str, user: str) -> DataChatError:
    """The error of a connection that did not come up."""
    number = code(error)
    if number in _LOGIN:
        return UserError(f"MySQL at {place} refused the login of {user!r}", hint="Check user and password in the URL")
    if number == 1044:
        return UserError(
            f"{user!r} may not use the database {database!r} on {place}",
            hint="Ask its owner for the right to read it, or name another one at the end of the URL",
        )
    if number == 1049:
        return UserError(
            f"The database {database!r} does not exist on {place}", hint="Name another one at the end of the URL"
        )
    if number in (2003, 2002, 2013) and "timed out" in str(error):
        return UpstreamError(
            f"MySQL at {place} does not answer", hint="Check host and port, and whether a firewall lies between"
        )
    if number in (2002, 2003, 2005):
        return UpstreamError(f"Cannot connect to MySQL at {place}", hint="Is the server running there?")
    return UpstreamError(f"Cannot connect to MySQL at {place} (error {number})", hint="Try again in a moment")
