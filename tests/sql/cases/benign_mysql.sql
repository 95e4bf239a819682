SELECT DATE_FORMAT(day, '%Y-%m') AS month, SUM(amount) FROM sales GROUP BY month ORDER BY month
SELECT * FROM sales WHERE day >= DATE_SUB(CURDATE(), INTERVAL 30 DAY)
SELECT GROUP_CONCAT(DISTINCT name ORDER BY name SEPARATOR ', ') FROM clients GROUP BY country
SELECT IF(amount > 10, 'x', 'y'), IFNULL(note, ''), NULLIF(state, '') FROM sales
SELECT `order`, `Mixed Name` FROM goods
SELECT name FROM clients LIMIT 5, 10
SELECT YEAR(day), MONTH(day), DAYOFWEEK(day), WEEK(day), QUARTER(day) FROM sales
SELECT DATEDIFF(NOW(), day), TIMESTAMPDIFF(MONTH, day, NOW()), LAST_DAY(day) FROM sales
SELECT CONCAT(name, ' <', email, '>'), SUBSTRING_INDEX(email, '@', -1), LPAD(id, 5, '0') FROM clients
SELECT name FROM clients WHERE name RLIKE '^A' OR name REGEXP 'b$'
SELECT JSON_EXTRACT(profile, '$.city'), profile->>'$.zip', JSON_UNQUOTE(profile->'$.a') FROM clients
SELECT jt.sku FROM sales, JSON_TABLE(details, '$.items[*]' COLUMNS (sku VARCHAR(20) PATH '$.sku')) AS jt
SELECT name, RANK() OVER (ORDER BY wage DESC) FROM staff
WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 10) SELECT i FROM n
SELECT COUNT(*) FROM sales WHERE state = "paid"
SELECT 'it\'s; DROP TABLE x' AS t
SELECT CAST(amount AS SIGNED), CONVERT(amount, CHAR), CAST(day AS DATETIME) FROM sales
SELECT STRAIGHT_JOIN c.name FROM clients c JOIN sales s ON s.client_id = c.id
SELECT SQL_NO_CACHE COUNT(*) FROM clients
SELECT country, COUNT(*) FROM clients GROUP BY country WITH ROLLUP
SELECT c.name FROM clients c USE INDEX (PRIMARY) WHERE id > 1
SELECT COUNT(*) FROM clients # all of them
SELECT amount DIV 10, amount MOD 3, amount % 3, NOT active FROM sales JOIN clients ON client_id = clients.id
SELECT * FROM clients WHERE email <=> NULL
SELECT FIELD(state, 'a', 'b'), FIND_IN_SET('a', note), ELT(1, 'a', 'b') FROM sales ORDER BY FIELD(state, 'a', 'b')
SELECT STR_TO_DATE('2024-01-01', '%Y-%m-%d'), UNIX_TIMESTAMP(), FROM_UNIXTIME(0), SEC_TO_TIME(90)
SELECT 1 FROM DUAL
DESCRIBE sales
SHOW COLUMNS FROM sales
SHOW TABLES
EXPLAIN SELECT * FROM sales
EXPLAIN FORMAT=JSON SELECT * FROM sales
SELECT MATCH(note) AGAINST ('late' IN BOOLEAN MODE) FROM sales
SELECT INET_NTOA(1), HEX('a'), CRC32('a'), MD5('a'), UUID(), FORMAT(1.5, 1), TRUNCATE(1.55, 1), BIT_COUNT(3)
SELECT id FROM clients WHERE (country, active) IN (('DE', 1), ('FR', 1))
