-- Tables first and bare; their keys come after the rows, which is many times faster.
DROP VIEW IF EXISTS daily_revenue, loan_balances CASCADE;
DROP TABLE IF EXISTS customers, accounts, cards, merchants, gateways, gateway_incidents, pricing, transactions, fees,
  refunds, loans, repayments, support_tickets, "order", "MerchantPayouts" CASCADE;
DROP SCHEMA IF EXISTS archive CASCADE;
DROP TYPE IF EXISTS transaction_status;

CREATE SCHEMA archive;
COMMENT ON SCHEMA archive IS 'What is kept for the record and no longer in use';

CREATE TYPE transaction_status AS ENUM ('pending', 'completed', 'failed', 'declined', 'reversed');
COMMENT ON TYPE transaction_status IS 'Only completed transactions move money and earn fees';

CREATE TABLE customers (
  customer_id bigint NOT NULL,
  full_name text NOT NULL,
  email text,
  phone text,
  segment text NOT NULL,
  country char(2) NOT NULL,
  city text,
  date_of_birth date,
  referred_by bigint,
  preferences jsonb NOT NULL DEFAULT '{}',
  signed_up_at timestamptz NOT NULL,
  last_login_at timestamptz,
  closed_at timestamptz,
  is_active boolean NOT NULL DEFAULT true
);
COMMENT ON TABLE customers IS 'People and small businesses who pay with us';
COMMENT ON COLUMN customers.customer_id IS 'Number of the customer';
COMMENT ON COLUMN customers.full_name IS 'Name as given at sign-up; not unique';
COMMENT ON COLUMN customers.email IS 'Address for receipts; null when never confirmed';
COMMENT ON COLUMN customers.phone IS 'Phone with country code; null when not given';
COMMENT ON COLUMN customers.segment IS 'consumer or business';
COMMENT ON COLUMN customers.country IS 'Country of residence, ISO 3166-1 alpha-2';
COMMENT ON COLUMN customers.city IS 'City of residence; null when not given';
COMMENT ON COLUMN customers.date_of_birth IS 'Null for businesses';
COMMENT ON COLUMN customers.referred_by IS 'The customer who brought this one, if any';
COMMENT ON COLUMN customers.preferences IS 'Language, newsletter (true or false) and channels, as the app stores them';
COMMENT ON COLUMN customers.signed_up_at IS 'When the customer joined';
COMMENT ON COLUMN customers.last_login_at IS 'Last login to the app; null when there was none';
COMMENT ON COLUMN customers.closed_at IS 'When the customer left; null while a customer';
COMMENT ON COLUMN customers.is_active IS 'False once the customer has left. For activity count who paid, not this flag';

CREATE TABLE accounts (
  account_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  account_number text NOT NULL,
  account_type text NOT NULL,
  balance numeric(14,2) NOT NULL DEFAULT 0,
  opened_at timestamptz NOT NULL,
  closed_at timestamptz
);
COMMENT ON TABLE accounts IS 'Money accounts of customers; everybody has one, some have a second';
COMMENT ON COLUMN accounts.account_id IS 'Number of the account';
COMMENT ON COLUMN accounts.customer_id IS 'Owner of the account';
COMMENT ON COLUMN accounts.account_number IS 'The number printed on statements';
COMMENT ON COLUMN accounts.account_type IS 'current, savings or business';
COMMENT ON COLUMN accounts.balance IS 'Balance in euro at the end of yesterday; negative when overdrawn';
COMMENT ON COLUMN accounts.opened_at IS 'When the account was opened';
COMMENT ON COLUMN accounts.closed_at IS 'When the account was closed; null while open';

