INSERT INTO gateways VALUES
  (1, 'Northgate', 'Frankfurt', date '2019-03-01', 'https://status.northgate.example'),
  (2, 'Adria Pay', 'Trieste', date '2020-06-15', 'https://adriapay.example/status'),
  (3, 'Meridian', 'Dublin', date '2021-02-01', 'https://meridian.example/uptime'),
  (4, 'Kestrel', 'Paris', date '2022-09-12', NULL),
  (5, 'Lumen', 'Helsinki', date '2023-11-01', 'https://status.lumen.example');

-- Northgate is cheap. That is why it carries the most, why its payments are small ones, and why we earn little on them.
-- Lumen has no price for bank transfers: these are the completed transactions without a fee.
INSERT INTO pricing
SELECT g.gateway_id, m.payment_method, p.valid_from, p.valid_to,
  round(m.percent_fee * g.dearness / 1000, 4) + p.rise, round(m.fixed_fee * g.dearness / 1000, 2), m.percent_cost
FROM (VALUES (1, 760), (2, 1020), (3, 1060), (4, 1000), (5, 1100)) AS g (gateway_id, dearness)
CROSS JOIN (VALUES
  ('card', 0.0220, 0.16, 0.0080), ('bank_transfer', 0.0130, 0.10, 0.0035), ('wallet', 0.0270, 0.18, 0.0110)
) AS m (payment_method, percent_fee, fixed_fee, percent_cost)
CROSS JOIN (
  SELECT date_trunc('month', pg_temp.today() - interval '8 months')::date AS risen
) AS r
CROSS JOIN LATERAL (VALUES
  (date '2024-01-01', r.risen - 1, 0.0000), (r.risen, NULL, 0.0006)
) AS p (valid_from, valid_to, rise)
WHERE (g.gateway_id, m.payment_method) <> (5, 'bank_transfer');

INSERT INTO archive.pricing
SELECT g, m.payment_method, y, m.percent_fee - 0.0005 * (y - 2019) + 0.0001 * g
FROM generate_series(1, 4) AS g
CROSS JOIN (VALUES ('card', 0.0290), ('bank_transfer', 0.0150), ('wallet', 0.0310)) AS m (payment_method, percent_fee)
CROSS JOIN generate_series(2019, 2023) AS y
WHERE y >= 2018 + g;

-- Ordinary trouble: something every 13 days, an outage every third time, never longer than 40 minutes.
INSERT INTO gateway_incidents
SELECT
  4500 + k, 1 + pg_temp.pick(k, 101, 5),
  CASE WHEN k % 3 = 0 THEN 'outage' ELSE 'degraded' END,
  CASE WHEN k % 3 = 0 THEN 'Authorisations fail' ELSE 'Slow authorisations' END,
  begun, begun + make_interval(mins => 8 + pg_temp.pick(k, 103, 32)::int),
  (ARRAY['expired certificate', 'database failover', 'network provider', NULL])[1 + pg_temp.pick(k, 104, 4)]
FROM (
  SELECT n / 13 AS k, day + make_interval(hours => 1 + pg_temp.pick(n / 13, 102, 20)::int, mins => n % 60) AS begun
  FROM (SELECT day, row_number() OVER (ORDER BY day)::int AS n FROM days) AS numbered
  WHERE n % 13 = 0 AND day < pg_temp.today() - 10
) AS past;

-- The bad day: yesterday the largest gateway was down three times, in the busiest hours.
INSERT INTO gateway_incidents
SELECT 4599 + n, 1, 'outage', title, pg_temp.today() - 1 + down, pg_temp.today() - 1 + up, cause
FROM (VALUES
  (1, 'All authorisations fail', time '09:12', time '11:36', 'failed software release'),
  (2, 'All authorisations fail again', time '13:05', time '15:24', 'failed software release'),
  (3, 'Connections refused', time '18:10', time '20:25', NULL)
) AS yesterday (n, title, down, up, cause);
