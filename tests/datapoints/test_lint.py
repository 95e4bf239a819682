"""Lint says what is missing and what does not fit, each in its place; the example company passes in strict mode."""

from pathlib import Path

import pytest

from datapoints.contracts import CONTRACTS
from datapoints.files import read_folder
from datapoints.findings import Finding
from datapoints.kinds import datapoint_of, kinds
from datapoints.lint import fails, lint
from datapoints.schema import schema
from sql.ddl import catalog_of

PACK = Path(__file__).parents[2] / "datapoints" / "packs" / "payments"
DDL = (
    "CREATE TABLE orders (id bigint, status text, amount numeric, ordered_at timestamp); CREATE TABLE shops (id bigint)"
)
SHOP = catalog_of(DDL, dialect="postgres")

METRIC = """
datapoint:
  id: revenue
  kind: metric
  definition: What completed orders are worth in euro.
  owner: finance
  unit: EUR
  execution:
    type: simple
    measure: {aggregate: sum, expression: AMOUNT, table: TABLE}
    filter: FILTER
"""
TEMPLATE = """
datapoint:
  id: revenue
  kind: query
  definition: What completed orders are worth in euro.
  owner: finance
  execution:
    sql_template: SELECT sum(amount) FROM orders WHERE ordered_at > {start} AND {filters}
    parameters:
      start: {type: timestamp, required: true}
      MORE: {type: number}
"""


def linted(folder: Path, text: str, **words: str) -> list[Finding]:
    """What lint says of one file, with a catalog."""
    for old, new in words.items():
        text = text.replace(old, new)
    (folder / "one.yaml").write_text(text)
    return lint(read_folder(folder), catalog_of=lambda _: SHOP)


def errors(found: list[Finding]) -> list[tuple[int, str]]:
    """Lines and messages of errors."""
    return [(each.line, each.message) for each in found if each.severity == "error"]


@pytest.mark.parametrize(
    ("amount", "table", "condition", "expected"),
    [
        ("amount", "orders", "status = 'paid'", []),
        ("amount", "public.orders", '"status" IS NULL', []),
        ("amount", "Orders", "shops.id = orders.id", []),
        ("amuont", "orders", "true", [(10, "there is no column `amuont`")]),
        ("amount", "ordres", "true", [(10, "there is no table `ordres`")]),
        ("amount", "orders", "state = 1", [(11, "there is no column `state`")]),
        ("amount", "orders", "status = = 1", None),
        ("amount", "orders", "status = 'a'); DROP TABLE orders --", None),
    ],
)
def test_sql_is_read_and_looked_up(
    tmp_path: Path, amount: str, table: str, condition: str, expected: list[tuple[int, str]] | None
) -> None:
    quoted = "'" + condition.replace("'", "''") + "'"
    found = errors(linted(tmp_path, METRIC, AMOUNT=amount, TABLE=table, FILTER=quoted))
    if expected is None:
        assert [line for line, _ in found] == [11]
    else:
        assert found == expected


def test_the_nearest_name_is_said(tmp_path: Path) -> None:
    [found] = [
        each
        for each in linted(tmp_path, METRIC, AMOUNT="amout", TABLE="orders", FILTER="'true'")
        if each.rule == "unknown_name"
    ]
    assert found.hint == "Did you mean `amount`?"


def test_places_and_parameters_fit(tmp_path: Path) -> None:
    found = linted(tmp_path, TEMPLATE.replace("{start}", "{begin}"))
    assert errors(found) == [(8, "the place {begin} is not declared")]
    assert [each.message for each in found if each.rule == "parameters" and each.severity == "warning"] == [
        "the parameter `start` is never used",
        "the parameter `MORE` is never used",
    ]


def test_another_dialect_is_read_but_not_looked_up(tmp_path: Path) -> None:
    more = "\n    backend_variants:\n      clickhouse: SELECT toStartOfDay(x) FROM elsewhere\n"
    assert errors(linted(tmp_path, TEMPLATE + more[1:])) == []
    broken = "    backend_variants:\n      clickhouse: SELECT (FROM elsewhere\n"
    assert [line for line, _ in errors(linted(tmp_path, TEMPLATE + broken))] == [13]


def test_each_contract_speaks_up() -> None:
    """What is bare breaks every promise of its kind."""
    bare = {
        "metric": {"execution": {"type": "derived", "expr": "a - c", "metrics": ["a"]}},
        "table": {"table": "t", "measures": ["a"], "columns": [{"name": "a"}]},
        "process": {},
        "concept": {"definition": "x", "synonyms": ["b", "B"]},
        "query": {"execution": {"sql_template": "SELECT {x}"}},
        "entity": {
            "table": "t",
            "key": "id",
            "relationships": {"depends_on": [{"id": "a", "impact_coefficient": 1}] * 2},
        },
    }
    rules: set[str] = set()
    silent = {contract.__name__ for contract in CONTRACTS}
    for kind, body in bare.items():
        it = datapoint_of({"id": "x", "kind": kind, **body})  # type: ignore[dict-item]
        for contract in CONTRACTS:
            issues = list(contract(it))
            rules |= {each.rule for each in issues}
            silent -= {contract.__name__} if issues else set()
    assert silent == {"exclusions"}
    filtered = {"type": "simple", "measure": {"aggregate": "count", "table": "t"}, "filter": "a"}
    it = datapoint_of({"id": "x", "kind": "metric", "execution": filtered})  # type: ignore[dict-item]
    assert "exclusions" in {each.rule for contract in CONTRACTS for each in contract(it)}


def test_a_word_for_two_is_told(tmp_path: Path) -> None:
    for id in ("a", "b"):
        (tmp_path / f"{id}.yaml").write_text(
            f"datapoint: {{id: {id}, kind: concept, owner: x, definition: one two three four, synonyms: [Same]}}"
        )
    found = lint(read_folder(tmp_path))
    assert [(Path(each.path).name, each.message) for each in found] == [("b.yaml", "`same` also means `a`")]
    assert (fails(found), fails(found, strict=True)) == (False, True)


def test_the_example_company_passes_in_strict_mode() -> None:
    ddl = (PACK / "schema.sql").read_text() + (PACK / "views.sql").read_text()
    catalog = catalog_of(ddl, dialect="postgres")
    folder = read_folder(PACK / "datapoints")
    assert 20 <= len(folder.filed) <= 40
    assert {each.database for each in folder.datapoints} == {"payments"}
    assert lint(folder, catalog_of=lambda _: catalog) == []
    less = catalog_of(ddl.replace("  gateway_cost numeric(10,2) NOT NULL,\n", ""), dialect="postgres")
    assert {each.id for each in lint(folder, catalog_of=lambda _: less)} == {"gateway_cost"}, (
        "and it is really looked up"
    )


@pytest.mark.parametrize("kind", [None, *kinds()])
def test_the_schema_names_every_field(kind: str | None) -> None:
    described = str(schema(kind))
    for each in kinds().values() if kind is None else [kinds()[kind]]:
        for name, field in each.model_fields.items():
            assert repr(field.alias or name) in described