CREATE TABLE cards (
  card_id bigint NOT NULL,
  account_id bigint NOT NULL,
  network text NOT NULL,
  last4 char(4) NOT NULL,
  "limit" numeric(10,2),
  issued_on date NOT NULL,
  expires_on date NOT NULL,
  blocked_at timestamptz
);
COMMENT ON TABLE cards IS 'Payment cards issued on accounts';
COMMENT ON COLUMN cards.card_id IS 'Number of the card in our books, not the one printed on it';
COMMENT ON COLUMN cards.account_id IS 'Account that the card draws on';
COMMENT ON COLUMN cards.network IS 'visa, mastercard or amex';
COMMENT ON COLUMN cards.last4 IS 'Last four digits of the printed number';
COMMENT ON COLUMN cards."limit" IS 'Spending limit a month in euro; null means none';
COMMENT ON COLUMN cards.issued_on IS 'Day of issue';
COMMENT ON COLUMN cards.expires_on IS 'Last day of validity';
COMMENT ON COLUMN cards.blocked_at IS 'When the card was blocked; null while usable';

CREATE TABLE merchants (
  merchant_id bigint NOT NULL,
  name text NOT NULL,
  category text NOT NULL,
  country char(2) NOT NULL,
  website text,
  "Risk Score" numeric(4,1),
  onboarded_at timestamptz NOT NULL,
  is_active boolean NOT NULL DEFAULT true
);
COMMENT ON TABLE merchants IS 'Shops that take payments through us';
COMMENT ON COLUMN merchants.merchant_id IS 'Number of the merchant';
COMMENT ON COLUMN merchants.name IS 'Trading name';
COMMENT ON COLUMN merchants.category IS 'Line of business: groceries, fashion, electronics, travel, dining, health, digital or home';
COMMENT ON COLUMN merchants.country IS 'Country of registration, ISO 3166-1 alpha-2';
COMMENT ON COLUMN merchants.website IS 'Address of the shop; null when it has none';
COMMENT ON COLUMN merchants."Risk Score" IS 'From 0 (safe) to 100, set by the risk team; null before the first review';
COMMENT ON COLUMN merchants.onboarded_at IS 'When the merchant could take its first payment';
COMMENT ON COLUMN merchants.is_active IS 'False when the merchant is suspended';

CREATE TABLE gateways (
  gateway_id smallint NOT NULL,
  name text NOT NULL,
  region text NOT NULL,
  went_live_on date NOT NULL,
  status_page text
);
COMMENT ON TABLE gateways IS 'Payment gateways: the companies that carry our transactions to the banks';
COMMENT ON COLUMN gateways.gateway_id IS 'Number of the gateway';
COMMENT ON COLUMN gateways.name IS 'Name of the gateway';
COMMENT ON COLUMN gateways.region IS 'Where its data centres are';
COMMENT ON COLUMN gateways.went_live_on IS 'First day of our traffic';
COMMENT ON COLUMN gateways.status_page IS 'Public status page; null when it has none';

CREATE TABLE gateway_incidents (
  incident_id bigint NOT NULL,
  gateway_id smallint NOT NULL,
  severity text NOT NULL,
  title text NOT NULL,
  started_at timestamptz NOT NULL,
  ended_at timestamptz NOT NULL,
  root_cause text
);
COMMENT ON TABLE gateway_incidents IS 'Outages and slow periods of gateways; during an outage hardly any transaction gets through';
COMMENT ON COLUMN gateway_incidents.incident_id IS 'Number of the incident';
COMMENT ON COLUMN gateway_incidents.gateway_id IS 'Gateway concerned';
COMMENT ON COLUMN gateway_incidents.severity IS 'outage (nothing works) or degraded (slow, but works)';
COMMENT ON COLUMN gateway_incidents.title IS 'One line for the status page';
COMMENT ON COLUMN gateway_incidents.started_at IS 'Start of the incident';
COMMENT ON COLUMN gateway_incidents.ended_at IS 'End of the incident';
COMMENT ON COLUMN gateway_incidents.root_cause IS 'What the gateway found afterwards; null while unknown';

