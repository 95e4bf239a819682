SELECT toStartOfMonth(day) AS m, sum(amount) FROM sales GROUP BY m ORDER BY m
SELECT countIf(state = 'paid'), sumIf(amount, state = 'open'), avgOrNull(amount), uniqExact(client_id), uniq(client_id) FROM sales
SELECT quantile(0.9)(amount), quantiles(0.5, 0.9)(amount), quantileExact(0.5)(amount), topK(3)(state) FROM sales
SELECT argMax(name, wage), argMin(name, wage), groupArray(name), groupUniqArray(team), any(name) FROM staff
SELECT arrayJoin(tags) AS tag, count() FROM clients GROUP BY tag
SELECT name, tag FROM clients ARRAY JOIN tags AS tag
SELECT arrayMap(x -> upper(x), tags), arrayFilter(x -> x != 'a', tags), has(tags, 'b'), length(tags) FROM clients
SELECT if(amount > 10, 'x', 'y'), multiIf(amount > 10, 'a', amount > 5, 'b', 'c') FROM sales
SELECT toDate(sold_at), toYYYYMM(day), toDayOfWeek(day), formatDateTime(sold_at, '%Y-%m'), dateDiff('day', day, today()) FROM sales
SELECT * FROM sales WHERE day >= today() - INTERVAL 7 DAY
SELECT * FROM sales PREWHERE state = 'paid' WHERE amount > 1
SELECT * FROM sales FINAL
SELECT * FROM sales SAMPLE 0.1
SELECT client_id, day FROM sales ORDER BY day LIMIT 2 BY client_id
SELECT * FROM sales ORDER BY amount DESC LIMIT 5 WITH TIES
SELECT country, count() FROM clients GROUP BY country WITH TOTALS
SELECT JSONExtractString(toString(profile), 'city'), JSONHas(toString(profile), 'a') FROM clients
SELECT * EXCEPT (email) FROM clients
SELECT * REPLACE (upper(name) AS name) FROM clients
SELECT COLUMNS('id') FROM clients
SELECT sum(amount) AS total, total / count() AS mean FROM sales
WITH 10 AS n SELECT amount * n FROM sales
WITH (SELECT max(amount) FROM sales) AS top SELECT amount / top FROM sales
SELECT c.name FROM clients AS c ANY LEFT JOIN sales AS s ON s.client_id = c.id
SELECT c.name FROM clients AS c GLOBAL INNER JOIN sales AS s ON s.client_id = c.id
SELECT * FROM sales ASOF JOIN staff ON sales.client_id = staff.id AND sales.day >= staff.since
SELECT number FROM numbers(10)
SELECT toString(id), toInt32('1'), toFloat64OrNull('x'), CAST(id AS String), id::String FROM clients
SELECT (1, 'a').1, tuple(1, 2), map('a', 1)['a'], [1, 2][1]
SELECT extract(email, '@(.*)'), splitByChar('@', email)[2], match(email, 'a'), replaceRegexpAll(email, 'a', 'b') FROM clients
SELECT windowFunnel(3600)(sold_at, state = 'open', state = 'paid') FROM sales GROUP BY client_id
SELECT sumMap(map(state, 1)) FROM sales
SELECT sumState(amount) FROM sales
SELECT count() FROM sales FORMAT JSON
SELECT runningDifference(amount), neighbor(amount, 1), bar(amount, 0, 100, 10) FROM sales
SELECT id FROM clients WHERE id IN (1, 2) AND country NOT IN (SELECT 'x')
SELECT lagInFrame(amount) OVER (PARTITION BY client_id ORDER BY day ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM sales
SELECT geoDistance(0, 0, 1, 1), cityHash64('a'), domain('http://a.b'), IPv4NumToString(1)
SELECT day, sum(amount) FROM sales GROUP BY day ORDER BY day WITH FILL STEP 1
SELECT id AS x FROM clients WHERE x > 1
EXPLAIN SELECT 1
SHOW TABLES
DESCRIBE TABLE sales
SELECT `order`, "order" FROM goods
SELECT count() FROM default.sales
SELECT day, sum(amount) AS s FROM sales GROUP BY ALL ORDER BY ALL
