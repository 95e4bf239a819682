CREATE VIEW daily_revenue AS
SELECT
  (t.created_at AT TIME ZONE 'UTC')::date AS day,
  count(*) AS transactions,
  count(*) FILTER (WHERE t.status = 'completed') AS completed_transactions,
  sum(t.amount) FILTER (WHERE t.status = 'completed') AS volume,
  sum(f.amount) AS revenue,
  round(avg(t.amount) FILTER (WHERE t.status = 'completed'), 2) AS average_order_value
FROM transactions t
LEFT JOIN fees f USING (transaction_id)
GROUP BY 1;
COMMENT ON VIEW daily_revenue IS 'Transactions, volume, revenue (fees) and average order value of every UTC day, in euro';
COMMENT ON COLUMN daily_revenue.day IS 'UTC day on which the transactions were begun';
COMMENT ON COLUMN daily_revenue.transactions IS 'Transactions begun, whatever became of them';
COMMENT ON COLUMN daily_revenue.completed_transactions IS 'Transactions that succeeded';
COMMENT ON COLUMN daily_revenue.volume IS 'Sum of completed amounts';
COMMENT ON COLUMN daily_revenue.revenue IS 'Sum of the fees earned';
COMMENT ON COLUMN daily_revenue.average_order_value IS 'Mean completed amount';

CREATE VIEW loan_balances AS
SELECT
  l.loan_id,
  l.account_id,
  l.status,
  l.principal,
  sum(r.amount_due) AS total_due,
  coalesce(sum(r.amount_paid), 0) AS total_paid,
  sum(r.amount_due) - coalesce(sum(r.amount_paid), 0) AS outstanding
FROM loans l
JOIN repayments r USING (loan_id)
GROUP BY l.loan_id, l.account_id, l.status, l.principal;
COMMENT ON VIEW loan_balances IS 'What is paid and what is still to be paid of every loan, interest included';
COMMENT ON COLUMN loan_balances.loan_id IS 'Number of the loan';
COMMENT ON COLUMN loan_balances.account_id IS 'Account that received the money';
COMMENT ON COLUMN loan_balances.status IS 'active, paid_off or defaulted';
COMMENT ON COLUMN loan_balances.principal IS 'Euro lent';
COMMENT ON COLUMN loan_balances.total_due IS 'All parts together, paid or not';
COMMENT ON COLUMN loan_balances.total_paid IS 'What was paid so far';
COMMENT ON COLUMN loan_balances.outstanding IS 'What is still to be paid, due or not yet due';