CREATE TABLE pricing (
  gateway_id smallint NOT NULL,
  payment_method text NOT NULL,
  valid_from date NOT NULL,
  valid_to date,
  percent_fee numeric(6,4) NOT NULL,
  fixed_fee numeric(6,2) NOT NULL,
  percent_cost numeric(6,4) NOT NULL
);
COMMENT ON TABLE pricing IS 'What a transaction costs a merchant, by gateway and payment method';
COMMENT ON COLUMN pricing.gateway_id IS 'Gateway that carries the transaction';
COMMENT ON COLUMN pricing.payment_method IS 'card, bank_transfer or wallet';
COMMENT ON COLUMN pricing.valid_from IS 'First day of the price';
COMMENT ON COLUMN pricing.valid_to IS 'Last day of the price; null for the current one';
COMMENT ON COLUMN pricing.percent_fee IS 'Share of the amount as a fraction: 0.0200 is 2 %';
COMMENT ON COLUMN pricing.fixed_fee IS 'Euro for each transaction, on top';
COMMENT ON COLUMN pricing.percent_cost IS 'Share of the amount that the gateway takes from us, as a fraction';

CREATE TABLE transactions (
  transaction_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  merchant_id bigint NOT NULL,
  gateway_id smallint NOT NULL,
  card_id bigint,
  payment_method text NOT NULL,
  transaction_type text NOT NULL,
  channel text,
  status transaction_status NOT NULL DEFAULT 'pending',
  failure_code text,
  amount numeric(12,2) NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  completed_at timestamptz
);
COMMENT ON TABLE transactions IS 'Payments of customers to merchants, also those that did not succeed. All amounts are euro';
COMMENT ON COLUMN transactions.transaction_id IS 'Number of the transaction, growing with time';
COMMENT ON COLUMN transactions.customer_id IS 'Who pays';
COMMENT ON COLUMN transactions.merchant_id IS 'Who is paid';
COMMENT ON COLUMN transactions.gateway_id IS 'Gateway that carried the payment';
COMMENT ON COLUMN transactions.card_id IS 'Card used; null when paid by bank transfer or wallet';
COMMENT ON COLUMN transactions.payment_method IS 'card, bank_transfer or wallet';
COMMENT ON COLUMN transactions.transaction_type IS 'sale (one purchase) or subscription (a recurring charge)';
COMMENT ON COLUMN transactions.channel IS 'web, mobile or in_store; null when unknown';
COMMENT ON COLUMN transactions.status IS 'pending, completed, failed (technical), declined (by the bank) or reversed (undone by the bank)';
COMMENT ON COLUMN transactions.failure_code IS 'Why it failed or was declined; null otherwise';
COMMENT ON COLUMN transactions.amount IS 'What the customer pays, in euro. Its sum over completed transactions is the volume, not our revenue: see fees. Its mean over completed transactions is the average order value';
COMMENT ON COLUMN transactions.created_at IS 'When the payment was begun; the day of a transaction is the UTC day of this time';
COMMENT ON COLUMN transactions.completed_at IS 'When the money moved; null unless completed or reversed';

CREATE TABLE fees (
  fee_id bigint NOT NULL,
  transaction_id bigint NOT NULL,
  amount numeric(10,2) NOT NULL,
  gateway_cost numeric(10,2) NOT NULL,
  charged_at timestamptz NOT NULL
);
COMMENT ON TABLE fees IS 'What we earn: at most one fee for a completed transaction. Revenue is the sum of fees.amount. About 2 % of completed transactions have no fee because no price could be found for them';
COMMENT ON COLUMN fees.fee_id IS 'Number of the fee';
COMMENT ON COLUMN fees.transaction_id IS 'Transaction that the fee is for';
COMMENT ON COLUMN fees.amount IS 'The fee in euro: our revenue';
COMMENT ON COLUMN fees.gateway_cost IS 'What the gateway takes from us, in euro; amount minus this is the gross margin';
COMMENT ON COLUMN fees.charged_at IS 'When it was charged: the completion of the transaction, on the same UTC day as its start';

