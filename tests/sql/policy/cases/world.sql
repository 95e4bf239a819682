CREATE TABLE clinics (code varchar(40) PRIMARY KEY, title varchar(40));
CREATE TABLE patients (id int PRIMARY KEY, name varchar(40), ssn varchar(40), email varchar(40), phone varchar(40), born date, weight numeric(6, 2), clinic varchar(40));
CREATE TABLE visits (id int PRIMARY KEY, patient_id int, cost numeric(10, 2), clinic varchar(40), note varchar(40), secret boolean);
CREATE TABLE payroll (id int PRIMARY KEY, patient_id int, account varchar(40), salary numeric(12, 2));
INSERT INTO clinics VALUES ('south', 'Southern'), ('north', 'Northern'), ('west', 'Western');
