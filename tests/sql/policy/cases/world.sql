CREATE TABLE clinics (code text PRIMARY KEY, title text);
CREATE TABLE patients (id int PRIMARY KEY, name text, ssn text, email text, phone text, born date, weight numeric(6, 2), clinic text);
CREATE TABLE visits (id int PRIMARY KEY, patient_id int, cost numeric(10, 2), clinic text, note text, secret boolean);
CREATE TABLE payroll (id int PRIMARY KEY, patient_id int, account text, salary numeric(12, 2));
INSERT INTO clinics VALUES ('south', 'Southern'), ('north', 'Northern'), ('west', 'Western');