CREATE TABLE refunds (
  refund_id bigint NOT NULL,
  transaction_id bigint NOT NULL,
  amount numeric(12,2) NOT NULL,
  reason text,
  status text NOT NULL,
  requested_at timestamptz NOT NULL,
  refunded_at timestamptz
);
COMMENT ON TABLE refunds IS 'Money given back for completed transactions, whole or in part; fees are not given back';
COMMENT ON COLUMN refunds.refund_id IS 'Number of the refund';
COMMENT ON COLUMN refunds.transaction_id IS 'Transaction refunded';
COMMENT ON COLUMN refunds.amount IS 'Euro given back, at most the amount of the transaction';
COMMENT ON COLUMN refunds.reason IS 'damaged, not_received, changed_mind, duplicate or fraud; null when not stated';
COMMENT ON COLUMN refunds.status IS 'requested, paid or rejected';
COMMENT ON COLUMN refunds.requested_at IS 'When the customer asked';
COMMENT ON COLUMN refunds.refunded_at IS 'When the money went back; null unless paid';

CREATE TABLE loans (
  loan_id bigint NOT NULL,
  account_id bigint NOT NULL,
  principal numeric(12,2) NOT NULL,
  interest_rate numeric(6,4) NOT NULL,
  term_months smallint NOT NULL,
  purpose text,
  status text NOT NULL,
  disbursed_on date NOT NULL,
  closed_on date
);
COMMENT ON TABLE loans IS 'Loans to account holders, paid back in equal monthly parts';
COMMENT ON COLUMN loans.loan_id IS 'Number of the loan';
COMMENT ON COLUMN loans.account_id IS 'Account that received the money';
COMMENT ON COLUMN loans.principal IS 'Euro lent';
COMMENT ON COLUMN loans.interest_rate IS 'Interest a year on the principal as a fraction: 0.0900 is 9 %';
COMMENT ON COLUMN loans.term_months IS 'Number of monthly parts';
COMMENT ON COLUMN loans.purpose IS 'What the money is for; null when not stated';
COMMENT ON COLUMN loans.status IS 'active, paid_off or defaulted (three parts or more overdue)';
COMMENT ON COLUMN loans.disbursed_on IS 'Day the money was paid out';
COMMENT ON COLUMN loans.closed_on IS 'Day of the last payment; null unless paid off';

CREATE TABLE repayments (
  repayment_id bigint NOT NULL,
  loan_id bigint NOT NULL,
  due_on date NOT NULL,
  amount_due numeric(10,2) NOT NULL,
  paid_on date,
  amount_paid numeric(10,2)
);
COMMENT ON TABLE repayments IS 'The plan of every loan, one row for each monthly part, also those still to come';
COMMENT ON COLUMN repayments.repayment_id IS 'Number of the part';
COMMENT ON COLUMN repayments.loan_id IS 'Loan paid back';
COMMENT ON COLUMN repayments.due_on IS 'Day the part is due; in the future for parts to come';
COMMENT ON COLUMN repayments.amount_due IS 'Principal and interest of the part, in euro';
COMMENT ON COLUMN repayments.paid_on IS 'Day it was paid; null while unpaid. Overdue: unpaid and due before today';
COMMENT ON COLUMN repayments.amount_paid IS 'Euro paid; null while unpaid';

