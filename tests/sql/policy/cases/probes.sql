-- plain rows
SELECT * FROM patients
SELECT name FROM patients WHERE clinic = 'north'
SELECT count(*) FROM visits
SELECT clinic, count(*), sum(cost) FROM visits GROUP BY clinic ORDER BY clinic
SELECT name FROM patients WHERE id = 1 OR 1 = 1
SELECT name FROM patients WHERE NOT (clinic = 'south')
SELECT name FROM patients WHERE clinic = 'south' OR clinic IS NULL OR clinic <> 'south'
SELECT max(cost), min(cost), avg(cost) FROM visits
SELECT DISTINCT clinic FROM visits
SELECT id FROM visits WHERE secret
SELECT note FROM visits ORDER BY cost DESC LIMIT 3
-- names
SELECT p.name FROM patients AS p
SELECT visits.name FROM patients AS visits
SELECT clinics.title FROM patients clinics
SELECT patients.note FROM visits patients
SELECT PATIENTS.NAME FROM Patients
SELECT "name" FROM "patients"
SELECT * FROM payroll
SELECT salary FROM PAYROLL
SELECT count(*) FROM payroll -- all of them
SELECT * FROM/**/payroll
-- subqueries
SELECT (SELECT max(note) FROM visits)
SELECT code, (SELECT count(*) FROM patients p WHERE p.clinic = c.code) FROM clinics c ORDER BY code
SELECT code FROM clinics c WHERE EXISTS (SELECT 1 FROM visits v WHERE v.clinic = c.code AND v.cost > 7500) ORDER BY code
SELECT code FROM clinics WHERE code IN (SELECT clinic FROM patients) ORDER BY code
SELECT code FROM clinics WHERE code NOT IN (SELECT clinic FROM patients) ORDER BY code
SELECT name FROM patients WHERE id IN (SELECT patient_id FROM payroll WHERE salary > 10005)
SELECT EXISTS (SELECT 1 FROM payroll WHERE salary > 20000)
SELECT code FROM clinics ORDER BY (SELECT count(*) FROM payroll)
SELECT code FROM clinics LIMIT (SELECT count(*) - 11 FROM payroll)
SELECT s.x FROM (SELECT ssn AS x FROM patients) s
SELECT 1 WHERE (SELECT count(*) FROM patients) > 6
SELECT v.id FROM visits v WHERE v.cost > (SELECT avg(w.cost) FROM visits w WHERE w.patient_id = v.patient_id) ORDER BY v.id
-- common table expressions
WITH patients AS (SELECT * FROM patients) SELECT name FROM patients ORDER BY name
WITH clinics AS (SELECT * FROM payroll) SELECT * FROM clinics
WITH a AS (SELECT * FROM patients), b AS (SELECT * FROM a) SELECT name, ssn FROM b WHERE clinic = 'north'
WITH v AS (SELECT * FROM visits) SELECT sum(cost) FROM v
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < (SELECT count(*) FROM visits)) SELECT max(i) FROM n
WITH v(a, b, c) AS (SELECT id, note, cost FROM visits) SELECT b FROM v ORDER BY a
-- set operations
SELECT name FROM patients EXCEPT SELECT 'x' ORDER BY 1
SELECT ssn FROM patients UNION SELECT 'x' ORDER BY 1
SELECT 'a' AS x UNION ALL SELECT email FROM patients
SELECT note FROM visits INTERSECT SELECT note FROM visits ORDER BY 1
SELECT title FROM clinics UNION SELECT account FROM payroll
-- joins
SELECT p.name FROM clinics c LEFT JOIN patients p ON p.clinic = c.code ORDER BY p.name
SELECT c.code, count(v.id) FROM clinics c LEFT JOIN visits v ON v.clinic = c.code GROUP BY c.code ORDER BY c.code
SELECT * FROM visits JOIN patients USING (id) ORDER BY id
SELECT count(*) FROM patients NATURAL JOIN visits
SELECT a.id, b.id FROM patients a JOIN patients b ON a.ssn = b.ssn ORDER BY 1, 2
SELECT p.name, v.note FROM patients p, visits v WHERE v.patient_id = p.id ORDER BY v.id
SELECT v.note FROM clinics c JOIN (visits v JOIN patients p ON p.id = v.patient_id) ON c.code = v.clinic ORDER BY v.id
SELECT p.id FROM patients p CROSS JOIN clinics ORDER BY p.id
SELECT y.salary FROM patients p JOIN payroll y ON y.patient_id = p.id
-- masked columns
SELECT p.* FROM patients p ORDER BY p.id
SELECT patients.* FROM patients ORDER BY id
SELECT ssn, email, phone, born, weight FROM patients ORDER BY id
SELECT ssn AS name FROM patients
SELECT email "harmless" FROM patients
SELECT substr(ssn, 1, 3) FROM patients
SELECT 'x' || phone FROM patients ORDER BY id
SELECT upper(email) FROM patients ORDER BY id
SELECT length(email), length(ssn) FROM patients ORDER BY id
SELECT coalesce(ssn, 'x') FROM patients
SELECT CAST(ssn AS varchar(20)) FROM patients
SELECT replace(phone, ' ', '') FROM patients ORDER BY id
SELECT CASE WHEN ssn LIKE '111%' THEN 1 ELSE 0 END FROM patients
SELECT born, count(*) FROM patients GROUP BY born
SELECT weight + 1, round(weight) FROM patients
-- aggregates of masked columns
SELECT count(DISTINCT ssn) FROM patients
SELECT email, count(*) FROM patients GROUP BY email ORDER BY email
SELECT min(ssn), max(ssn), count(ssn) FROM patients
SELECT sum(weight), avg(weight), count(born) FROM patients
SELECT first_value(ssn) OVER (ORDER BY id) FROM patients
SELECT id, rank() OVER (ORDER BY ssn) FROM patients ORDER BY id
SELECT id, lag(ssn) OVER (ORDER BY id) FROM patients ORDER BY id
-- probing
SELECT id FROM patients WHERE ssn LIKE '111%'
SELECT id FROM patients WHERE ssn = '111-01-1012'
SELECT id FROM patients WHERE born > '1980-06-01'
SELECT id FROM patients WHERE weight BETWEEN 60 AND 62
SELECT id FROM patients WHERE email LIKE 'apat%'
SELECT id FROM patients WHERE phone LIKE '+115%'
SELECT id FROM patients ORDER BY ssn, id
SELECT id FROM patients ORDER BY weight DESC, id
SELECT name FROM patients GROUP BY name, ssn HAVING ssn >= '1' ORDER BY name
SELECT name FROM patients WHERE ssn IS NULL OR born IS NOT NULL
SELECT p.id FROM patients p JOIN (SELECT '111-01-1012' AS s) g ON p.ssn = g.s
SELECT id FROM patients WHERE ssn IN ('111-01-1012', '222-01-1012', '***') ORDER BY id
SELECT sum(CASE WHEN weight > 61 THEN 1 ELSE 0 END) FROM patients
-- errors
SELECT CAST(ssn AS integer) FROM patients
SELECT id FROM visits WHERE CAST(note AS integer) = 1
SELECT id FROM patients WHERE clinic = 'north' AND CAST(name AS integer) = 1
SELECT id FROM visits WHERE 1 / (cost - 7112.13) > 0
SELECT id FROM visits WHERE CAST(CASE WHEN cost > 7000 THEN 'x' ELSE '1' END AS integer) = 1
SELECT id FROM visits WHERE CAST(CASE WHEN cost = 7112.13 THEN 'x' ELSE '1' END AS integer) = 1
SELECT id FROM visits WHERE abs(CASE WHEN cost = 7112.13 THEN -9223372036854775807 - 1 ELSE 1 END) = 1
SELECT v.id FROM visits v JOIN clinics c ON CAST(v.note AS integer) = 1
SELECT CAST(account AS integer) FROM payroll
SELECT nothing FROM patients
SELECT salary FROM patients
-- governed already, almost
SELECT * FROM (SELECT governed.name FROM patients AS governed) AS g
SELECT name FROM patients AS governed WHERE governed.clinic = 'north'
SELECT 'datachat:mask-key'
