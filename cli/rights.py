"""What a login may do beside reading, and the statements that make a login which may not."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from core.errors import StatementError
from core.ports import Connector
from core.values import Cell, Limits

_POSTGRESQL = """
SELECT 'is a superuser' FROM pg_roles WHERE rolname = current_user AND rolsuper
UNION ALL
SELECT 'may make ' || string_agg(what, ' and ') FROM (
  SELECT 'roles' AS what FROM pg_roles WHERE rolname = current_user AND rolcreaterole AND NOT rolsuper
  UNION ALL
  SELECT 'databases' FROM pg_roles WHERE rolname = current_user AND rolcreatedb AND NOT rolsuper
) makes HAVING count(*) > 0
UNION ALL
SELECT 'may write to ' || count(*) || ' tables, e.g. ' || min(c.oid::regclass::text)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'f') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
AND has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
AND NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
HAVING count(*) > 0
"""
_MYSQL = """
SELECT CONCAT('may also ', GROUP_CONCAT(DISTINCT privilege_type ORDER BY privilege_type SEPARATOR ', ')) FROM (
  SELECT grantee, privilege_type FROM information_schema.user_privileges
  UNION ALL SELECT grantee, privilege_type FROM information_schema.schema_privileges
  UNION ALL SELECT grantee, privilege_type FROM information_schema.table_privileges
) AS granted
WHERE REPLACE(grantee, '''', '') = CURRENT_USER()
AND privilege_type NOT IN ('SELECT', 'USAGE', 'SHOW VIEW', 'SHOW DATABASES', 'PROCESS')
HAVING COUNT(*) > 0
"""
_QUERIES: Mapping[str, str] = MappingProxyType({"postgres": _POSTGRESQL, "mysql": _MYSQL, "clickhouse": "SHOW GRANTS"})
_READING = ("GRANT SELECT", "GRANT SHOW", "GRANT USAGE")


async def needless_rights(connector: Connector) -> list[str]:
    """What the login may do although DataChat never does it, in words; nothing where the engine tells nothing."""
    query = _QUERIES.get(connector.dialect)
    if query is None:
        return []
    try:
        result = await connector.run(query, limits=Limits(seconds=10))
    except StatementError:
        return []
    said = [str(row[0]) for row in result.rows if row[0] is not None]
    if connector.dialect != "clickhouse":
        return said
    wide = [each for each in said if not each.startswith(_READING)]
    return [f"may also: {wide[0][:200]}"] if wide else []


def reader_sql(dialect: str, database: Cell, schemas: Sequence[str]) -> str:
    """Statements that make a login which can only read; to be run by an administrator."""
    if dialect == "postgres":
        lines = [
            "CREATE ROLE datachat_reader LOGIN PASSWORD 'choose-one';",
            "ALTER ROLE datachat_reader SET default_transaction_read_only = on;",
            f"GRANT CONNECT ON DATABASE {_quoted(str(database))} TO datachat_reader;",
        ]
        for schema in map(_quoted, schemas):
            lines += [
                f"GRANT USAGE ON SCHEMA {schema} TO datachat_reader;",
                f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO datachat_reader;",
                f"ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT SELECT ON TABLES TO datachat_reader;",
            ]
        return "\n".join(lines)
    if dialect == "mysql":
        name = "`" + str(database).replace("`", "``") + "`"
        made = "CREATE USER 'datachat_reader'@'%' IDENTIFIED BY 'choose-one';"
        return f"{made}\nGRANT SELECT, SHOW VIEW ON {name}.* TO 'datachat_reader'@'%';"
    if dialect == "clickhouse":
        made = "CREATE USER datachat_reader IDENTIFIED BY 'choose-one' SETTINGS readonly = 2;"
        return f"{made}\nGRANT SELECT ON {_quoted(str(database))}.* TO datachat_reader;"
    return ""


def _quoted(name: str) -> str:
    """A name as SQL takes it, whatever it holds."""
    return '"' + name.replace('"', '""') + '"'
