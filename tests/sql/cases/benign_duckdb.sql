FROM clients
FROM clients SELECT name WHERE id > 1
SELECT * EXCLUDE (email) FROM clients
SELECT * REPLACE (upper(name) AS name) FROM clients
SELECT COLUMNS('.*_id') FROM sales
SELECT country, count(*) FROM clients GROUP BY ALL ORDER BY ALL
SELECT date_trunc('month', day) AS m, sum(amount) FROM sales GROUP BY m QUALIFY row_number() OVER (ORDER BY sum(amount) DESC) <= 3
PIVOT sales ON state USING sum(amount) GROUP BY client_id
SELECT * FROM (PIVOT sales ON state USING count(*))
UNPIVOT lines ON quantity, price INTO NAME what VALUE much
SELECT list_transform(tags, lambda x: upper(x)), list_filter(tags, lambda x: x <> 'a'), len(tags) FROM clients
SELECT [upper(t) FOR t IN tags IF t <> 'b'] FROM clients
SELECT unnest(tags) AS tag FROM clients
SELECT c.name, u.tag FROM clients c, unnest(c.tags) AS u(tag)
SELECT {'a': 1, 'b': name} AS s, MAP {'x': 1}, [1, 2, 3] FROM clients
SELECT s.a FROM (SELECT {'a': 1} AS s) t
SELECT strftime(day, '%Y-%m'), day + INTERVAL 1 MONTH, date_diff('day', day, today()) FROM sales
SELECT arg_max(name, wage), max_by(name, wage), median(wage), quantile_cont(wage, 0.9), approx_count_distinct(team) FROM staff
SELECT * FROM sales ASOF JOIN staff ON sales.day >= staff.since
SELECT * FROM range(10) t(i)
SELECT * FROM generate_series(1, 10)
SELECT i FROM range(date '2024-01-01', date '2024-02-01', interval 1 day) r(i)
SELECT * FROM clients USING SAMPLE 10%
SELECT * FROM clients TABLESAMPLE reservoir(10 ROWS)
SELECT profile->>'$.city', json_extract_string(profile, '$.a') FROM clients
SELECT name.upper().substr(1, 2) FROM clients
SELECT regexp_extract(email, '@(.*)', 1), string_split(email, '@')[2], name[1:3] FROM clients
SELECT 10 // 3, 2 ** 3, 'a' ~~ 'b', 5 % 3, 7 & 3
SELECT TRY_CAST(note AS INTEGER), note::BIGINT FROM sales
SELECT sum(amount) FILTER (state = 'paid') FROM sales
SELECT c.* FROM clients c SEMI JOIN sales s ON c.id = s.client_id
SELECT * FROM clients ANTI JOIN sales ON clients.id = sales.client_id
SELECT name, amount FROM clients POSITIONAL JOIN sales
SELECT id FROM clients UNION ALL BY NAME SELECT id, title FROM goods
SUMMARIZE clients
DESCRIBE clients
DESCRIBE SELECT 1
SHOW TABLES
EXPLAIN SELECT 1
SELECT $$dollar$$, 'x' COLLATE NOCASE, E'\n'
SELECT if(1 > 0, 1, 2), ifnull(note, ''), coalesce(note, 'x') FROM sales
SELECT histogram(state), list(state), string_agg(state, ','), first(state), any_value(state) FROM sales
SELECT rowid, name FROM clients
SELECT 1_000_000
SELECT alias_of_amount + 1 FROM (SELECT amount AS alias_of_amount FROM sales)
SELECT amount AS a, a * 2 AS b FROM sales WHERE a > 1
SELECT name FROM clients USING SAMPLE reservoir(20 ROWS) REPEATABLE (42)
