"""Files are read strictly: every mistake has its place, and a poisoned file hurts only itself."""

import os
import subprocess
import sys
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from core.errors import UserError
from datapoints.fact import Fact
from datapoints.files import Filed, one, read_file, read_folder
from datapoints.findings import Finding
from datapoints.kinds import body_of, datapoint_of
from datapoints.kinds.metric import MetricDataPoint
from datapoints.kinds.workspace import WorkspaceDataPoint
from datapoints.whole import checked
from datapoints.writing import write, yaml_of

ROOT = Path(__file__).parents[2]
GOOD = "datapoint:\n  id: good\n  kind: concept\n  definition: Something good.\n"


def written(folder: Path, text: str | bytes, name: str = "one.yaml") -> Path:
    """The text as a file."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def findings(path: Path) -> list[Finding]:
    """What is wrong with a file."""
    read = read_file(path)
    assert not isinstance(read, Filed)
    return read


FULL = """
datapoint:
  id: revenue
  name: Revenue
  type: metric
  definition: |
    Total value of completed sales transactions, excluding refunds and taxes.
  owner: finance-team
  tags: [sales, finance, critical]
  data_sources:
    - table: transactions
      columns: [amount, status, transaction_type]
      filters:
        - "status = 'completed'"
  related_concepts:
    - net_revenue
  documentation_url: https://wiki.company.com/metrics/revenue
  execution:
    sql_template: |
      SELECT SUM(amount) as value, DATE_TRUNC('{granularity}', transaction_time) as period
      FROM transactions WHERE status = 'completed' AND transaction_time >= {start_time} GROUP BY period
    parameters:
      granularity: {type: enum, values: [day, week, month, quarter, year], default: day}
      start_time: {type: timestamp, required: true}
    backend_variants:
      clickhouse: |
        SELECT SUM(amount) as value, toStartOf{granularity}(transaction_time) as period
        FROM transactions WHERE status = 'completed' AND {filters} GROUP BY period
    materialization:
      strategy: adaptive
  materialization:
    strategy: manual
    granularity: day
    refresh_interval: 1 hour
    partition_by: DATE(transaction_time)
    incremental: true
    lookback_window: 7 days
  _analytics:
    queries_per_day: 47
    last_7_days_trend: increasing
    cache_hit_rate: 0.15
  _recommendation:
    should_materialize: true
    reason: "High query frequency"
  intelligence:
    sla:
      target: 1000000
      warning_threshold: 0.90
      critical_threshold: 0.80
      alert_channel: "#finance-alerts"
      escalation_owner: "finance-director@company.com"
    anomaly_detection:
      enabled: true
      algorithm: ensemble
      sensitivity: 0.05
      baseline_period_days: 30
    auto_remediation:
      - condition: "value < sla.warning_threshold AND pricing_coverage < 0.95"
        action: trigger_dag
        dag_id: refresh_pricing_data
        reason: "Stale pricing data"
      - condition: "value < sla.critical_threshold"
        action: page_oncall
        service: finance-ops
  relationships:
    depends_on:
      - id: transaction_count
        type: input_metric
        impact_coefficient: 0.6
    impacts:
      - id: gross_margin
        type: downstream_metric
        relationship: "Revenue is primary input to gross margin calculation"
    related_systems:
      - name: payment_gateway
        type: external_dependency
        criticality: high
        monitoring_url: "https://status.stripe.com"
      - name: pricing_service
        type: internal_service
        health_check: "http://pricing-svc/health"
"""
WORKSPACE = """
workspace_datapoint:
  file_path: models/metrics/customer_lifetime_value.sql
  file_type: sql
  language: sql
  symbols: [customer_lifetime_value, customers]
  docstrings: |
    Computes lifetime value per customer.
  domain_tags: [metrics, finance]
  extracted_entities:
    tables: [customers, purchases]
    models: [customer_lifetime_value]
    config:
      materialization: incremental
      cluster_by: [signup_date]
  last_modified: 2026-01-15T08:30:00Z
  checksum: abc123def456
  git_commit: a1b2c3d4
  implements_datapoint: customer_lifetime_value
  depends_on_datapoints: [stg_customers, stg_purchases]
