SELECT date_trunc('week', sold_at) AS week, count(*) FROM sales GROUP BY 1 ORDER BY 1
SELECT to_char(day, 'YYYY-MM') AS month, sum(amount) FILTER (WHERE state = 'paid') AS paid FROM sales GROUP BY 1
SELECT * FROM sales WHERE sold_at >= now() - interval '30 days'
SELECT extract(year FROM day)::int AS year, percentile_cont(0.5) WITHIN GROUP (ORDER BY amount) FROM sales GROUP BY 1
SELECT DISTINCT ON (client_id) client_id, id, amount FROM sales ORDER BY client_id, sold_at DESC
SELECT c.name, t.tag FROM clients c, unnest(c.tags) AS t(tag)
SELECT c.name, tag FROM clients c CROSS JOIN LATERAL unnest(c.tags) WITH ORDINALITY AS u(tag, place)
SELECT profile->>'city' AS city, profile->'address'->>'zip', profile #>> '{a,b}' FROM clients WHERE profile @> '{"vip": true}'
SELECT jsonb_array_elements(details->'items')->>'sku' FROM sales
SELECT e.value->>'sku' FROM sales s, jsonb_array_elements(s.details->'items') AS e
SELECT k.key, count(*) FROM clients c, jsonb_each_text(c.profile) k GROUP BY k.key
SELECT d::date, count(s.id) FROM generate_series('2024-01-01'::date, '2024-12-31', '1 day') AS d LEFT JOIN sales s ON s.day = d GROUP BY 1
SELECT n FROM generate_series(1, 100) n
WITH RECURSIVE chain(id, boss_id, depth) AS (SELECT id, boss_id, 0 FROM staff WHERE boss_id IS NULL UNION ALL SELECT s.id, s.boss_id, c.depth + 1 FROM staff s JOIN chain c ON s.boss_id = c.id) SELECT depth, count(*) FROM chain GROUP BY depth
SELECT string_agg(name, ', ' ORDER BY name) FROM clients GROUP BY country
SELECT array_agg(DISTINCT state) FROM sales
SELECT name ILIKE '%corp%' OR name ~ '^[A-Z]' OR name SIMILAR TO '(a|b)%' FROM clients
SELECT country, kind, sum(l.price) FROM clients c JOIN sales s ON s.client_id = c.id JOIN lines l ON l.sale_id = s.id JOIN goods g ON g.id = l.product_id GROUP BY GROUPING SETS ((country), (kind), ())
SELECT country, grouping(country) FROM clients GROUP BY ROLLUP (country)
SELECT "order", "Mixed Name" FROM goods
SELECT public.clients.name FROM public.clients
SELECT coalesce(sum(amount), 0)::numeric(12, 2) FROM sales WHERE day = current_date - 1
SELECT row_to_json(c) FROM clients c LIMIT 5
SELECT c FROM clients c
SELECT json_build_object('n', name, 'e', email) FROM clients
SELECT id FROM clients EXCEPT SELECT client_id FROM sales
SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS v(id, label) JOIN clients USING (id)
VALUES (1, 2), (3, 4)
TABLE clients
SELECT width_bucket(amount, 0, 1000, 10), count(*) FROM sales GROUP BY 1
SELECT regexp_replace(name, '[^a-z]', '', 'gi'), split_part(email, '@', 2) FROM clients
SELECT age(joined), date_part('month', joined), make_date(2024, 1, 1) FROM clients
SELECT sum(amount) OVER w, avg(amount) OVER w FROM sales WINDOW w AS (PARTITION BY client_id ORDER BY day RANGE BETWEEN INTERVAL '7 days' PRECEDING AND CURRENT ROW)
SELECT id FROM clients ORDER BY name COLLATE "C" NULLS LAST FETCH FIRST 5 ROWS ONLY
SELECT amount AT TIME ZONE 'UTC' FROM (SELECT sold_at AS amount FROM sales) s
SELECT corr(amount, id), regr_slope(amount, id), stddev_pop(amount), mode() WITHIN GROUP (ORDER BY state) FROM sales
SELECT to_tsvector('english', note) @@ plainto_tsquery('english', 'late') FROM sales
SELECT E'tab\there', $$quoted 'text'$$, $x$more$x$, B'101', X'1F'
SELECT 'a' || 'b' || name, md5(email), encode(sha256(email::bytea), 'hex') FROM clients
SELECT x.count FROM (SELECT count(*) FROM clients) x
EXPLAIN SELECT * FROM clients
EXPLAIN (FORMAT JSON, VERBOSE) SELECT * FROM clients
SELECT /* outer /* inner */ still comment */ 1
SELECT s.id, r.total FROM sales s JOIN LATERAL (SELECT sum(quantity * price) AS total FROM lines l WHERE l.sale_id = s.id) r ON true
SELECT CASE WHEN 'vip' = ANY(tags) THEN 1 ELSE 0 END, array_length(tags, 1), tags[1], tags[1:2] FROM clients
SELECT * FROM clients TABLESAMPLE SYSTEM (10)
SELECT id, amount - lag(amount) OVER (ORDER BY day) AS delta FROM sales ORDER BY abs(amount) DESC
SELECT greatest(day, current_date), least(amount, 5), pi(), random(), gen_random_uuid() FROM sales
SELECT lines FROM lines
SELECT tsrange(sold_at, sold_at + interval '1 hour') && tsrange(now()::timestamp, NULL) FROM sales
SELECT c.name, t.tag FROM clients c CROSS JOIN LATERAL unnest(c.tags) WITH ORDINALITY AS t(tag, pos) WHERE t.pos = 1
SELECT name FROM clients TABLESAMPLE SYSTEM (10) REPEATABLE (42)
