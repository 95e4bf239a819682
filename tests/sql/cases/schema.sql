CREATE TABLE clients(id int PRIMARY KEY, name text NOT NULL, email text, country text, joined date, tags text[], profile jsonb, active boolean DEFAULT true);
CREATE TABLE sales(id int PRIMARY KEY, client_id int REFERENCES clients, day date, sold_at timestamp, state text, amount numeric(12,2), note text, details jsonb);
CREATE TABLE lines(sale_id int, product_id int, quantity int, price numeric(10,2), PRIMARY KEY (sale_id, product_id), FOREIGN KEY (sale_id) REFERENCES sales (id));
CREATE TABLE goods(id int PRIMARY KEY, title text, kind text, price numeric(10,2), "order" int, "Mixed Name" text);
CREATE TABLE staff(id int, name text, boss_id int, team text, wage numeric, since date);
CREATE VIEW big_sales AS SELECT id, client_id, amount FROM sales WHERE amount > 100;
COMMENT ON TABLE sales IS 'one row per sale';
COMMENT ON COLUMN sales.amount IS 'in euros';
