-- PostgreSQL's own ways to name, read and fail
SELECT name FROM ONLY patients
SELECT name FROM ONLY (patients)
SELECT name FROM patients *
TABLE patients
SELECT * FROM public.patients WHERE public.patients.clinic = 'north'
SELECT public.patients.name FROM public.patients ORDER BY public.patients.id
SELECT public.patients.* FROM public.patients
SELECT * FROM patients AS p(a, b, c, d, e) ORDER BY a
SELECT c FROM patients AS p(a, b, c)
SELECT p FROM patients p ORDER BY id
SELECT patients FROM patients ORDER BY id
SELECT row_to_json(p) FROM patients p ORDER BY id
SELECT to_jsonb(p) ->> 'ssn' FROM patients p
SELECT json_agg(p) FROM patients p
SELECT p::text FROM patients p ORDER BY id
SELECT (p).ssn FROM patients p
SELECT jsonb_each_text(to_jsonb(p)) FROM patients p
SELECT json_object_agg(id, ssn) FROM patients
SELECT array(SELECT name FROM patients)
SELECT string_agg(email, ',' ORDER BY id) FROM patients
SELECT array_agg(phone ORDER BY id) FROM patients
SELECT mode() WITHIN GROUP (ORDER BY ssn) FROM patients
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY cost) FROM visits
SELECT l.name FROM clinics c CROSS JOIN LATERAL (SELECT name FROM patients p WHERE p.clinic = c.code) l ORDER BY 1
SELECT z.e FROM patients p, LATERAL (SELECT p.ssn) z(e)
SELECT count(*) FILTER (WHERE email LIKE 'apat%') FROM patients
SELECT id FROM patients WHERE ssn SIMILAR TO '1%'
SELECT id FROM patients WHERE ssn ~ '^111'
SELECT md5(ssn), hashtext(ssn) FROM patients
SELECT generate_series(1, ssn::int) FROM patients
SELECT id FROM visits WHERE 1 / (cost - 7112.13 + (cost <> 7112.13)::int) IS NOT NULL
SELECT id FROM patients WHERE 100 / (ascii(name) - ascii('n')) <> 99999
SELECT id FROM visits WHERE (note || '')::bytea IS NOT NULL
SELECT id FROM visits WHERE note::date > '2020-01-01'
SELECT ctid, xmin, id FROM visits
SELECT tableoid::regclass FROM patients
SELECT max(ctid) FROM visits
SELECT * FROM visits TABLESAMPLE BERNOULLI (50) REPEATABLE (1)
SELECT * FROM visits TABLESAMPLE SYSTEM (100)
SELECT id FROM visits FOR UPDATE
SELECT id FROM patients_view
SELECT salary FROM payroll_view
SELECT (get_patient(1)).name
SELECT x.ssn FROM clinics, LATERAL get_patient(1) x
SELECT total_salary()
SELECT most_common_vals FROM pg_stats WHERE tablename = 'patients'
SELECT reltuples FROM pg_class WHERE relname = 'visits'
SELECT n_live_tup FROM pg_stat_user_tables
SELECT pg_relation_size('visits')
SELECT count(*) FROM information_schema.tables
SELECT query_to_xml('SELECT ssn FROM patients', true, true, '')
SELECT has_table_privilege('payroll', 'select')
SELECT 'payroll'::regclass
EXPLAIN SELECT * FROM visits
EXPLAIN (ANALYZE, FORMAT JSON) SELECT * FROM visits
SELECT * FROM visits_2026
SELECT sum(cost) FROM visits_all
WITH v AS MATERIALIZED (SELECT * FROM visits) SELECT sum(cost) FROM v
WITH v AS NOT MATERIALIZED (SELECT * FROM visits) SELECT count(*) FROM v WHERE note::int = 1
SELECT * FROM patients p NATURAL JOIN (SELECT id, ssn FROM patients) q ORDER BY id
SELECT DISTINCT ON (clinic) name FROM patients ORDER BY clinic, ssn, id
SELECT ssn, count(*) FROM patients GROUP BY ROLLUP (ssn) ORDER BY 2
SELECT jsonb_agg(DISTINCT to_jsonb(p) - 'id') FROM patients p
SELECT json_populate_record(NULL::patients, '{"id": 1}')
SELECT name FROM patients WHERE (ssn, clinic) IN (('111-01-1012', 'south'))
SELECT count(*) FROM patients a FULL JOIN patients b ON a.ssn = b.email
