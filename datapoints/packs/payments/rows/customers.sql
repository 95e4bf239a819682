CREATE TEMP TABLE joined ON COMMIT DROP AS
SELECT n, (SELECT min(day) FROM days) - (8000 - n) / 22 - 1 AS day FROM generate_series(1, 8000) AS n
UNION ALL
SELECT n, day
FROM (SELECT day, customers, lag(customers, 1, 8000) OVER (ORDER BY day) AS before FROM days) AS grown
CROSS JOIN LATERAL generate_series(before + 1, customers) AS n;

INSERT INTO customers (
  customer_id, full_name, email, phone, segment, country, city, date_of_birth, referred_by, preferences, signed_up_at,
  closed_at, is_active
)
SELECT
  100000 + n,
  full_name,
  CASE WHEN pg_temp.pick(n, 3, 25) > 0 THEN
    translate(lower(full_name COLLATE "C"), 'ëøúñéüöäåíóçè ''', 'eouneuoaaioce.') || n || '@'
    || (ARRAY['example.com', 'example.org', 'mail.example'])[1 + pg_temp.pick(n, 4, 3)]
  END,
  CASE WHEN pg_temp.pick(n, 5, 8) > 0 THEN places[country][2] || ' ' || 100000000 + pg_temp.pick(n, 6, 900000000) END,
  CASE WHEN business THEN 'business' ELSE 'consumer' END,
  places[country][1],
  CASE WHEN pg_temp.pick(n, 7, 20) > 0 THEN places[country][3 + pg_temp.pick(n, 8, 3)] END,
  CASE WHEN NOT business THEN date '1950-01-01' + pg_temp.pick(n, 9, 20400)::int END,
  CASE WHEN n > 500 AND pg_temp.pick(n, 10, 7) = 0 THEN 100001 + pg_temp.pick(n, 11, n - 400) END,
  jsonb_build_object(
    'language', lower(places[country][1] COLLATE "C"),
    'newsletter', pg_temp.pick(n, 12, 3) = 0,
    'channels', CASE pg_temp.pick(n, 13, 3) WHEN 0 THEN '["email"]' WHEN 1 THEN '["email", "push"]' ELSE '["push"]' END::jsonb
  ),
  day + make_interval(secs => pg_temp.pick(n, 14, 86400)::int),
  CASE WHEN left_on < pg_temp.today() THEN left_on + make_interval(secs => pg_temp.pick(n, 15, 86400)::int) END,
  left_on IS NULL OR left_on >= pg_temp.today()
FROM (
  SELECT
    n, day,
    (ARRAY['Anna', 'Ben', 'Clara', 'David', 'Elena', 'Farid', 'Greta', 'Hugo', 'Ines', 'Jonas', 'Katja', 'Liam', 'Maria',
      'Nils', 'Olga', 'Pablo', 'Quentin', 'Rosa', 'Søren', 'Tessa', 'Umut', 'Vera', 'Willem', 'Xenia', 'Yusuf', 'Zoë', 'Aino',
      'Bruno', 'Chloé', 'Diego', 'Emma', 'Finn'])[1 + pg_temp.pick(n, 1, 32)]
    || ' ' ||
    (ARRAY['Adler', 'Bakker', 'Costa', 'Dubois', 'Eriksen', 'Ferrari', 'Gómez', 'Hansen', 'Iglesias', 'Jansen', 'Korhonen',
      'Lefèvre', 'Müller', 'Núñez', 'O''Brien', 'Peeters', 'Quinn', 'Rossi', 'Schäfer', 'Torres', 'Urban', 'Virtanen',
      'Weber', 'Yilmaz', 'Zimmer', 'de Vries', 'van Dijk', 'Moreau', 'Nowak', 'Ryan'])[1 + pg_temp.pick(n, 2, 30)]
      AS full_name,
    ARRAY[
      ['DE', '+49', 'Berlin', 'Hamburg', 'Cologne'], ['FR', '+33', 'Paris', 'Lyon', 'Nantes'],
      ['NL', '+31', 'Amsterdam', 'Utrecht', 'The Hague'], ['ES', '+34', 'Madrid', 'Valencia', 'Seville'],
      ['IE', '+353', 'Dublin', 'Cork', 'Galway'], ['FI', '+358', 'Helsinki', 'Turku', 'Tampere']
    ] AS places,
    country,
    pg_temp.pick(n, 17, 8) = 0 AS business,
    CASE WHEN n % 13 = 0 THEN day + 150 + pg_temp.pick(n, 18, 300)::int END AS left_on
  FROM (
    SELECT n, day, (ARRAY[1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 6])[1 + pg_temp.pick(n, 16, 13)] AS country FROM joined
  ) AS drawn
  OFFSET 0
) AS person;


INSERT INTO accounts
SELECT
  account_id, customer_id, 'AC-' || lpad((account_id * 48271 % 2147483647)::text, 10, '0'), account_type,
  CASE WHEN closed_at IS NULL THEN (pg_temp.pick(account_id, 21, 900) * pg_temp.pick(account_id, 22, 900) - 20000) / 100.0
    ELSE 0 END,
  opened_at, closed_at
FROM (
  SELECT
    600000 + customer_id AS account_id, customer_id, CASE segment WHEN 'business' THEN 'business' ELSE 'current' END
      AS account_type, signed_up_at AS opened_at, closed_at
  FROM customers
  UNION ALL
  SELECT 650000 + customer_id, customer_id, 'savings', signed_up_at + interval '20 days', closed_at
  FROM customers
  WHERE pg_temp.pick(customer_id, 20, 10) < 3 AND signed_up_at < pg_temp.today() - interval '20 days'
) AS opened;

INSERT INTO cards
SELECT
  4300000 + account_id, account_id,
  (ARRAY['visa', 'visa', 'visa', 'mastercard', 'mastercard', 'amex'])[1 + pg_temp.pick(account_id, 23, 6)],
  lpad(pg_temp.pick(account_id, 24, 10000)::text, 4, '0'),
  CASE WHEN pg_temp.pick(account_id, 25, 5) > 0 THEN 500 * (1 + pg_temp.pick(account_id, 26, 10)) END,
  opened_at::date, (opened_at + interval '4 years')::date,
  CASE
    WHEN closed_at IS NOT NULL THEN closed_at
    WHEN pg_temp.pick(account_id, 27, 40) = 0 AND opened_at < pg_temp.today() - interval '60 days'
      THEN opened_at + interval '59 days'
  END
FROM accounts
WHERE account_type <> 'savings' AND pg_temp.pick(account_id, 28, 20) < 17;

ANALYZE customers, accounts, cards;
