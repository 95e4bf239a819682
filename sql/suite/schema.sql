CREATE TABLE sales(id int PRIMARY KEY, buyer text, amount numeric(12, 2), sold_on date, note text);
