-- One transaction in fifty leads to a ticket, one failed transaction in four, and on the bad day everything does so more often.
INSERT INTO support_tickets
SELECT
  row_number() OVER (ORDER BY opened_at, transaction_id) + 70000, customer_id,
  CASE WHEN topic IN ('payment_failed', 'refund') THEN transaction_id END,
  topic,
  CASE WHEN topic = 'payment_failed' THEN (ARRAY['normal', 'high', 'urgent'])[1 + pg_temp.pick(transaction_id, 91, 3)]
    ELSE (ARRAY['low', 'normal', 'normal', 'high'])[1 + pg_temp.pick(transaction_id, 92, 4)] END,
  CASE topic
    WHEN 'payment_failed' THEN 'My payment did not go through'
    WHEN 'refund' THEN 'Where is my refund?'
    WHEN 'card' THEN 'My card is not accepted'
    WHEN 'account' THEN 'I cannot log in'
    WHEN 'loan' THEN 'Can I pay my loan back early?'
    ELSE 'A question about my statement'
  END,
  (ARRAY['{}', '{}', '{mobile}', '{vip}', '{mobile,repeat}', '{vip,repeat,escalated}']::text[]
  )[1 + pg_temp.pick(transaction_id, 93, 6)]::text[],
  CASE WHEN resolved_at < pg_temp.today() THEN 'resolved' ELSE 'open' END,
  opened_at,
  CASE WHEN resolved_at < pg_temp.today() THEN resolved_at END,
  CASE WHEN resolved_at < pg_temp.today() AND pg_temp.pick(transaction_id, 94, 9) < 4
    THEN 5 - pg_temp.pick(transaction_id, 95, 3) * pg_temp.pick(transaction_id, 96, 3) END
FROM (
  SELECT
    transaction_id, customer_id,
    CASE WHEN status IN ('failed', 'declined') THEN 'payment_failed'
      ELSE (ARRAY['refund', 'refund', 'card', 'account', 'loan', 'other'])[1 + pg_temp.pick(transaction_id, 97, 6)] END AS topic,
    created_at + make_interval(mins => 5 + pg_temp.pick(transaction_id, 98, 150)::int) AS opened_at,
    created_at + make_interval(hours => 3 + pg_temp.pick(transaction_id, 99, 90)::int) AS resolved_at
  FROM transactions
  WHERE pg_temp.pick(transaction_id, 90, 1000) <
    CASE WHEN status IN ('failed', 'declined') THEN 250 ELSE 20 END * CASE WHEN created_at >= pg_temp.today() - 1 THEN 3 ELSE 1 END
) AS written
WHERE opened_at < pg_temp.today();
