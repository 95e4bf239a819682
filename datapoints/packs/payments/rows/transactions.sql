-- The n-th transaction of a day falls into the n-th part of its traffic; the other choices fill their ranges evenly.
INSERT INTO transactions
WITH drawn AS MATERIALIZED (
  SELECT
    day, basket, begun + n AS id,
    ((n - 1) * 1000 + pg_temp.pick(begun + n, 51, 1000)) * 1000 / transactions AS moment,
    pg_temp.spread(begun + n, 1) AS way,
    pg_temp.spread(begun + n, 2) * 13 / 10000 AS business,
    pg_temp.spread(begun + n, 3) AS size,
    pg_temp.spread(begun + n, 4) AS means,
    ((begun + n) * 2654435769 & 4294967295) * 1000 >> 32 AS fate,
    pg_temp.pick(begun + n, 52, 10000) AS payer,
    pg_temp.pick(begun + n, 59, 10000) AS shop,
    lag_customers, lag_merchants
  FROM (
    SELECT *,
      lag(customers, 1, 8000) OVER (ORDER BY day) AS lag_customers,
      lag(merchants, 1, 260) OVER (ORDER BY day) AS lag_merchants
    FROM days
  ) AS calendar
  CROSS JOIN LATERAL generate_series(1, transactions) AS n
),
chosen AS MATERIALIZED (
  SELECT
    id, day, basket, size, fate,
    CASE WHEN way < 4600 THEN 1 WHEN way < 6700 THEN 2 WHEN way < 8300 THEN 3 WHEN way < 9300 THEN 4 ELSE 5 END AS gateway,
    CASE WHEN means < 6200 THEN 'card' WHEN means < 8700 THEN 'bank_transfer' ELSE 'wallet' END AS method,
    2001 + business + 13 * ((lag_merchants + 12 - business) / 13 * shop * shop / 100000000) AS merchant,
    100001 + lag_customers * payer * (payer + 10000) / 200000000 AS customer,
    day + make_interval(secs => least(86340,
      (hour - 1) * 3600 + (moment - traffic[hour]) * 3600 / (traffic[hour + 1] - traffic[hour]))) AS begun_at
  FROM drawn
  CROSS JOIN (
    -- Traffic of a day in millionths, up to the beginning of each hour.
    SELECT ARRAY[0, 8000, 13000, 17000, 21000, 26000, 35000, 53000, 83000, 127000, 183000, 247000, 315000, 385000, 451000,
      511000, 569000, 629000, 697000, 771000, 843000, 905000, 951000, 982000, 1000000]::bigint[] AS traffic
  ) AS day_of_traffic
  CROSS JOIN LATERAL (SELECT width_bucket(moment, traffic) AS hour) AS at
),
-- What is begun on a gateway that is down is lost, but for one in forty, which is recorded as failed.
happened AS MATERIALIZED (
  SELECT
    chosen.*,
    gateway = 1 AS small,
    payer.customer_id,
    card.card_id,
    down.incident_id IS NOT NULL AS gateway_down,
    CASE
      WHEN down.incident_id IS NOT NULL OR fate < 35 THEN 'failed'
      WHEN fate < 57 THEN 'declined'
      WHEN fate < 60 THEN 'reversed'
      WHEN begun_at >= pg_temp.today() - interval '10 minutes' THEN 'pending'
      ELSE 'completed'
    END AS status,
    ticket * (400 + 2400 * size * size * size / 1000000000000) AS worth
  FROM chosen
  JOIN merchants AS shop ON shop.merchant_id = merchant
  JOIN (
    VALUES ('groceries', 3200), ('fashion', 6500), ('electronics', 14500), ('travel', 18500), ('dining', 2800),
      ('health', 4800), ('digital', 1900), ('home', 8800)
  ) AS usual (category, ticket) USING (category)
  JOIN customers AS drawn_payer ON drawn_payer.customer_id = customer
  -- Every thirteenth customer leaves one day; the one before never does, and pays from then on.
  CROSS JOIN LATERAL (
    SELECT customer - (coalesce(drawn_payer.closed_at < day + 1, false))::int AS customer_id
  ) AS payer
  LEFT JOIN cards AS card
    ON card.card_id = 4900000 + payer.customer_id AND (card.blocked_at IS NULL OR card.blocked_at >= day + 1)
  LEFT JOIN gateway_incidents AS down
    ON down.gateway_id = gateway AND down.severity = 'outage' AND down.started_at::date = day
    AND begun_at >= down.started_at AND begun_at < down.ended_at
  WHERE down.incident_id IS NULL OR id % 40 = 0
),
-- Amounts are brought to the mean of their kind and then of their day, so that neither is a matter of luck: the small
-- payments go through gateway 1, and the mean of a day's completed transactions is what its basket says.
kinds AS (
  SELECT day, small, method, basket, count(*) AS completed, sum(worth) / count(*) AS mean_worth,
    CASE WHEN small THEN 905 ELSE 1080 END AS weight
  FROM happened
  WHERE status = 'completed'
  GROUP BY day, small, method, basket
),
scales AS (
  SELECT day, small, method,
    58.40 * basket / 1000 * weight / mean_worth * sum(completed) OVER one_day / sum(completed * weight) OVER one_day AS scale
  FROM kinds
  WINDOW one_day AS (PARTITION BY day)
)
SELECT
  10000000 + id,
  customer_id,
  merchant,
  gateway,
  CASE WHEN method = 'card' THEN card_id END,
  CASE WHEN method = 'card' AND card_id IS NULL THEN 'wallet' ELSE method END,
  CASE WHEN pg_temp.pick(id, 53, 100) < 18 THEN 'subscription' ELSE 'sale' END,
  (ARRAY['web', 'web', 'web', 'mobile', 'mobile', 'mobile', 'mobile', 'in_store', NULL])[1 + pg_temp.pick(id, 54, 9)],
  status::transaction_status,
  CASE
    WHEN gateway_down THEN 'gateway_unavailable'
    WHEN status = 'failed' THEN (ARRAY['timeout', 'timeout', 'network_error'])[1 + pg_temp.pick(id, 55, 3)]
    WHEN status = 'declined'
      THEN (ARRAY['insufficient_funds', 'insufficient_funds', 'do_not_honour', 'expired_card'])[1 + pg_temp.pick(id, 56, 4)]
  END,
  worth * scale,
  begun_at,
  CASE WHEN status IN ('completed', 'reversed') THEN begun_at + make_interval(secs => 1 + pg_temp.pick(id, 57, 55)::int) END
FROM happened
JOIN scales USING (day, small, method)
ORDER BY id;

ANALYZE transactions;

UPDATE customers
SET last_login_at = least(paid.last_at + make_interval(mins => pg_temp.pick(customers.customer_id, 58, 2000)::int),
  pg_temp.today() - interval '1 minute', customers.closed_at)
FROM (SELECT customer_id, max(created_at) AS last_at FROM transactions GROUP BY customer_id) AS paid
WHERE paid.customer_id = customers.customer_id;
