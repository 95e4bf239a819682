ALTER TABLE customers ADD PRIMARY KEY (customer_id), ADD UNIQUE (email),
  ADD CHECK (segment IN ('consumer', 'business'));
ALTER TABLE accounts ADD PRIMARY KEY (account_id), ADD UNIQUE (account_number);
ALTER TABLE cards ADD PRIMARY KEY (card_id), ADD CHECK (expires_on > issued_on);
ALTER TABLE merchants ADD PRIMARY KEY (merchant_id), ADD UNIQUE (name);
ALTER TABLE gateways ADD PRIMARY KEY (gateway_id), ADD UNIQUE (name);
ALTER TABLE gateway_incidents ADD PRIMARY KEY (incident_id), ADD CHECK (ended_at > started_at);
ALTER TABLE pricing ADD PRIMARY KEY (gateway_id, payment_method, valid_from);
ALTER TABLE archive.pricing ADD PRIMARY KEY (gateway_id, payment_method, year);
ALTER TABLE transactions ADD PRIMARY KEY (transaction_id), ADD CHECK (amount > 0);
ALTER TABLE fees ADD PRIMARY KEY (fee_id), ADD UNIQUE (transaction_id);
ALTER TABLE refunds ADD PRIMARY KEY (refund_id), ADD CHECK (amount > 0);
ALTER TABLE loans ADD PRIMARY KEY (loan_id);
ALTER TABLE repayments ADD PRIMARY KEY (repayment_id), ADD UNIQUE (loan_id, due_on);
ALTER TABLE support_tickets ADD PRIMARY KEY (ticket_id), ADD CHECK (satisfaction BETWEEN 1 AND 5);
ALTER TABLE "order" ADD PRIMARY KEY (order_id), ADD CHECK (quantity > 0);
ALTER TABLE "MerchantPayouts" ADD PRIMARY KEY ("payoutId"), ADD UNIQUE ("merchantId", "month");

CREATE INDEX ON accounts (customer_id);
CREATE INDEX ON cards (account_id);
CREATE INDEX ON transactions (created_at);
CREATE INDEX ON transactions (customer_id);
CREATE INDEX ON transactions (merchant_id);
CREATE INDEX ON fees (charged_at);
CREATE INDEX ON refunds (transaction_id);
CREATE INDEX ON support_tickets (customer_id);

-- The last logins were written after the rest; put the rows back in their order.
CLUSTER customers USING customers_pkey;

-- The planner needs to know the sizes before it checks the foreign keys.
ANALYZE customers, accounts, cards, merchants, gateways, gateway_incidents, pricing, archive.pricing, transactions, fees,
  refunds, loans, repayments, support_tickets, "order", "MerchantPayouts";

ALTER TABLE customers ADD FOREIGN KEY (referred_by) REFERENCES customers;
ALTER TABLE accounts ADD FOREIGN KEY (customer_id) REFERENCES customers;
ALTER TABLE cards ADD FOREIGN KEY (account_id) REFERENCES accounts;
ALTER TABLE gateway_incidents ADD FOREIGN KEY (gateway_id) REFERENCES gateways;
ALTER TABLE pricing ADD FOREIGN KEY (gateway_id) REFERENCES gateways;
ALTER TABLE archive.pricing ADD FOREIGN KEY (gateway_id) REFERENCES gateways;
ALTER TABLE transactions
  ADD FOREIGN KEY (customer_id) REFERENCES customers,
  ADD FOREIGN KEY (merchant_id) REFERENCES merchants,
  ADD FOREIGN KEY (gateway_id) REFERENCES gateways,
  ADD FOREIGN KEY (card_id) REFERENCES cards;
ALTER TABLE fees ADD FOREIGN KEY (transaction_id) REFERENCES transactions;
ALTER TABLE refunds ADD FOREIGN KEY (transaction_id) REFERENCES transactions;
ALTER TABLE loans ADD FOREIGN KEY (account_id) REFERENCES accounts;
ALTER TABLE repayments ADD FOREIGN KEY (loan_id) REFERENCES loans;
ALTER TABLE support_tickets
  ADD FOREIGN KEY (customer_id) REFERENCES customers,
  ADD FOREIGN KEY (transaction_id) REFERENCES transactions;
ALTER TABLE "order" ADD FOREIGN KEY (merchant_id) REFERENCES merchants;
ALTER TABLE "MerchantPayouts" ADD FOREIGN KEY ("merchantId") REFERENCES merchants (merchant_id);
