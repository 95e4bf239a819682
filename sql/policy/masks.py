"""What a masked column shows instead of its value; each reads nothing but the column itself.

| mask  | of a text                                       | of anything else |
|-------|--------------------------------------------------|------------------|
| full  | `***`, of NULL too                               | NULL             |
| null  | NULL                                             | NULL             |
| last4 | `***` and the last four of more than 8 characters | of its text      |
| email | `***@` and the domain                            | of its text      |
| hash  | a keyed SHA-256: equal values stay equal         | of its text      |

The key of `hash` is not in the statement, which people see: with it, anybody could hash guesses until one fits. There
stands `KEY`, and whoever runs the statement puts the key there (`keyed`); one that brings `KEY` itself is refused.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from sqlglot import exp

from core.catalog import Column
from sql.names import quote

NAMED = ("full", "null", "last4", "email", "hash")

KEY = "'datachat:mask-key'"

_TEXT = re.compile(
    r"(?:nullable\(|lowcardinality\()*(?:n?(?:var)?char|character|text|(?:tiny|medium|long)text|string|fixedstring"
    r"|clob|citext|name|bpchar|varchar2|sysname)\b",
    re.IGNORECASE,
)

_HASHES: Mapping[str, str] = {
    "postgres": "encode(sha256(convert_to({key} || {text}, 'UTF8')), 'hex')",
    "redshift": "sha2({key} || {text}, 256)",
    "mysql": "sha2(concat({key}, {text}), 256)",
    "clickhouse": "lower(hex(SHA256(concat({key}, {text}))))",
    "duckdb": "sha256({key} || {text})",
    "bigquery": "to_hex(sha256(concat({key}, {text})))",
    "snowflake": "sha2({key} || {text}, 256)",
    "trino": "lower(to_hex(sha256(to_utf8({key} || {text}))))",
    "tsql": "convert(varchar(64), hashbytes('SHA2_256', {key} + {text}), 2)",
}
"""SQLite has no hash function."""


def has_hash(dialect: str) -> bool:
    """Whether the dialect can hash."""
    return dialect in _HASHES


def is_text(column: Column) -> bool:
    """Whether a column holds text as far as its type tells; a column without a type (SQLite) may."""
    return not column.type or bool(_TEXT.match(column.type))


def shows_text(mask: str, column: Column) -> bool:
    """Whether the masked column is text, whatever it was before."""
    return mask in ("last4", "email", "hash") or (mask == "full" and is_text(column))


@lru_cache(maxsize=10_000)
def masked(mask: str, column: Column, *, source: str, dialect: str) -> str:
    """The expression of a named mask over `source.column`."""
    name = f"{source}.{quote(column.name, dialect)}"
    if mask == "full" and is_text(column):
        return "'***'"
    if mask in ("full", "null"):
        return f"CASE WHEN 1 = 0 THEN {name} END"  # NULL of the column's own type, in every dialect
    value = exp.column(quoted(column.name), table=source)
    text = value if is_text(column) and column.type else exp.cast(value, "text")
    if mask == "hash":
        return _HASHES[dialect].format(key=KEY, text=text.sql(dialect))
    return (_last4(text) if mask == "last4" else _email(text)).sql(dialect)


def quoted(name: str) -> exp.Identifier:
    """A name exactly as it is stored."""
    return exp.to_identifier(name, quoted=True)


def keyed(sql: str, key: str) -> str:
    """The statement as it runs, with the key of its hashes."""
    return sql.replace(KEY, f"'{key}'")


def _last4(text: exp.Expr) -> exp.Expr:
    """Of eight characters or fewer, four would be too many to show."""
    length = exp.Length(this=text)
    ending = exp.Substring(this=text.copy(), start=exp.Sub(this=length.copy(), expression=exp.Literal.number(3)))
    return exp.case().when(length > 8, _joined("***", ending)).else_(exp.Literal.string("***"))


def _email(text: exp.Expr) -> exp.Expr:
    """With a second `@` there is no telling where the domain begins."""
    sign = exp.StrPosition(this=text.copy(), substr=exp.Literal.string("@"))
    domain = exp.Substring(this=text.copy(), start=exp.Add(this=sign, expression=exp.Literal.number(1)))
    once = exp.and_(text.like("%@%"), exp.not_(text.like("%@%@%")))
    return exp.case().when(once, _joined("***@", domain)).else_(exp.Literal.string("***"))


def _joined(first: str, second: exp.Expr) -> exp.Expr:
    return exp.Concat(expressions=[exp.Literal.string(first), second], safe=False, coalesce=False)
