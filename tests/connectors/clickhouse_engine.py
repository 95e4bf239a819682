"""What both doors to ClickHouse are tested with: the shop, values of every type, statements to be refused."""

from collections.abc import Sequence

from tests.connectors.engine import Engine, Facts, Sample


class ClickHouseEngine(Engine):
    """ClickHouse has no keys that identify rows, and a column is nullable only when its type says so."""

    dialect = "clickhouse"
    facts = Facts(schema="shop", primary_keys=None, unique_keys=None, foreign_keys=False)
    slow = "SELECT count() FROM numbers(1000000000000) WHERE sipHash64(number) % 7 = 1"
    ten_million = "SELECT number, repeat('x', 100) FROM numbers(10000000)"
    cites_value = "SELECT toInt32(assumeNotNull(secret)) FROM customers"
    wide = "repeat(repeat('x', 1000), toUInt64({length} / 1000))"
    gaps = {"test_same_name_twice": "ClickHouse allows an alias only once"}
    writes = (
        *Engine.writes,
        "TRUNCATE TABLE customers",
        "CREATE TEMPORARY TABLE eve (id Int8)",
        "SET readonly = 0",
        "SELECT 1 SETTINGS readonly = 0",
        "KILL QUERY WHERE 1",
        "/* /* */ select */ KILL QUERY WHERE 1",
        "SYSTEM FLUSH LOGS",
        "SELECT * FROM file('/etc/passwd', LineAsString)",
        "SELECT * FROM url('http://127.0.0.1:1/', LineAsString)",
        "SELECT * FROM remote('127.0.0.1', 'shop', 'customers')",
        "SELECT 1 INTO OUTFILE '/tmp/eve'",
    )
    samples = (
        Sample("1", 1, "integer"),
        Sample("toInt64(9007199254740993)", "9007199254740993", "integer"),
        Sample("toUInt256('1' || repeat('0', 70))", "1" + "0" * 70, "integer"),
        Sample("toInt128(-5)", -5, "integer"),
        Sample("true", True, "boolean"),
        Sample("1.5", 1.5, "float"),
        Sample("toFloat32(0.1)", 0.1, "float"),
        Sample("toBFloat16(1.5)", 1.5, "float"),
        Sample("nan", "NaN", "float"),
        Sample("-inf", "-Infinity", "float"),
        Sample("toDecimal64(1.50, 2)", 1.5, "decimal"),
        Sample("toDecimal256('123456789012345678.125', 9)", "123456789012345678.125000000", "decimal"),
        Sample("'é 🐘'", "é 🐘", "text"),
        Sample("unhex('ff00')", "\\xff00", "text"),
        Sample("toFixedString('ab', 4)", "ab", "text"),
        Sample("toLowCardinality('x')", "x", "text"),
        Sample("CAST('b', 'Enum8(\\'a\\' = 1, \\'b\\' = 2)')", "b", "text"),
        Sample("CAST('b', 'Enum16(\\'a\\' = 1, \\'b\\' = 2000)')", "b", "text"),
        Sample("toIPv4('1.2.3.4')", "1.2.3.4", "text"),
        Sample("toIPv6('::1')", "::1", "text"),
        Sample("toUUID('61f0c404-5cb3-11e7-907b-a6006ad3dba0')", "61f0c404-5cb3-11e7-907b-a6006ad3dba0", "uuid"),
        Sample("CAST(NULL, 'Nullable(Int8)')", None, "integer"),
        Sample("NULL", None, "unknown"),
        Sample("toDate('2024-02-29')", "2024-02-29", "date"),
        Sample("toDate32('1900-01-01')", "1900-01-01", "date"),
        Sample("toDateTime('2024-02-29 12:34:56')", "2024-02-29T12:34:56", "timestamp"),
        Sample("toDateTime('2024-02-29 12:34:56', 'Asia/Tokyo')", "2024-02-29T12:34:56+09:00", "timestamptz"),
        Sample("toDateTime64('2024-02-29 12:34:56.5', 3, 'UTC')", "2024-02-29T12:34:56.500000+00:00", "timestamptz"),
        Sample(
            "toDateTime64('2024-02-29 12:34:56.123456789', 9, 'Europe/Berlin')",
            "2024-02-29T12:34:56.123456789+01:00",
            "timestamptz",
        ),
        Sample("[toDateTime('2024-02-29 12:34:56', 'UTC')]", ["2024-02-29T12:34:56+00:00"], "array"),
        Sample("toIntervalDay(3)", "P3D", "interval"),
        Sample("toIntervalQuarter(2)", "P6M", "interval"),
        Sample("toIntervalMillisecond(-1500)", "PT-1.5S", "interval"),
        Sample("[[1], []]", [[1], []], "array"),
        Sample("(1, 'a')", [1, "a"], "struct"),
        Sample("CAST((1, 'x'), 'Tuple(a Int8, `b c` String)')", {"a": 1, "b c": "x"}, "struct"),
        Sample("CAST([(1, 'x')], 'Nested(a Int8, b String)')", [{"a": 1, "b": "x"}], "array"),
        Sample("map('a', [1], 'b', [])", {"a": [1], "b": []}, "map"),
        Sample("map(toDate('2024-02-29'), 1)", {"2024-02-29": 1}, "map"),
        Sample("""'{"a": [1, {"b": "é"}], "c": null}'::JSON""", {"a": [1, {"b": "é"}]}, "json"),
        Sample("42::Int64::Dynamic", 42, "json"),
        Sample("multiIf(1, 'x'::Variant(Int8, String), NULL)", "x", "json"),
        Sample("CAST((1, 2), 'Point')", [1, 2], "struct"),
        Sample("CAST([(1, 2), (3, 4)], 'Ring')", [[1, 2], [3, 4]], "array"),
    )

    def second_schema(self) -> tuple[str, Sequence[str]]:
        table = "CREATE TABLE elsewhere.customers (id Int64, moved Date) ENGINE = MergeTree ORDER BY id"
        return "elsewhere", ("CREATE DATABASE elsewhere", table)

    def shop(self) -> Sequence[str]:
        return SHOP


SHOP = (
    "CREATE TABLE customers (id Int64, name String, email Nullable(String) COMMENT 'Where to write',"
    " city Nullable(String) DEFAULT 'Berlin', secret Nullable(String)) ENGINE = MergeTree ORDER BY id"
    " COMMENT 'People who buy'",
    "CREATE TABLE orders (id Int64, customer_id Nullable(Int64), amount Decimal(12, 2),"
    " placed Nullable(DateTime)) ENGINE = MergeTree ORDER BY id",
    "CREATE TABLE lines (order_id Int64, line Int64) ENGINE = MergeTree ORDER BY (order_id, line)",
    "INSERT INTO customers VALUES (1, 'Ada', 'ada@example.com', 'London', 'secret-1'),"
    " (2, 'Grace', 'grace@example.com', 'New York', 'secret-2'), (3, 'Linus', NULL, 'Helsinki', 'secret-3')",
    "INSERT INTO orders VALUES (1, 1, 10.00, '2026-01-01 10:00:00'), (2, 1, 20.50, '2026-01-02 11:30:00'),"
    " (3, 2, 99.99, '2026-02-03 00:00:00'), (4, 3, 0.01, NULL)",
    "CREATE VIEW spenders AS SELECT name, sum(amount) AS total FROM customers"
    " JOIN orders ON customers.id = customer_id GROUP BY name",
)
