import pytest

from core.catalog import Column, ForeignKey, Table, TableName
from sql.outline import Sighted, outline, short_type, tokens
from sql.prompt import escaped

ORDERS = Table(
    "public",
    "orders",
    (
        Column("order_id", "integer"),
        Column("customer_id", "bigint"),
        Column("Status", "character varying(20)", comment="captured or failed"),
        Column("placed_at", "timestamp without time zone"),
        Column("note", "text"),
    ),
    primary_key=("order_id",),
    foreign_keys=(ForeignKey(("customer_id",), TableName("public", "customers"), ("id",)),),
    comment="One row per\n order",
)
CUSTOMERS = Table("crm", "customers", (Column("id", "int"), Column("name", "text")), primary_key=("id",))


def lines(*tables: Table | Sighted, budget: int = 1_000, dialect: str = "postgres") -> list[str]:
    sighted = [each if isinstance(each, Sighted) else Sighted(each) for each in tables]
    return outline(sighted, dialect=dialect, search_path=("public",), budget=budget, clean=escaped).split("\n")


def test_a_table_is_a_line_with_types_keys_and_comments() -> None:
    assert lines(ORDERS, CUSTOMERS) == [
        'orders(order_id int pk, customer_id bigint -> customers.id, "Status" text "captured or failed", '
        'placed_at timestamp, note text) "One row per order"',
        "crm.customers(id int pk, name text)",
    ]


def test_names_are_quoted_as_the_dialect_wants() -> None:
    odd = Table("public", "order", (Column("a b", "int"), Column("select", "int")))
    assert lines(odd) == ['"order"("a b" int, "select" int)']
    assert lines(odd, dialect="mysql") == ["`order`(`a b` int, `select` int)"]


def test_tables_then_comments_then_columns_give_way_and_keys_never() -> None:
    texts = [lines(ORDERS, CUSTOMERS, budget=budget) for budget in range(200, 0, -1)]
    marks = ("crm.customers(", "One row", "captured", "note text", "placed_at", "customer_id bigint -> customers.id")
    shown = ["".join("-x"[mark in "\n".join(text)] for mark in marks) for text in texts]
    stages = list(dict.fromkeys(shown))
    assert stages[0] == "xxxxxx"
    assert stages[-1] == "-----x"
    # no column goes while a comment stays
    assert all(not ("x" in stage[1:3] and "-" in stage[3:]) for stage in stages)
    assert texts[-1] == ["orders(order_id int pk, customer_id bigint -> customers.id, … 3 more)"]


def test_matched_columns_stay_like_keys() -> None:
    assert "note text" in lines(Sighted(ORDERS, ("note",)), budget=1)[0]


def test_a_table_of_a_thousand_columns_stays_within_the_budget() -> None:
    wide = Table("public", "wide", tuple(Column(f"measure_{n}", "double precision") for n in range(1_000)))
    (line,) = lines(wide, budget=300)
    assert tokens(line) <= 310
    assert line.endswith(" more)")


@pytest.mark.parametrize("budget", [50, 100, 200, 400, 800])
def test_the_budget_holds(budget: int) -> None:
    many = [
        Table("public", f"table_{n}", tuple(Column(f"column_{m}", "text", comment="What it is") for m in range(12)))
        for n in range(30)
    ]
    text = "\n".join(lines(*many, budget=budget))
    assert 0.5 * budget < tokens(text) <= 1.1 * budget


@pytest.mark.parametrize(
    ("native", "shorter"),
    [
        ("character varying(255)", "text"),
        ("VARCHAR(10)", "text"),
        ("numeric(12,2)", "numeric"),
        ("timestamp with time zone", "timestamptz"),
        ("timestamp(3) without time zone", "timestamp"),
        ("double precision", "double"),
        ("INTEGER", "int"),
        ("boolean", "bool"),
        ("Nullable(LowCardinality(String))", "text"),
        ("Enum8('a' = 1, 'b' = 2)", "Enum8('a' = 1, 'b' = 2)"),
        ("Array(Nullable(UInt8))", "Array(Nullable(UInt8))"),
        ("int unsigned", "int unsigned"),
        ("", ""),
    ],
)
def test_types_are_short(native: str, shorter: str) -> None:
    assert short_type(native) == shorter


@pytest.mark.parametrize(
    ("text", "least"),
    [
        ("customer_id int", 3),
        ("1234567890", 4),
        ("売上明細", 4),
        ("", 0),
        ("😀😀😀", 6),
        ("!!!!????", 4),
        ("a" * 1_000, 100),
    ],
)
def test_tokens_are_rather_over_than_underestimated(text: str, least: int) -> None:
    assert tokens(text) >= least
