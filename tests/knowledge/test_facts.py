from core.catalog import Catalog, Column, Table
from core.datapoint import DataPoint, Link
from knowledge.facts import LexicalFacts, tables_of


class Metric(DataPoint):
    def links(self) -> list[Link]:
        return [Link(kind="COMPUTES", source=f"datapoint:{self.id}", target="column:*/payments.amount")]


FACTS = (
    Metric(id="revenue", kind="metric", name="Revenue", definition="Captured payments.", synonyms=["turnover"]),
    DataPoint(id="churn", kind="metric", name="Churn rate", definition="Customers who left, of all customers."),
    DataPoint(id="customer", kind="entity", name="Customer", definition="Who pays."),
)


def test_names_and_synonyms_come_before_definitions() -> None:
    facts = LexicalFacts(FACTS)
    assert facts.rank("what was our turnover")[0].id == "revenue"
    assert [each.id for each in facts.rank("how many customers")] == ["customer", "churn"]
    assert facts.rank("weather") == []


def test_words_that_no_fact_has_stand_for_the_nearest_that_one_has() -> None:
    facts = LexicalFacts(FACTS)
    assert facts.rank("what was our revenu")[0].id == "revenue"
    assert facts.rank("number of clients")[0].id == "customer"
    assert facts.rank("sales of June")[0].id == "revenue"


def test_the_tables_a_fact_rests_on_are_found_with_it() -> None:
    catalog = Catalog("postgres", (Table("sales", "payments", (Column("amount", "int"),)),), ("sales",))
    found = LexicalFacts(FACTS).rank("revenue")
    assert tables_of({each.id: each for each in FACTS}, found, catalog) == {"sales.payments": found[0].score}
