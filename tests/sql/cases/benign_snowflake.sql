SELECT DATE_TRUNC('month', day), DATEADD(day, -7, CURRENT_DATE), DATEDIFF('day', day, CURRENT_DATE()), TO_CHAR(day, 'YYYY-MM') FROM sales
SELECT IFF(amount > 1, 'a', 'b'), NVL(note, ''), ZEROIFNULL(amount), DIV0(amount, 0), DECODE(state, 'a', 1, 2) FROM sales
SELECT profile:city::string, profile['zip']::number, GET_PATH(profile, 'a.b') FROM clients
SELECT f.value::string FROM clients c, LATERAL FLATTEN(input => c.tags) f
SELECT f.key, f.value FROM clients c, TABLE(FLATTEN(c.profile)) f
SELECT name FROM clients QUALIFY ROW_NUMBER() OVER (PARTITION BY country ORDER BY joined) = 1
SELECT * EXCLUDE (email) FROM clients
SELECT * ILIKE '%id%' FROM sales
SELECT LISTAGG(name, ',') WITHIN GROUP (ORDER BY name) FROM clients
SELECT APPROX_COUNT_DISTINCT(id), MEDIAN(amount), ARRAY_AGG(state), OBJECT_AGG(state, amount), MAX_BY(id, amount) FROM sales
SELECT TRY_TO_NUMBER(note), TRY_CAST(note AS INT), TO_DATE('2024-01-01'), PARSE_JSON('{}') FROM sales
SELECT * FROM clients SAMPLE (10)
SELECT * FROM clients SAMPLE ROW (3)
SELECT SEQ4(), UNIFORM(1, 10, RANDOM()) FROM TABLE(GENERATOR(ROWCOUNT => 10))
SELECT "order", "Mixed Name" FROM goods
SELECT $$text with 'quotes'$$ AS t
SELECT COUNT(*) FROM clients // comment
SELECT * FROM (SELECT state, amount FROM sales) PIVOT (SUM(amount) FOR state IN ('paid', 'open')) AS p
SELECT name ILIKE ANY ('a%', 'b%'), RLIKE(name, 'x'), CONTAINS(name, 'a'), STARTSWITH(name, 'b') FROM clients
SELECT TOP 5 name FROM clients
SELECT amount AS a, a + 1 AS b FROM sales WHERE a > 3
SELECT PUBLIC.clients.name FROM PUBLIC.clients
SELECT SPLIT_PART(email, '@', 2), REGEXP_SUBSTR(email, '@.*'), ARRAY_SIZE(tags), ARRAY_CONTAINS('a'::variant, tags) FROM clients
SELECT DAYNAME(day), WEEKISO(day), LAST_DAY(day), MONTHS_BETWEEN(day, day), TIME_SLICE(sold_at, 5, 'MINUTE') FROM sales
SELECT HASH(name), MD5(name), SHA2(name), UUID_STRING(), ST_DISTANCE(ST_MAKEPOINT(0, 0), ST_MAKEPOINT(1, 1)) FROM clients
SELECT country, COUNT(*) FROM clients GROUP BY CUBE (country)
SELECT id FROM clients MINUS SELECT client_id FROM sales
SELECT RATIO_TO_REPORT(amount) OVER (PARTITION BY state), CONDITIONAL_TRUE_EVENT(amount > 1) OVER (ORDER BY day) FROM sales
SELECT TRANSFORM([1, 2], x -> x + 1), FILTER([1, 2], x -> x > 1)
SELECT count(*) FROM clients c NATURAL JOIN (SELECT id FROM clients)
SELECT SYS_CONNECT_BY_PATH(name, '/') FROM staff START WITH boss_id IS NULL CONNECT BY boss_id = PRIOR id
SELECT name FROM clients SAMPLE SYSTEM (3) SEED (82)
SELECT $1, $2 FROM (VALUES (1, 'a'), (2, 'b'))
SELECT name FROM clients ORDER BY ALL
DESCRIBE VIEW big_sales
