-- Statements of our own generator that failed once, or that are near to one that did: asked about before any random one.

-- The name of a WITH query in its own recursive part, and of a table behind a schema.
WITH RECURSIVE notes AS (
    SELECT id, parent_id FROM desk.notes WHERE parent_id IS NULL
    UNION ALL
    SELECT n.id, n.parent_id FROM desk.notes AS n JOIN notes ON n.parent_id = notes.id
) SELECT count(*) FROM notes JOIN desk.notes AS other USING (id);

-- A WITH query inside another one hides a table there and nowhere else.
WITH a AS (WITH recent AS (SELECT 1 AS id) SELECT id FROM recent)
SELECT a.id FROM a JOIN recent ON recent.id = a.id;

-- A data-modifying WITH query beside a row lock.
WITH gone AS (DELETE FROM billing.payments WHERE paid < now() RETURNING invoice_id)
SELECT i.id FROM billing.invoices AS i JOIN gone ON gone.invoice_id = i.id FOR UPDATE OF i;
