"""A file of CREATE statements becomes the catalog that the engine would have."""

import pytest

from core.catalog import ForeignKey, TableName
from core.errors import UserError
from sql.ddl import catalog_of


def test_reads_columns_keys_and_comments() -> None:
    catalog = catalog_of(
        """
        CREATE TABLE parent (id int PRIMARY KEY, "Full Name" text NOT NULL DEFAULT 'x');
        CREATE TABLE sales.child (
            a int, b int REFERENCES parent, PRIMARY KEY (a, b),
            FOREIGN KEY (a) REFERENCES parent (id)
        );
        COMMENT ON TABLE parent IS 'people';
        COMMENT ON COLUMN parent."Full Name" IS 'first and last';
        CREATE INDEX i ON parent (id);
        INSERT INTO parent VALUES (1, 'CREATE TABLE no (x int);');
        """,
        dialect="postgres",
    )
    parent, child = catalog.tables
    assert (parent.full_name, parent.comment, parent.primary_key) == (TableName("public", "parent"), "people", ("id",))
    name = parent.columns[1]
    assert (name.name, name.type, name.nullable, name.default, name.comment) == (
        "Full Name",
        "text",
        False,
        "'x'",
        "first and last",
    )
    assert (child.schema, child.primary_key) == ("sales", ("a", "b"))
    assert set(child.foreign_keys) == {
        ForeignKey(("b",), TableName("public", "parent"), ("id",)),
        ForeignKey(("a",), TableName("public", "parent"), ("id",)),
    }


def test_a_view_has_the_columns_of_its_query() -> None:
    catalog = catalog_of(
        "CREATE TABLE t (a int, b text); CREATE VIEW v AS SELECT * FROM t; CREATE VIEW w (x) AS SELECT a FROM t;"
        "CREATE VIEW u AS SELECT b AS c FROM t",
        dialect="postgres",
    )
    assert [[column.name for column in view.columns] for view in catalog.tables[1:]] == [["a", "b"], ["x"], ["c"]]
    assert catalog.tables[1].kind == "view"


@pytest.mark.parametrize(
    ("dialect", "table", "column"),
    [
        ("postgres", "public.mixed", "a"),
        ("snowflake", "PUBLIC.MIXED", "A"),
        ("mysql", "default.Mixed", "A"),
        ("sqlite", "main.Mixed", "A"),
    ],
)
def test_bare_names_fold_as_in_the_database_it_stands_for(dialect: str, table: str, column: str) -> None:
    made = catalog_of('CREATE TABLE Mixed (A int, "Kept" int)', dialect="postgres", read_as=dialect).tables[0]
    assert str(made.full_name) == table
    assert [each.name for each in made.columns] == [column, "Kept"]


def test_says_what_is_wrong_with_the_file() -> None:
    with pytest.raises(UserError, match="not valid postgres"):
        catalog_of("CREATE TABLE x (", dialect="postgres")
