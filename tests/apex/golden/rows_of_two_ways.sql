-- number, ports.city (by origin) and ports.city (by target) of flights, by number

-- sqlite
SELECT flights.number, ports.city AS ports_city, ports_target.city AS ports_city_2 FROM flights JOIN ports ON flights.origin = ports.code JOIN ports AS ports_target ON flights.target = ports_target.code ORDER BY flights.number;

-- postgres
SELECT flights.number, ports.city AS ports_city, ports_target.city AS ports_city_2 FROM flights JOIN ports ON flights.origin = ports.code JOIN ports AS ports_target ON flights.target = ports_target.code ORDER BY flights.number;

-- duckdb
SELECT flights.number, ports.city AS ports_city, ports_target.city AS ports_city_2 FROM flights JOIN ports ON flights.origin = ports.code JOIN ports AS ports_target ON flights.target = ports_target.code ORDER BY flights.number;

-- mysql
SELECT flights.number, ports.city AS ports_city, ports_target.city AS ports_city_2 FROM flights JOIN ports ON flights.origin = ports.code JOIN ports AS ports_target ON flights.target = ports_target.code ORDER BY flights.number;

-- clickhouse
SELECT flights.number, ports.city AS ports_city, ports_target.city AS ports_city_2 FROM flights JOIN ports ON flights.origin = ports.code JOIN ports AS ports_target ON flights.target = ports_target.code ORDER BY flights.number;

-- bigquery
SELECT flights.number, ports.city AS ports_city, ports_target.city AS ports_city_2 FROM flights JOIN ports ON flights.origin = ports.code JOIN ports AS ports_target ON flights.target = ports_target.code ORDER BY flights.number;

-- snowflake
SELECT "flights"."number", "ports"."city" AS "ports_city", "ports_target"."city" AS "ports_city_2" FROM "flights" JOIN "ports" ON "flights"."origin" = "ports"."code" JOIN "ports" AS "ports_target" ON "flights"."target" = "ports_target"."code" ORDER BY "flights"."number";

-- trino
SELECT flights.number, ports.city AS ports_city, ports_target.city AS ports_city_2 FROM flights JOIN ports ON flights.origin = ports.code JOIN ports AS ports_target ON flights.target = ports_target.code ORDER BY flights.number;

-- redshift
SELECT flights.number, ports.city AS ports_city, ports_target.city AS ports_city_2 FROM flights JOIN ports ON flights.origin = ports.code JOIN ports AS ports_target ON flights.target = ports_target.code ORDER BY flights.number;
