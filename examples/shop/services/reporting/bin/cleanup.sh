#!/bin/sh
# Once a month: what nobody looks at any more.
set -eu
psql "$DATABASE_URL" -c "DELETE FROM reporting.order_facts WHERE day < now() - interval '3 years'"
psql "$DATABASE_URL" <<SQL
DELETE FROM payments.outbox WHERE sent_at < '$1';
SQL
