SELECT count(*) FROM ds.clients
SELECT name FROM `ds.clients`
SELECT name FROM `p.ds.clients` AS c WHERE c.id > 1
SELECT FORMAT_DATE('%Y-%m', day) AS m, SUM(amount) FROM ds.sales GROUP BY m
SELECT DATE_TRUNC(day, MONTH), DATE_DIFF(CURRENT_DATE(), day, DAY), DATE_SUB(day, INTERVAL 1 WEEK), EXTRACT(YEAR FROM day) FROM ds.sales
SELECT tag FROM ds.clients, UNNEST(tags) AS tag WITH OFFSET AS place WHERE place < 3
SELECT c.name, t FROM ds.clients AS c CROSS JOIN UNNEST(c.tags) AS t
SELECT ARRAY_AGG(name ORDER BY joined LIMIT 3)[SAFE_OFFSET(0)] FROM ds.clients GROUP BY country
SELECT STRUCT(id, name AS n).n, [1, 2, 3][OFFSET(0)] FROM ds.clients
SELECT SAFE_DIVIDE(1, 0), SAFE_CAST('x' AS INT64), SAFE.SUBSTR('abc', 1), IFNULL(NULL, 1), IF(TRUE, 1, 2)
SELECT APPROX_COUNT_DISTINCT(client_id), COUNTIF(amount > 1), LOGICAL_OR(amount > 1), ANY_VALUE(state) FROM ds.sales
SELECT * EXCEPT (email) FROM ds.clients
SELECT * REPLACE (UPPER(name) AS name) FROM ds.clients
SELECT name FROM ds.clients QUALIFY ROW_NUMBER() OVER (PARTITION BY country ORDER BY joined DESC) = 1
SELECT JSON_VALUE(profile, '$.a'), JSON_EXTRACT_SCALAR(profile, '$.b'), profile.city FROM ds.clients
SELECT REGEXP_CONTAINS(name, r'^\w+'), REGEXP_EXTRACT(email, r'@(.+)'), SPLIT(email, '@')[OFFSET(1)] FROM ds.clients
SELECT d FROM UNNEST(GENERATE_DATE_ARRAY('2024-01-01', '2024-02-01')) AS d
WITH t AS (SELECT 1 AS x) SELECT X FROM T
SELECT PERCENTILE_CONT(amount, 0.5) OVER (PARTITION BY state) FROM ds.sales
SELECT TIMESTAMP_TRUNC(sold_at, HOUR), PARSE_DATE('%Y', '2024'), UNIX_SECONDS(TIMESTAMP '2024-01-01 00:00:00+00') FROM ds.sales
SELECT COUNT(*) FROM ds.sales WHERE DATE(_PARTITIONTIME) = '2024-01-01'
SELECT ds.clients.name FROM ds.clients
SELECT CAST(amount AS FLOAT64), CAST(id AS STRING), CAST('1' AS BIGNUMERIC) FROM ds.sales
SELECT """triple "quoted" text""", 'single\'s', b'bytes', r'\raw' # done
SELECT NET.HOST('http://a.b/c'), FARM_FINGERPRINT('x'), TO_HEX(MD5('x')), GENERATE_UUID()
SELECT * FROM (SELECT state, amount FROM ds.sales) PIVOT (SUM(amount) FOR state IN ('paid', 'open'))
SELECT id FROM ds.clients UNION DISTINCT SELECT client_id FROM ds.sales EXCEPT DISTINCT SELECT 1
SELECT country, COUNT(*) FROM ds.clients GROUP BY ROLLUP (country)
SELECT ARRAY(SELECT x FROM UNNEST([1, 2]) AS x), EXISTS(SELECT 1 FROM UNNEST(tags) AS t WHERE t = 'a') FROM ds.clients
SELECT ST_DISTANCE(ST_GEOGPOINT(0, 0), ST_GEOGPOINT(1, 1))
SELECT t FROM ds.clients AS c, c.tags AS t