CREATE TABLE support_tickets (
  ticket_id bigint NOT NULL,
  customer_id bigint NOT NULL,
  transaction_id bigint,
  topic text NOT NULL,
  priority text NOT NULL,
  subject text NOT NULL,
  tags text[] NOT NULL DEFAULT '{}',
  status text NOT NULL,
  opened_at timestamptz NOT NULL,
  resolved_at timestamptz,
  satisfaction smallint
);
COMMENT ON TABLE support_tickets IS 'Questions and complaints of customers';
COMMENT ON COLUMN support_tickets.ticket_id IS 'Number of the ticket';
COMMENT ON COLUMN support_tickets.customer_id IS 'Who wrote';
COMMENT ON COLUMN support_tickets.transaction_id IS 'Transaction it is about; null when about something else';
COMMENT ON COLUMN support_tickets.topic IS 'payment_failed, refund, card, account, loan or other';
COMMENT ON COLUMN support_tickets.priority IS 'low, normal, high or urgent';
COMMENT ON COLUMN support_tickets.subject IS 'First line of the message';
COMMENT ON COLUMN support_tickets.tags IS 'Labels set by the agent, none to three';
COMMENT ON COLUMN support_tickets.status IS 'open or resolved';
COMMENT ON COLUMN support_tickets.opened_at IS 'When the customer wrote';
COMMENT ON COLUMN support_tickets.resolved_at IS 'When it was resolved; null while open';
COMMENT ON COLUMN support_tickets.satisfaction IS 'Stars from 1 to 5; null when the customer gave none';

CREATE TABLE "order" (
  order_id bigint NOT NULL,
  merchant_id bigint NOT NULL,
  item text NOT NULL,
  quantity integer NOT NULL,
  unit_price numeric(8,2) NOT NULL,
  ordered_at timestamptz NOT NULL,
  shipped_at timestamptz
);
COMMENT ON TABLE "order" IS 'Card terminals and supplies that merchants order from us; no part of transactions';
COMMENT ON COLUMN "order".order_id IS 'Number of the order';
COMMENT ON COLUMN "order".merchant_id IS 'Who ordered';
COMMENT ON COLUMN "order".item IS 'Terminal, paper roll, stand or battery';
COMMENT ON COLUMN "order".quantity IS 'Pieces';
COMMENT ON COLUMN "order".unit_price IS 'Euro a piece';
COMMENT ON COLUMN "order".ordered_at IS 'When it was ordered';
COMMENT ON COLUMN "order".shipped_at IS 'When it left; null while in preparation';

CREATE TABLE "MerchantPayouts" (
  "payoutId" bigint NOT NULL,
  "merchantId" bigint NOT NULL,
  "month" date NOT NULL,
  "grossAmount" numeric(14,2) NOT NULL,
  "feeAmount" numeric(12,2) NOT NULL,
  "netAmount" numeric(14,2) NOT NULL,
  "paidAt" timestamptz
);
COMMENT ON TABLE "MerchantPayouts" IS 'What was paid out to merchants for each whole month, as the settlement program writes it';
COMMENT ON COLUMN "MerchantPayouts"."payoutId" IS 'Number of the payout';
COMMENT ON COLUMN "MerchantPayouts"."merchantId" IS 'Merchant paid';
COMMENT ON COLUMN "MerchantPayouts"."month" IS 'First day of the month of the transactions';
COMMENT ON COLUMN "MerchantPayouts"."grossAmount" IS 'Completed transactions of the month, in euro';
COMMENT ON COLUMN "MerchantPayouts"."feeAmount" IS 'Fees kept back, in euro';
COMMENT ON COLUMN "MerchantPayouts"."netAmount" IS 'Euro paid out: gross minus fees';
COMMENT ON COLUMN "MerchantPayouts"."paidAt" IS 'When the money left; null while on its way';

CREATE TABLE archive.pricing (
  gateway_id smallint NOT NULL,
  payment_method text NOT NULL,
  year smallint NOT NULL,
  percent_fee numeric(6,4) NOT NULL
);
COMMENT ON TABLE archive.pricing IS 'Price lists of earlier years, before fixed fees; the current prices are in public.pricing';
COMMENT ON COLUMN archive.pricing.gateway_id IS 'Gateway that carried the transaction';
COMMENT ON COLUMN archive.pricing.payment_method IS 'card, bank_transfer or wallet';
COMMENT ON COLUMN archive.pricing.year IS 'Year of the list';
COMMENT ON COLUMN archive.pricing.percent_fee IS 'Share of the amount as a fraction: 0.0200 is 2 %';
