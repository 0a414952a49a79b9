\set ON_ERROR_STOP on
CREATE TEMPORARY TABLE incoming (LIKE "LegacyCatalog"."Artikel");
\copy incoming from 'articles.csv' with (format csv, header)

INSERT INTO public.products (sku, title)
SELECT "ArtikelNr", "Bezeichnung" FROM incoming
ON CONFLICT (sku) DO UPDATE SET title = EXCLUDED.title;
