SELECT strftime('%Y-%m', day) AS month, sum(amount) FROM sales GROUP BY month
SELECT date('now', '-30 days'), datetime('now'), julianday('now'), unixepoch('now')
SELECT name FROM clients WHERE name GLOB 'A*' OR name LIKE 'b%' ESCAPE '\'
SELECT json_extract(profile, '$.city'), profile ->> '$.zip', profile -> 'a' FROM clients
SELECT j.value FROM clients, json_each(clients.profile, '$.tags') j
SELECT key, value FROM clients, json_each(profile)
SELECT group_concat(name, ', '), total(id), iif(1 > 0, 'a', 'b'), ifnull(NULL, 1) FROM clients
SELECT printf('%05d', id), instr(name, 'a'), hex(name), typeof(id), quote(name) FROM clients
SELECT rowid, * FROM clients WHERE rowid > 5
WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c LIMIT 100) SELECT sum(n) FROM c
SELECT * FROM clients WHERE name = "Anna"
SELECT [order], `order`, "Mixed Name" FROM goods
SELECT name COLLATE NOCASE FROM clients ORDER BY name COLLATE NOCASE
SELECT count(*) FILTER (WHERE amount > 5), max(amount, 0) FROM sales
SELECT * FROM main.clients
SELECT id, sum(amount) OVER (ORDER BY id GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM sales
SELECT (id, name) = (1, 'x') FROM clients
SELECT 1 IS NOT 2, 1 == 1, 1 <> 2, 'a' || 'b', 5 % 2, 1 << 2, ~1
SELECT * FROM clients NATURAL JOIN (SELECT 1 AS id)
VALUES (1), (2)
EXPLAIN QUERY PLAN SELECT * FROM clients
SELECT CAST(amount AS REAL), CAST(id AS TEXT) FROM sales
SELECT * FROM (SELECT * FROM sales ORDER BY amount LIMIT 10 OFFSET 2)
SELECT x'ABCD', 0x1F, 1e3, .5
