SELECT DATE_TRUNC('month', day), DATEADD(day, -7, GETDATE()), DATEDIFF(day, day, SYSDATE) FROM sales
SELECT TOP 10 name FROM clients
SELECT NVL(note, ''), NVL2(note, 1, 2), DECODE(state, 'a', 1, 2), ISNULL(note, 'x') FROM sales
SELECT LISTAGG(name, ', ') WITHIN GROUP (ORDER BY name) FROM clients
SELECT MEDIAN(amount), APPROXIMATE COUNT(DISTINCT client_id), RATIO_TO_REPORT(amount) OVER () FROM sales GROUP BY amount
SELECT JSON_EXTRACT_PATH_TEXT(note, 'a'), JSON_EXTRACT_ARRAY_ELEMENT_TEXT(note, 0), IS_VALID_JSON(note) FROM sales
SELECT CONVERT_TIMEZONE('UTC', 'Europe/Berlin', sold_at), EXTRACT(epoch FROM sold_at), TO_CHAR(sold_at, 'YYYY') FROM sales
SELECT name FROM clients QUALIFY ROW_NUMBER() OVER (PARTITION BY country ORDER BY joined) = 1
SELECT LEN(name), CHARINDEX('a', name), REGEXP_SUBSTR(name, 'a'), SPLIT_PART(email, '@', 2), STRTOL('f', 16) FROM clients
SELECT day::date, amount::decimal(10, 2), note::varchar(10) FROM sales
SELECT name ILIKE 'a%', name ~ 'b', name SIMILAR TO 'c%' FROM clients
SELECT 'it''s' || 'x', 'it\'s'
SELECT FNV_HASH(name), MD5(name), SHA2(name, 256) FROM clients
SELECT public.clients.name FROM public.clients
EXPLAIN SELECT * FROM clients
SELECT * FROM (SELECT state, amount FROM sales) PIVOT (SUM(amount) FOR state IN ('paid', 'open'))
SELECT LAST_DAY(day), ADD_MONTHS(day, 1), MONTHS_BETWEEN(day, day), NEXT_DAY(day, 'Mon') FROM sales
SELECT id FROM clients MINUS SELECT client_id FROM sales
SELECT s.details.items[0].sku, s.details[0].sku FROM sales s
