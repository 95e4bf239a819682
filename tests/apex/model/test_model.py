"""What tables mean: by catalog alone, by what was measured, and by what people wrote."""

import pytest

from apex.model import Model, family_of
from core.catalog import Catalog, Column, ForeignKey, Table, TableName
from core.datapoint import DataPoint
from core.profile import ColumnProfile, Profile, Relation, TableProfile
from core.values.plans import ColumnOf
from datapoints.kinds.column import ColumnDataPoint
from datapoints.kinds.entity import EntityDataPoint
from datapoints.kinds.table import TableDataPoint
from tests.apex.market import market

MARKET = Model.of(market("postgres"))


@pytest.mark.parametrize(
    ("text", "dialect", "family"),
    [
        ("numeric(12,2)", "postgres", "number"),
        ("double precision", "postgres", "number"),
        ("bigint", "postgres", "integer"),
        ("character varying(20)", "postgres", "text"),
        ("VARCHAR(80)", "duckdb", "text"),
        ("nvarchar(20)", "mysql", "text"),
        ("mediumtext", "mysql", "text"),
        ("FixedString(8)", "clickhouse", "text"),
        ("citext", "postgres", "text"),
        ("STRING", "bigquery", "text"),
        ("enum('a','b')", "mysql", "text"),
        ("timestamp(3) with time zone", "postgres", "timestamptz"),
        ("timestamp without time zone", "postgres", "timestamp"),
        ("interval", "postgres", "other"),
        ("integer[]", "postgres", "other"),
        ("jsonb", "postgres", "other"),
        ("point", "postgres", "other"),
        ("LowCardinality(Nullable(String))", "clickhouse", "text"),
        ("Nullable(Decimal(12, 2))", "clickhouse", "number"),
        ("UInt64", "clickhouse", "integer"),
        ("DateTime64(3)", "clickhouse", "timestamp"),
        ("Array(String)", "clickhouse", "other"),
        ("tinyint(1)", "mysql", "integer"),
        ("datetime", "mysql", "timestamp"),
        ("TIMESTAMP", "bigquery", "timestamptz"),
        ("FLOAT64", "bigquery", "number"),
        ("", "sqlite", "text"),
        ("UNSIGNED BIG INT", "sqlite", "integer"),
        ("bool", "sqlite", "boolean"),
        ("TIMESTAMP_NTZ(9)", "snowflake", "timestamp"),
        ("TIMESTAMP_TZ(9)", "snowflake", "timestamptz"),
    ],
)
def test_types_have_a_family(text: str, dialect: str, family: str) -> None:
    assert family_of(text, dialect) == family


def test_columns_are_for_something_by_their_names() -> None:
    orders = MARKET.entity("orders")
    assert orders
    assert {name: each.role for name, each in orders.attributes.items()} == {
        "id": "key",
        "customer_id": "reference",
        "status": "dimension",
        "total": "measure",
        "ordered_at": "time",
    }
    assert [each.name for each in orders.measures] == ["total"]
    assert orders.times == ("ordered_at",)
    products = MARKET.entity("main.products")
    assert products
    assert products.display == ("title",)


def test_a_table_of_two_references_is_a_bridge() -> None:
    bridges = {
        table.name for table in MARKET.catalog.tables if (each := MARKET.entity(table.full_name)) and each.bridge
    }
    assert bridges == {"product_tags"}


def test_ways_between_tables() -> None:
    name = {table.name: table.full_name for table in MARKET.catalog.tables}
    (way,) = MARKET.paths(name["order_items"], name["customers"])
    assert [edge.target.name for edge in way.edges] == ["orders", "customers"]
    assert not way.multiplies
    (back,) = MARKET.paths(name["customers"], name["order_items"])
    assert back.multiplies
    assert [path.vias for path in MARKET.paths(name["flights"], name["ports"])] == [
        ("main.flights.origin",),
        ("main.flights.target",),
    ]
    (named,) = MARKET.paths(name["flights"], name["ports"], via="main.flights.target")
    assert named.edges[0].source_columns == ("target",)
    itself = MARKET.paths(name["customers"], name["customers"], via="main.customers.referred_by")
    assert {path.edges[0].forward for path in itself} == {True, False}
    assert MARKET.paths(name["orders"], name["ports"]) == ()


