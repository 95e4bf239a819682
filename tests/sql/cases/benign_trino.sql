SELECT date_trunc('month', day), date_add('day', -7, current_date), date_diff('day', day, current_date), date_format(sold_at, '%Y-%m') FROM sales
SELECT approx_distinct(client_id), approx_percentile(amount, 0.9), max_by(state, amount), count_if(amount > 1), arbitrary(state) FROM sales
SELECT t.tag FROM clients CROSS JOIN UNNEST(tags) AS t (tag)
SELECT t.tag, t.n FROM clients CROSS JOIN UNNEST(tags) WITH ORDINALITY AS t (tag, n)
SELECT transform(tags, x -> upper(x)), filter(tags, x -> x <> 'a'), reduce(ARRAY[1, 2], 0, (s, x) -> s + x, s -> s), cardinality(tags) FROM clients
SELECT json_extract_scalar(profile, '$.city'), json_query(profile, 'lax $.a'), CAST(json_parse('[1]') AS ARRAY(INTEGER)) FROM clients
SELECT try_cast(note AS integer), try(1 / 0), coalesce(note, ''), if(amount > 1, 'a', 'b') FROM sales
SELECT regexp_extract(email, '@(.*)', 1), split(email, '@')[2], regexp_like(name, 'a'), strpos(name, 'a') FROM clients
SELECT listagg(name, ',') WITHIN GROUP (ORDER BY name), array_agg(name ORDER BY name), map_agg(id, name) FROM clients
SELECT DATE '2024-01-01' + INTERVAL '1' DAY, TIMESTAMP '2024-01-01 00:00:00', from_unixtime(0), to_unixtime(now())
SELECT * FROM clients TABLESAMPLE BERNOULLI (10)
SELECT id FROM clients FETCH FIRST 5 ROWS ONLY
SELECT id FROM clients OFFSET 5 LIMIT 5
SELECT country, count(*) FROM clients GROUP BY GROUPING SETS ((country), ())
SELECT count(*) FILTER (WHERE active) FROM clients
SELECT ROW(1, 'a'), MAP(ARRAY['a'], ARRAY[1])['a'], element_at(tags, 1) FROM clients
SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS t (x, y)
SELECT x FROM UNNEST(sequence(1, 10)) AS t (x)
SELECT "order", "Mixed Name" FROM goods
SELECT sold_at AT TIME ZONE 'Europe/Berlin' FROM sales
WITH RECURSIVE t (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM t WHERE n < 10) SELECT sum(n) FROM t
SELECT format('%s-%s', name, country), url_extract_host(email), to_hex(md5(to_utf8(name))) FROM clients
SELECT a.id FROM clients a WHERE EXISTS (SELECT 1 FROM sales b WHERE b.client_id = a.id)
EXPLAIN SELECT 1
EXPLAIN (TYPE LOGICAL) SELECT 1
SHOW COLUMNS FROM clients
DESCRIBE clients
