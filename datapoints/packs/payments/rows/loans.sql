CREATE TEMP TABLE lent ON COMMIT DROP AS
SELECT
  row_number() OVER (ORDER BY disbursed_on, account_id) + 300000 AS loan_id, account_id, disbursed_on,
  500 * (1 + pg_temp.pick(account_id, 72, 6) * pg_temp.pick(account_id, 73, 8)) AS principal,
  0.0590 + 0.0050 * pg_temp.pick(account_id, 74, 15) AS interest_rate,
  (ARRAY[6, 12, 12, 18, 24, 36])[1 + pg_temp.pick(account_id, 75, 6)] AS term_months,
  (ARRAY['car', 'home', 'education', 'equipment', 'working capital', NULL])[1 + pg_temp.pick(account_id, 76, 6)] AS purpose,
  -- The part after which a bad loan is no longer paid.
  CASE WHEN pg_temp.pick(account_id, 77, 25) = 0 THEN 1 + pg_temp.pick(account_id, 78, 6) END AS stops_after
FROM (
  SELECT
    account_id,
    (greatest(opened_at, (SELECT min(day) FROM days)) + make_interval(days => 10 + pg_temp.pick(account_id, 79, 400)::int)
    )::date AS disbursed_on
  FROM accounts
  WHERE account_type <> 'savings' AND closed_at IS NULL AND pg_temp.pick(account_id, 71, 20) < 4
) AS granted
WHERE disbursed_on < pg_temp.today();

INSERT INTO repayments
SELECT
  row_number() OVER (ORDER BY loan_id, part) + 500000, loan_id, due_on, amount_due,
  CASE WHEN paid THEN paid_on END, CASE WHEN paid THEN amount_due END
FROM (
  SELECT
    loan_id, part, stops_after, (disbursed_on + make_interval(months => part))::date AS due_on,
    round(principal * (1 + interest_rate * term_months / 12) / term_months, 2) AS amount_due
  FROM lent
  CROSS JOIN LATERAL generate_series(1, term_months) AS part
) AS planned
CROSS JOIN LATERAL (
  SELECT due_on + CASE WHEN pg_temp.pick(loan_id * 100 + part, 81, 15) = 0
    THEN 2 + pg_temp.pick(loan_id * 100 + part, 82, 35)::int ELSE -pg_temp.pick(loan_id * 100 + part, 83, 3)::int END AS paid_on
) AS payment
CROSS JOIN LATERAL (
  SELECT paid_on < pg_temp.today() AND (stops_after IS NULL OR part <= stops_after) AS paid
) AS outcome;

INSERT INTO loans
SELECT
  loan_id, account_id, principal, interest_rate, term_months, purpose,
  CASE WHEN unpaid = 0 THEN 'paid_off' WHEN overdue >= 3 THEN 'defaulted' ELSE 'active' END,
  disbursed_on, CASE WHEN unpaid = 0 THEN last_paid_on END
FROM lent
JOIN (
  SELECT
    loan_id, max(paid_on) AS last_paid_on, count(*) FILTER (WHERE paid_on IS NULL) AS unpaid,
    count(*) FILTER (WHERE paid_on IS NULL AND due_on < pg_temp.today()) AS overdue
  FROM repayments
  GROUP BY loan_id
) AS paid USING (loan_id)
ORDER BY loan_id;