def test_what_is_unknown_is_none() -> None:
    assert MARKET.entity("nope") is None
    assert MARKET.attribute(ColumnOf(table="main.orders", column="nope")) is None
    folded = MARKET.attribute(ColumnOf(table="main.orders", column="TOTAL"))
    assert folded
    assert folded.name == "total"


PEOPLE = Table(
    "main",
    "people",
    (
        Column("person_no", "INTEGER"),
        Column("first_name", "TEXT"),
        Column("last_name", "TEXT"),
        Column("amount_text", "TEXT"),
        Column("joined_text", "TEXT"),
        Column("country", "TEXT"),
        Column("score", "INTEGER"),
        Column("updated_at", "TIMESTAMP"),
        Column("hired_on", "DATE"),
        Column("boss", "INTEGER"),
    ),
)
MEASURED = TableProfile(
    PEOPLE.full_name,
    rows=3,
    columns=(
        ColumnProfile("person_no", distinct=3),
        ColumnProfile("amount_text", nulls=0.3, samples=("1.5", "-20")),
        ColumnProfile("joined_text", samples=("2025-01-31", "2025-02-01 10:00")),
        ColumnProfile("country", top=(("US", 2), ("UK", 1)), complete=True),
    ),
)
FOUND = Relation(
    PEOPLE.full_name, ("boss",), PEOPLE.full_name, ("person_no",), confidence=0.8, declared=False, evidence=("name",)
)


def people(*datapoints: DataPoint) -> Model:
    profile = Profile({PEOPLE.full_name: MEASURED}, relations=(FOUND,))
    return Model.of(Catalog("sqlite", (PEOPLE,), ("main",)), profile, datapoints)


def test_what_was_measured_tells_more_than_types() -> None:
    entity = people().entity("people")
    assert entity
    attributes = entity.attributes
    assert entity.key == ("person_no",)
    assert entity.display[:2] == ("first_name", "last_name")
    assert entity.times == ("hired_on", "joined_text", "updated_at") or entity.times[-1] == "updated_at"
    assert attributes["amount_text"].numeric_text
    assert attributes["joined_text"].family == "timestamp"
    assert attributes["country"].values == ("US", "UK")
    assert not attributes["country"].nullable
    assert attributes["boss"].role == "reference"
    (way,) = [
        path for path in people().paths(entity.name, entity.name, via="main.people.boss") if path.edges[0].forward
    ]
    assert way.confidence == 0.8


@pytest.mark.parametrize(
    ("columns", "display"),
    [
        (("email", "first_nm", "last_nm"), ("first_nm", "last_nm")),
        (("email", "drug_nm"), ("drug_nm",)),
        (("FName", "LName"), ("FName", "LName")),
        (("maker_name", "drug"), ("drug",)),
    ],
)
def test_rows_are_shown_by_what_names_them(columns: tuple[str, ...], display: tuple[str, ...]) -> None:
    stored = tuple(Column(name, "text") for name in columns)
    drugs = Table("main", "drugs", (Column("drug_id", "integer"), *stored), primary_key=("drug_id",))
    entity = Model.of(Catalog("sqlite", (drugs,), ("main",))).entity("drugs")
    assert entity
    assert entity.display[: len(display)] == display


def test_what_people_wrote_comes_first() -> None:
    note = TableDataPoint.model_validate(
        {
            "kind": "table", "id": "staff", "table": "people", "synonyms": ["staff"], "time_column": "updated_at",
            "grain": "one person", "dimensions": ["score"],
            "columns": [{"name": "country", "synonyms": ["nation"], "values": {"US": "United States"}}],
        }
    )  # fmt: skip
    entity_fact = EntityDataPoint(id="person", name="person", table="people", key=["person_no"], label="last_name")
    column = ColumnDataPoint(id="amount", name="amount", table="people", column="amount_text", unit="EUR")
    pending = ColumnDataPoint(id="no", name="no", table="people", column="boss", unit="x", status="pending")
    model = people(note, entity_fact, column, pending)
    entity = model.entity("people")
    assert entity
    assert entity.times[0] == "updated_at"
    assert entity.display[0] == "last_name"
    assert entity.grain == "one person"
    assert "staff" in entity.synonyms
    assert entity.attributes["score"].role == "dimension"
    assert entity.attributes["amount_text"].unit == "EUR"
    assert entity.attributes["country"].meanings == {"US": "United States"}
    assert entity.attributes["boss"].unit == ""
    named = {(each.phrase, each.column) for each in model.synonyms}
    assert {("nation", "country"), ("staff", ""), ("amount", "amount_text")} <= named