"""


def test_a_file_that_grew_to_all_it_can_say_loads(tmp_path: Path) -> None:
    it = one(written(tmp_path, FULL))
    assert isinstance(it, MetricDataPoint)
    assert it.execution and it.execution.parameters["granularity"].default == "day"
    assert it.kept and it.kept.lookback_window == "7 days"
    assert it.intelligence and it.intelligence.sla and it.intelligence.sla.target == 1_000_000
    assert it.analytics["queries_per_day"] == 47
    links = {(each.kind, each.target) for each in it.links()}
    assert {
        ("DEPENDS_ON", "datapoint:transaction_count"),
        ("IMPACTS", "datapoint:gross_margin"),
        ("USES_SYSTEM", "system:payment_gateway"),
        ("OWNED_BY", "owner:finance-team"),
        ("DERIVES_FROM", "table:*/transactions"),
    } <= links
    assert it.node == "datapoint:revenue"


def test_a_file_of_code_is_a_datapoint(tmp_path: Path) -> None:
    it = one(written(tmp_path, WORKSPACE))
    assert isinstance(it, WorkspaceDataPoint)
    assert it.id == "models-metrics-customer_lifetime_value.sql"
    assert it.last_modified == "2026-01-15T08:30:00Z"
    assert ("IMPLEMENTS", "datapoint:customer_lifetime_value") in {(each.kind, each.target) for each in it.links()}


def test_without_a_name_the_id_is_one(tmp_path: Path) -> None:
    assert one(written(tmp_path, "datapoint: {id: daily_revenue, kind: concept}")).name == "daily revenue"


@pytest.mark.parametrize("text", [FULL, WORKSPACE])
def test_what_is_written_is_what_was_read(tmp_path: Path, text: str) -> None:
    it = one(written(tmp_path, text))
    write(it, tmp_path / "again.yaml")
    assert one(tmp_path / "again.yaml") == it
    assert datapoint_of(body_of(it)) == it


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("datapoint:\n  id: a\n  kind: metrik\n", "3:3", "no kind of DataPoint called `metrik`"),
        ("datapoint:\n  id: a\n", "1:1", "`kind` is missing"),
        ("datapoint:\n  kind: concept\n", "1:1", "`id` is missing"),
        ("datapoint:\n  id: a b\n  kind: concept\n", "2:3", "`id` cannot be an id"),
        ("datapoint:\n  id: a\n  kind: concept\n  sinonyms: [b]\n", "4:3", "unknown key `sinonyms`"),
        ("datapoint:\n  id: a\n  kind: concept\n  owner: 5\n", "4:3", "`owner`: must be a valid string"),
        ("datapoint:\n  id: a\n  kind: concept\n  id: b\n", "4:3", "the key `id` is here twice, first on line 2"),
        ("datapoints:\n  id: a\n", "1:1", "unknown key `datapoints`"),
        ("datapoint: [1]\n", "1:1", "must hold `key: value` lines"),
        ("", "1:1", "holds one `datapoint:` mapping"),
        ("datapoint:\n  id: a\n  kind: concept\n---\nb: 1\n", "4:1", "another document"),
        ("datapoint: &a\n  id: a\n  b: *a\n", "3:6", "aliases"),
        ("datapoint: !!python/object:os.system {}\n", "1:12", "tags"),
        ("datapoint:\n  id: !secret x\n", "2:7", "tags"),
        ('datapoint:\n  id: a\n  definition: "a\\0b"\n', "3:15", "U+0000"),
        ("datapoint:\n\tid: a\n", "2:1", "cannot start any token"),
        ("datapoint:\n  id: a\n  definition: \0\n", "3:15", "U+0000"),
        ("datapoint:\n  id: caf\xe9\n".encode("latin-1"), "2:10", "not UTF-8"),
        ("datapoint:\n  a: " + "[" * 100_000, "2:24", "nested deeper"),
        ("datapoint:\n  ? [a]\n  : 1\n", "2:5", "a key must be a word"),
        (
            "datapoint:\n  id: a\n  kind: metric\n  execution:\n    type: ratio\n    numerator: b\n",
            "4:3",
            "needs `denominator`",
        ),
        (
            "datapoint:\n  id: a\n  kind: metric\n  execution:\n    type: simple\n    measure:\n      agregate: sum\n",
            "7:7",
            "unknown key `agregate`",
        ),
        (
            "datapoint:\n  id: a\n  kind: metric\n  execution:\n    measure: {aggregate: sum, table: t}\n",
            "5:5",
            "needs an `expression`",
        ),
    ],
)
def test_what_is_wrong_and_where(tmp_path: Path, text: str | bytes, place: str, words: str) -> None:
    found = findings(written(tmp_path, text))
    told = [each.told() for each in found if words in each.message]
    assert told, [each.told() for each in found]
    assert f"one.yaml:{place}: error" in told[0]


def test_all_that_is_wrong_is_told_at_once_with_the_nearest_word(tmp_path: Path) -> None:
    text = "datapoint:\n  id: a\n  kind: table\n  table: t\n  grian: x\n  columns:\n    - {name: b, uint: c}\n"
    found = findings(written(tmp_path, text))
    assert [(each.line, each.hint) for each in found] == [(5, "Did you mean `grain`?"), (7, "Did you mean `unit`?")]


def test_a_users_file_wins_over_a_managed_one_and_that_is_said(tmp_path: Path) -> None:
    written(tmp_path, GOOD, "managed/good.yaml")
    written(tmp_path, GOOD.replace("Something", "My own"), "user/deep/good.yml")
    folder = read_folder(tmp_path)
    assert [each.definition for each in folder.datapoints] == ["My own good."]
    assert [(each.severity, each.rule) for each in folder.findings] == [("warning", "overruled")]


def test_two_of_one_id_are_told(tmp_path: Path) -> None:
    written(tmp_path, GOOD, "user/a.yaml")
    written(tmp_path, GOOD, "user/b.yaml")
    folder = read_folder(tmp_path)
    assert [(each.rule, Path(each.path).name, each.line) for each in folder.findings] == [("duplicate_id", "b.yaml", 2)]


def metric(id: str, *inputs: str) -> str:
    """A metric that is calculated from others."""
    listed = ", ".join(inputs)
    return (
        f"datapoint:\n  id: {id}\n  kind: metric\n  execution:\n    type: derived\n"
        f"    expr: '1'\n    metrics: [{listed}]\n"
    )


def test_circles_and_references_that_lead_nowhere_are_told_and_left_out(tmp_path: Path) -> None:
    for id, inputs in {"a": ["b"], "b": ["c"], "c": ["a"], "d": ["nobody"], "e": ["good"]}.items():
        written(tmp_path, metric(id, *inputs), f"{id}.yaml")
    written(tmp_path, GOOD, "good.yaml")
    folder = checked(read_folder(tmp_path))
    assert sorted(each.id for each in folder.datapoints) == ["e", "good"]
    told = {each.rule: each for each in folder.findings}
    assert {*told["cycle"].message.rpartition(": ")[2].split(" -> ")} == {"a", "b", "c"}
    assert (told["dangling"].message, told["dangling"].line) == ("there is no DataPoint `nobody`", 7)


def test_a_dependency_that_is_only_told_of_may_be_written_later(tmp_path: Path) -> None:
    written(tmp_path, GOOD + "  relationships:\n    depends_on:\n      - id: later\n")
    folder = checked(read_folder(tmp_path))
    assert ([each.severity for each in folder.findings], len(folder.filed)) == (["warning"], 1)


POISON = {
    "huge.yaml": b"datapoint:\n  id: a\n  definition: " + b"x" * 50_000_000,
    "nested.yaml": b"datapoint: " + b"[" * 100_000,
    "flow.yaml": b"datapoint: " + b"{a: " * 60_000,
    "anchors.yaml": b"a: &a [x,x]\n" + b"".join(b"b%d: &b%d [*a,*a]\n" % (n, n) for n in range(99)),
    "loop.yaml": b"datapoint: &a\n  b: *a\n",
    "tag.yaml": b"datapoint: !!python/object/apply:os.system ['touch /tmp/owned']\n",
    "nul.yaml": b"datapoint:\n  id: a\0\n",
    "latin.yaml": b"datapoint:\n  id: \xe9\xff\n",
    "twice.yaml": b"datapoint:\n  id: a\n  id: b\n",
    "keys.yaml": b"datapoint:\n" + b"".join(b"  k%d: 1\n" % n for n in range(20_000)),
    "quotes.yaml": b"datapoint: '" + b"''" * 100_000,
    "number.yaml": b"datapoint:\n  id: " + b"9" * 200_000,
}


def test_poisoned_files_are_refused_at_once_and_the_others_load(tmp_path: Path) -> None:
    written(tmp_path, GOOD, "zz.yaml")
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "nowhere.yaml").symlink_to(tmp_path / "gone")
    for name, content in POISON.items():
        path = written(tmp_path, content, name)
        start = process_time()
        found = findings(path)
        assert process_time() - start < 1, name
        assert found[0].path == str(path), name
        assert len(found[0].told()) < 1_000
    folder = read_folder(tmp_path)
    assert [each.id for each in folder.datapoints] == ["good"]
    told = {Path(each.path).name for each in folder.findings}
    assert told == {*POISON, "pipe.yaml", "nowhere.yaml"}
    assert not Path("/tmp/owned").exists()


def test_a_poisoned_file_takes_little_memory(tmp_path: Path) -> None:
    for name, content in POISON.items():
        written(tmp_path, content, name)
    program = (
        "import resource, sys; from pathlib import Path; from datapoints.kinds import kinds; kinds();"
        "from datapoints.files import read_folder; before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss;"
        "read_folder(Path(sys.argv[1])); print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], cwd=ROOT, capture_output=True, check=True)
    unit = 1 if sys.platform == "darwin" else 1024
    assert int(done.stdout) * unit < 100_000_000


texts = some.text(some.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=80)


@settings(max_examples=200, deadline=None)
@given(name=texts.filter(bool), definition=texts, synonyms=some.lists(texts, max_size=3))
def test_any_text_survives_its_file(
    tmp_path_factory: pytest.TempPathFactory, name: str, definition: str, synonyms: list[str]
) -> None:
    it: Fact = datapoint_of(
        {"id": "a", "kind": "concept", "name": name, "definition": definition, "synonyms": [*synonyms]}
    )
    path = tmp_path_factory.mktemp("any") / "a.yaml"
    write(it, path)
    assert one(path) == it, yaml_of(it)


def test_a_disk_that_is_full_leaves_the_old_file(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD, "good.yaml")
    program = (
        "import resource, sys; from pathlib import Path; from core.errors import UpstreamError;"
        "from datapoints.kinds import datapoint_of; from datapoints.writing import write;"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try: write(datapoint_of({'id': 'good', 'kind': 'concept', 'definition': 'x ' * 5000}), Path(sys.argv[1]))\n"
        "except UpstreamError as error: print(error.message)"
    )
    done = subprocess.run([sys.executable, "-c", program, str(path)], cwd=ROOT, capture_output=True, check=True)
    assert b"cannot be written" in done.stdout
    assert path.read_text() == GOOD
    assert [each.name for each in tmp_path.iterdir()] == ["good.yaml"]


def test_one_says_the_first_thing(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="kind"):
        one(written(tmp_path, "datapoint:\n  id: a\n"))
