SELECT * FROM stl_query
SELECT * FROM svv_tables
SELECT * FROM stv_sessions
SELECT * FROM sys_query_history
SELECT * FROM pg_user
SELECT * FROM pg_catalog.pg_shadow
SELECT * FROM svl_statementtext
SELECT pg_terminate_backend(1)
SELECT pg_last_query_id()
SELECT current_user_id
SELECT current_namespace
SELECT lambda_udf(name) FROM clients
SELECT * FROM spectrum.x
SELECT has_schema_privilege('x', 'usage')
SELECT * FROM dev.other.clients
UNLOAD ('SELECT * FROM clients') TO 's3://x' IAM_ROLE 'y'
COPY clients FROM 's3://x' IAM_ROLE 'y'
CREATE EXTERNAL SCHEMA x FROM DATA CATALOG DATABASE 'y'
CREATE DATASHARE x
CREATE MODEL m FROM clients TARGET x FUNCTION f
ALTER USER x PASSWORD 'y'
CANCEL 1
SET query_group TO 'x'
SET enable_result_cache_for_session TO off
RESET query_group
VACUUM
ANALYZE COMPRESSION clients
SHOW TABLES FROM SCHEMA dev.public
SHOW PARAMETERS OF MODEL x
SELECT user_id FROM clients
ATTACH RLS POLICY x ON clients TO PUBLIC
SELECT explain_model('x')
SELECT set_config('x', 'y', false)
PREPARE p AS SELECT 1
DECLARE c CURSOR FOR SELECT 1
LOCK clients
USE x