def test_joins_that_people_wrote_are_relations() -> None:
    tables = (
        Table("main", "a", (Column("x", "int"), Column("id", "int")), primary_key=("id",)),
        Table("main", "b", (Column("y", "int"),)),
    )
    join = {"table": "b", "columns": ["id"], "referenced_columns": ["y"], "cardinality": "1:N"}
    note = TableDataPoint.model_validate({"kind": "table", "id": "a", "table": "a", "joins": [join]})
    model = Model.of(Catalog("sqlite", tables, ("main",)), datapoints=[note])
    (way,) = model.paths(TableName("main", "a"), TableName("main", "b"))
    assert way.multiplies
    assert way.vias == ("main.b.y",)


def test_five_thousand_tables_are_one_model() -> None:
    columns = tuple(Column(name, "integer") for name in ("id", "parent_id", *"abcdefgh"))
    tables = tuple(
        Table(
            "public",
            f"t{number}",
            columns,
            primary_key=("id",),
            foreign_keys=(ForeignKey(("parent_id",), TableName("public", f"t{number // 2}"), ("id",)),),
        )
        for number in range(5000)
    )
    model = Model.of(Catalog("postgres", tables, ("public",)))
    assert model.entity("public.t4999")
    assert model.paths(TableName("public", "t4999"), TableName("public", "t312"))


def test_ways_over_tables_to_which_thousands_refer_are_found_from_both_ends() -> None:
    def referring(name: str, *hubs: str) -> Table:
        keys = tuple(ForeignKey((f"{hub}_id",), TableName("public", hub), ("id",)) for hub in hubs)
        columns = tuple(Column(f"{hub}_id", "integer") for hub in hubs)
        return Table("public", name, (Column("id", "integer"), *columns), primary_key=("id",), foreign_keys=keys)

    hubs = (referring("customers"), referring("regions"), referring("moons"))
    leaves = [referring(f"c{number}", "customers") for number in range(1500)]
    leaves += [referring(f"r{number}", "regions") for number in range(1500)]
    between = [referring(name, "customers", "regions") for name in ("stores", "visits")]
    model = Model.of(Catalog("postgres", (*hubs, *leaves, *between), ("public",)))
    ways = model.paths(TableName("public", "c7"), TableName("public", "r9"))
    assert [[edge.target.name for edge in way.edges] for way in ways] == [
        ["customers", "stores", "regions", "r9"],
        ["customers", "visits", "regions", "r9"],
    ]
    assert model.joins(frozenset({"public.c7", "public.r9", "public.visits"})) == 4
    assert model.joins(frozenset({"public.c7", "public.moons"})) is None


def test_a_table_without_a_declared_key_is_told_by_what_others_refer_to():
    abstract, pid = Column("abstract", "text", nullable=False), Column("pid", "integer", nullable=False)
    paper, wrote = Table("main", "papers", (abstract, pid)), Table("main", "wrote", (Column("pid", "integer"),))
    unique = tuple(ColumnProfile(each.name, distinct=9) for each in (abstract, pid))
    profile = Profile(
        {paper.full_name: TableProfile(paper.full_name, 9, unique)},
        (Relation(wrote.full_name, ("pid",), paper.full_name, ("pid",), declared=False),),
    )
    entity = Model.of(Catalog("sqlite", (paper, wrote), ("main",)), profile).entity("papers")
    assert entity is not None and entity.key == ("pid",)
    assert entity.attributes["pid"].role == "key"


def test_people_are_called_by_two_names():
    names = ("id", "first_name", "last_name", "email")
    table = Table("main", "drivers", tuple(Column(each, "TEXT", nullable=False) for each in names), primary_key=("id",))
    entity = Model.of(Catalog("sqlite", (table,), ("main",))).entity("main.drivers")
    assert entity and entity.called == ("first_name", "last_name")
