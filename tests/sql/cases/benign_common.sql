SELECT 1
SELECT count(*) FROM clients
SELECT id, name FROM clients WHERE country = 'DE' ORDER BY name LIMIT 10
SELECT DISTINCT country FROM clients
SELECT c.name, s.amount FROM clients c JOIN sales s ON s.client_id = c.id
SELECT c.name, s.amount FROM clients AS c LEFT JOIN sales AS s ON s.client_id = c.id WHERE s.id IS NULL
SELECT clients.name, sales.amount FROM clients INNER JOIN sales ON sales.client_id = clients.id
SELECT country, count(*) AS n, sum(s.amount) AS total FROM clients c JOIN sales s ON s.client_id = c.id GROUP BY country HAVING count(*) > 3 ORDER BY total DESC
SELECT state, avg(amount), min(amount), max(amount) FROM sales GROUP BY state
SELECT * FROM sales WHERE amount BETWEEN 10 AND 20 AND state IN ('paid', 'open') OR note IS NOT NULL
SELECT * FROM clients WHERE name LIKE 'A%' AND NOT (country = 'US')
SELECT CASE WHEN amount > 100 THEN 'big' WHEN amount > 10 THEN 'middle' ELSE 'small' END AS size, count(*) FROM sales GROUP BY CASE WHEN amount > 100 THEN 'big' WHEN amount > 10 THEN 'middle' ELSE 'small' END
SELECT name FROM clients WHERE id IN (SELECT client_id FROM sales WHERE amount > 50)
SELECT name FROM clients c WHERE NOT EXISTS (SELECT 1 FROM sales s WHERE s.client_id = c.id)
SELECT name, (SELECT max(amount) FROM sales s WHERE s.client_id = c.id) AS best FROM clients c
SELECT t.country, t.n FROM (SELECT country, count(*) AS n FROM clients GROUP BY country) t WHERE t.n > 2
WITH totals AS (SELECT client_id, sum(amount) AS total FROM sales GROUP BY client_id) SELECT c.name, t.total FROM totals t JOIN clients c ON c.id = t.client_id
WITH a AS (SELECT id FROM clients), b AS (SELECT id FROM a) SELECT count(*) FROM b
WITH sales AS (SELECT 1 AS id) SELECT id FROM sales
SELECT id FROM clients UNION ALL SELECT id FROM goods
SELECT id, name, row_number() OVER (PARTITION BY country ORDER BY joined) AS rn FROM clients
SELECT day, sum(amount) OVER (ORDER BY day ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS week FROM sales
SELECT id, lag(amount, 1) OVER (PARTITION BY client_id ORDER BY day) AS before, lead(amount) OVER (PARTITION BY client_id ORDER BY day) AS after FROM sales
SELECT upper(name), lower(email), length(name), trim(name), substring(name, 1, 3), replace(name, 'a', 'b') FROM clients
SELECT coalesce(note, 'none'), nullif(state, 'open') FROM sales
SELECT round(amount, 1), abs(amount), floor(amount), ceil(amount), sqrt(amount), power(amount, 2) FROM sales
SELECT cast(amount AS decimal(10, 2)), cast(id AS varchar(20)) FROM sales
SELECT count(DISTINCT client_id) FROM sales WHERE day >= '2024-01-01' AND day < '2025-01-01'
SELECT a.name, b.name FROM staff a JOIN staff b ON a.boss_id = b.id
SELECT s.id, l.quantity * l.price AS value, g.title FROM sales s JOIN lines l ON l.sale_id = s.id JOIN goods g ON g.id = l.product_id
SELECT c.id, s.id FROM clients c CROSS JOIN sales s WHERE c.id = s.client_id
SELECT * FROM big_sales
SELECT 'drop table clients; delete from sales -- not a comment' AS joke, count(*) FROM sales
SELECT count(*) /* update everything */ FROM clients
SELECT count(*) FROM clients -- delete it
SELECT count(*) FROM clients;
SELECT count(*) AS deleted_rows, sum(amount) AS updated FROM sales
SELECT sum(CASE WHEN state = 'paid' THEN amount ELSE 0 END) / nullif(sum(amount), 0) AS share FROM sales
SELECT x.id FROM (SELECT id FROM clients WHERE active = true) x JOIN (SELECT client_id FROM sales) y ON y.client_id = x.id
SELECT count(*) FROM (SELECT DISTINCT client_id, state FROM sales) q
SELECT dense_rank() OVER (ORDER BY wage DESC) AS place, name FROM staff
SELECT team, avg(wage) FROM staff GROUP BY team ORDER BY 2 DESC
SELECT name FROM staff WHERE wage > (SELECT avg(wage) FROM staff)
SELECT   c . name   FROM   clients   c
SELECT '/*! not a hint */' AS t, count(*) FROM clients
