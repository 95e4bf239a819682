-- id, hours from ordered_at to ordered_at and seconds from ordered_at to ordered_at of orders

-- sqlite
SELECT id, CAST((CAST(STRFTIME('%s', ordered_at) AS INTEGER) - CAST(STRFTIME('%s', ordered_at) AS INTEGER)) AS REAL) / 3600 AS hours, CAST(STRFTIME('%s', ordered_at) AS INTEGER) - CAST(STRFTIME('%s', ordered_at) AS INTEGER) AS seconds FROM orders;

-- postgres
SELECT id, CAST((EXTRACT(EPOCH FROM ordered_at) - EXTRACT(EPOCH FROM ordered_at)) AS DOUBLE PRECISION) / 3600 AS hours, EXTRACT(EPOCH FROM ordered_at) - EXTRACT(EPOCH FROM ordered_at) AS seconds FROM orders;

-- duckdb
SELECT id, CAST((EPOCH(ordered_at) - EPOCH(ordered_at)) AS DOUBLE) / 3600 AS hours, EPOCH(ordered_at) - EPOCH(ordered_at) AS seconds FROM orders;

-- mysql
SELECT id, CAST((TIMESTAMPDIFF(SECOND, ordered_at, ordered_at)) AS DOUBLE) / 3600 AS hours, TIMESTAMPDIFF(SECOND, ordered_at, ordered_at) AS seconds FROM orders;

-- clickhouse
SELECT id, CAST((DATE_DIFF(SECOND, ordered_at, ordered_at)) AS Nullable(Float64)) / 3600 AS hours, DATE_DIFF(SECOND, ordered_at, ordered_at) AS seconds FROM orders;

-- bigquery
SELECT id, CAST((DATETIME_DIFF(CAST(ordered_at AS DATETIME), CAST(ordered_at AS DATETIME), SECOND)) AS FLOAT64) / 3600 AS hours, DATETIME_DIFF(CAST(ordered_at AS DATETIME), CAST(ordered_at AS DATETIME), SECOND) AS seconds FROM orders;

-- snowflake
SELECT "id", CAST((DATEDIFF(SECOND, "ordered_at", "ordered_at")) AS DOUBLE) / 3600 AS "hours", DATEDIFF(SECOND, "ordered_at", "ordered_at") AS "seconds" FROM "orders";

-- trino
SELECT id, CAST((DATE_DIFF('SECOND', CAST(ordered_at AS TIMESTAMP), CAST(ordered_at AS TIMESTAMP))) AS DOUBLE) / 3600 AS hours, DATE_DIFF('SECOND', CAST(ordered_at AS TIMESTAMP), CAST(ordered_at AS TIMESTAMP)) AS seconds FROM orders;

-- redshift
SELECT id, CAST((DATEDIFF(SECOND, ordered_at, ordered_at)) AS DOUBLE PRECISION) / 3600 AS hours, DATEDIFF(SECOND, ordered_at, ordered_at) AS seconds FROM orders;
