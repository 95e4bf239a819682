INSERT INTO fees
SELECT
  transaction_id + 40000000, transaction_id, round(amount * percent_fee + fixed_fee, 2), round(amount * percent_cost, 2),
  completed_at
FROM transactions AS t
JOIN pricing AS p
  ON p.gateway_id = t.gateway_id AND p.payment_method = t.payment_method
  AND t.created_at >= p.valid_from AND (p.valid_to IS NULL OR t.created_at < p.valid_to + 1)
WHERE status = 'completed'
ORDER BY transaction_id;

INSERT INTO refunds
SELECT
  transaction_id - 4000000, transaction_id,
  CASE WHEN pg_temp.pick(transaction_id, 62, 4) > 0 THEN amount ELSE greatest(round(amount / 2, 2), 0.01) END,
  (ARRAY['damaged', 'not_received', 'changed_mind', 'changed_mind', 'duplicate', 'fraud', NULL, NULL]
  )[1 + pg_temp.pick(transaction_id, 63, 8)],
  outcome, requested_at,
  CASE WHEN outcome = 'paid' THEN requested_at + make_interval(hours => 20 + pg_temp.pick(transaction_id, 64, 48)::int) END
FROM (
  SELECT
    transaction_id, amount,
    completed_at + make_interval(hours => pg_temp.pick(transaction_id, 65, 480)::int) AS requested_at
  FROM transactions
  WHERE status = 'completed' AND pg_temp.pick(transaction_id, 61, 1000) < 26
) AS asked
CROSS JOIN LATERAL (
  SELECT CASE
    WHEN requested_at >= pg_temp.today() - interval '3 days' THEN 'requested'
    WHEN pg_temp.pick(transaction_id, 66, 11) = 0 THEN 'rejected'
    ELSE 'paid'
  END AS outcome
) AS decided
WHERE requested_at < pg_temp.today()
ORDER BY transaction_id;

INSERT INTO "MerchantPayouts"
SELECT
  row_number() OVER (ORDER BY month, merchant_id) + 80000, merchant_id, month, gross, fee, gross - fee,
  CASE WHEN paid_at < pg_temp.today() THEN paid_at END
FROM (
  SELECT
    date_trunc('month', t.created_at)::date AS month, merchant_id, sum(t.amount) AS gross, coalesce(sum(f.amount), 0) AS fee
  FROM transactions AS t
  LEFT JOIN fees AS f USING (transaction_id)
  WHERE status = 'completed' AND t.created_at < date_trunc('month', pg_temp.today()::timestamp)
  GROUP BY 1, 2
) AS monthly
CROSS JOIN LATERAL (SELECT month + interval '1 month 4 days 6 hours' AS paid_at) AS due;
