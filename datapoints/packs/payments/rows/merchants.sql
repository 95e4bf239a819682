INSERT INTO merchants
SELECT
  2000 + m, name, category, country,
  CASE WHEN pg_temp.pick(m, 33, 9) > 0 THEN
    'https://' || translate(lower(name COLLATE "C"), ' ''', '-') || '.example'
  END,
  CASE WHEN pg_temp.pick(m, 34, 12) > 0 THEN pg_temp.pick(m, 35, 1000) / 10.0 END,
  day + make_interval(secs => pg_temp.pick(m, 36, 86400)::int),
  pg_temp.pick(m, 37, 30) > 0
FROM (
  SELECT
    m, day,
    (ARRAY['Amber', 'Blue', 'Cedar', 'Delta', 'Elm', 'Fjord', 'Golden', 'Harbour', 'Ivory', 'Juniper', 'Kite', 'Linden',
      'Maple', 'North', 'O''Hara''s', 'Pine', 'Quiet', 'River', 'Silver', 'Tulip', 'Urban', 'Velvet', 'Willow', 'Zenith'
    ])[1 + (m * 173 % 432) / 18]
    || ' ' ||
    (ARRAY['Market', 'Studio', 'Works', 'House', 'Supply', 'Corner', 'Trading', 'and Sons', 'Store', 'Collective', 'Bazaar',
      'Depot', 'Gallery', 'Place', 'Kontor', 'Atelier', 'Shop', 'Online'])[1 + m * 173 % 432 % 18] AS name,
    -- In turn, so that a transaction can choose the line of business before the merchant.
    (ARRAY['groceries', 'digital', 'fashion', 'dining', 'groceries', 'electronics', 'home', 'digital', 'travel', 'groceries',
      'health', 'dining', 'fashion'])[1 + m % 13] AS category,
    (ARRAY['DE', 'DE', 'DE', 'FR', 'FR', 'NL', 'ES', 'IE', 'FI'])[1 + pg_temp.pick(m, 32, 9)] AS country
  FROM (
    SELECT m, (SELECT min(day) FROM days) - (260 - m) - 1 AS day FROM generate_series(1, 260) AS m
    UNION ALL
    SELECT m, day
    FROM (SELECT day, merchants, lag(merchants, 1, 260) OVER (ORDER BY day) AS before FROM days) AS grown
    CROSS JOIN LATERAL generate_series(before + 1, merchants) AS m
  ) AS joined
  OFFSET 0
) AS shop;

INSERT INTO "order"
SELECT
  900000 + row_number() OVER (ORDER BY ordered_at, merchant_id, n), merchant_id,
  (ARRAY['Terminal', 'Paper roll', 'Stand', 'Battery'])[kind], 1 + pg_temp.pick(merchant_id * 10 + n, 42, 12),
  (ARRAY[189.00, 2.40, 24.90, 18.50])[kind], ordered_at,
  CASE WHEN ordered_at < pg_temp.today() - interval '4 days' THEN ordered_at + interval '51 hours' END
FROM (
  SELECT
    merchant_id, n, 1 + pg_temp.pick(merchant_id * 10 + n, 41, 4) AS kind,
    greatest(onboarded_at, (SELECT min(day) FROM days)) + n * interval '150 hours'
      + make_interval(mins => pg_temp.pick(merchant_id * 10 + n, 43, 720000)::int) AS ordered_at
  FROM merchants
  CROSS JOIN generate_series(1, 3) AS n
) AS placed
WHERE ordered_at < pg_temp.today();

ANALYZE merchants;
