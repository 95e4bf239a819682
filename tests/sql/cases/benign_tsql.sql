SELECT TOP 10 name FROM clients ORDER BY joined DESC
SELECT TOP (5) WITH TIES name FROM clients ORDER BY country
SELECT [order], [Mixed Name] FROM goods
SELECT DATEADD(day, -7, GETDATE()), DATEDIFF(day, day, GETDATE()), DATEPART(year, day), YEAR(day), EOMONTH(day), FORMAT(day, 'yyyy-MM') FROM sales
SELECT ISNULL(note, ''), IIF(amount > 1, 'a', 'b'), CHOOSE(1, 'a', 'b'), CONVERT(varchar(10), day, 120), TRY_CONVERT(int, note) FROM sales
SELECT STRING_AGG(name, ',') WITHIN GROUP (ORDER BY name) FROM clients
SELECT c.name, s.amount FROM clients c CROSS APPLY (SELECT TOP 1 amount FROM sales WHERE client_id = c.id ORDER BY day DESC) s
SELECT c.name, s.amount FROM clients c OUTER APPLY (SELECT TOP 1 amount FROM sales WHERE client_id = c.id ORDER BY day DESC) s
SELECT name FROM clients ORDER BY id OFFSET 10 ROWS FETCH NEXT 5 ROWS ONLY
SELECT name FROM clients WITH (NOLOCK)
WITH chain AS (SELECT id, boss_id, 0 AS depth FROM staff WHERE boss_id IS NULL UNION ALL SELECT s.id, s.boss_id, c.depth + 1 FROM staff s JOIN chain c ON s.boss_id = c.id) SELECT * FROM chain
SELECT LEN(name), CHARINDEX('a', name), PATINDEX('%a%', name), STUFF(name, 1, 1, 'x'), REPLICATE('a', 3), LEFT(name, 2) FROM clients
SELECT JSON_VALUE(profile, '$.city'), ISJSON(profile) FROM clients
SELECT value FROM clients CROSS APPLY STRING_SPLIT(email, '@')
SELECT dbo.clients.name FROM dbo.clients
SELECT COUNT_BIG(*), STDEV(amount), VAR(amount) FROM sales
SELECT country, COUNT(*) FROM clients GROUP BY ROLLUP (country)
SELECT [paid], [open] FROM (SELECT state, amount FROM sales) s PIVOT (SUM(amount) FOR state IN ([paid], [open])) p
SELECT CAST(amount AS money), CAST(day AS datetime2), N'text' FROM sales
SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY amount) OVER (PARTITION BY state) FROM sales
SELECT id FROM clients EXCEPT SELECT client_id FROM sales
SELECT /* outer /* inner */ */ 1
;WITH c AS (SELECT TOP 3 name FROM clients ORDER BY name) SELECT * FROM c;
WITH d AS (SELECT CAST('2024-01-01' AS date) AS d UNION ALL SELECT DATEADD(day, 1, d) FROM d WHERE d < '2024-01-31') SELECT d FROM d OPTION (MAXRECURSION 366)
SELECT name FROM clients FOR JSON PATH, ROOT('clients')
SELECT STUFF((SELECT ',' + name FROM clients FOR XML PATH(''), TYPE), 1, 1, '') AS names
SELECT DATE_BUCKET(week, 1, day) FROM sales
