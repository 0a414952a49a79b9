-- The checkout needs to know how much of the stock is promised already.
BEGIN;
SET LOCAL lock_timeout = '2s';
ALTER TABLE public.stock_levels ADD COLUMN promised integer NOT NULL DEFAULT 0;
CREATE INDEX stock_levels_promised_idx ON public.stock_levels (promised) WHERE promised > 0;
COMMIT;
