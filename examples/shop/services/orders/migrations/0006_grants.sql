-- What the manifest says of orders' own roles, and of what orders publishes.
GRANT USAGE ON SCHEMA orders TO orders_app, orders_ro, payments_app, reporting_etl;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA orders TO orders_app;
GRANT SELECT ON orders.order_summary_v1 TO payments_app, reporting_etl;
ALTER DEFAULT PRIVILEGES FOR ROLE orders_owner IN SCHEMA orders GRANT SELECT ON TABLES TO orders_ro;

-- The dashboards were empty on a Monday morning.
GRANT SELECT ON ALL TABLES IN SCHEMA orders TO reporting_dashboards;
GRANT orders_ro TO reporting_etl;
