-- Where a statement ends: semicolons, quotes and comments that are not what they look like.

SELECT ';', t.* FROM t WHERE name <> ';';

SELECT 'it''s; SELECT 1 FROM billing.invoices', * FROM t;

SELECT E'it\'s; SELECT 1 FROM billing.invoices; \\', * FROM t;

SELECT e'\\' , ';' FROM t;

SELECT 'a\', ';', t.a FROM t;

SELECT 'a'
    'b; SELECT * FROM billing.invoices'
    '', t.a FROM t;

SELECT N'national; char', B'0101', X'1F', t.a FROM t;

SELECT U&'d\0061t\+000061; \003B' , U&'d!0061t' UESCAPE '!', t.a FROM t;

SELECT $$; SELECT * FROM billing.invoices; $$ FROM t;

SELECT $a$ $$ ; $b$ FROM billing.invoices; $$ $a$ FROM t;

SELECT $é1$;$$;$é1$, $_$'$_$ FROM t;

SELECT 1 AS a$b, 2 AS c$ FROM t;

SELECT 1 AS a$$b FROM t;

SELECT "a;b".a, "a;b".b FROM t AS "a;b";

SELECT 1 AS ";", t."a" FROM t AS t;

SELECT /* ; */ t.a /* nested /* ; */ SELECT * FROM billing.invoices; */ FROM /**/ t /* -- */;

SELECT t.a -- ; SELECT * FROM billing.invoices;
    , t.b --
    FROM t -- 'not a string
    WHERE a = 1 /* "not a name */
    ;

/* leading */ SELECT * /* ' */ FROM t /* trailing ' */;

-- leading ' ; "
SELECT 1 /* a */ FROM /* b */ t -- c
;;;

; SELECT * FROM t; SELECT * FROM u; SELECT * FROM notes, shop_orders.orders

; DELETE FROM t; UPDATE u SET a = 1; INSERT INTO notes (id) VALUES (1);

SELECT a FROM t WHERE a=-1 AND b = - - 2 AND a <-1;

SELECT a FROM t WHERE a - -1 = 2 AND name ~~ '%;%' AND name !~ ';';

SELECT extra @> '{"a": ";"}', extra ? 'a', extra ?| ARRAY['a;'], extra #> '{a}' FROM tickets;

SELECT a::text, name::varchar(3), '1'::int FROM t AS x(id, a, b, name);

SELECT labels[1:2], labels[:], (ARRAY[1,2])[1] FROM tickets;

SELECT 1.5, .5, 5., 1e3, 1.5e-3, 0 FROM t;

SELECT
    o.id,



    c.name

FROM

    shop_orders.orders o


    JOIN shop_orders.customers c

    ON c.id = o.customer_id

;

	SELECT	t.a	FROM	t	,	u	;

SELECT 'ä', t.a FROM t; SELECT 'ä🧾', u.a FROM u; SELECT '表' FROM notes;

SELECT CASE WHEN a = 1 THEN ';' ELSE E'\';' END FROM t; SELECT CASE a WHEN 1 THEN b END AS "end" FROM t;

SELECT 'BEGIN ATOMIC', "begin".a AS atomic FROM t AS "begin"; SELECT 1 AS "case" FROM t AS "end";

SELECT t.a AS "BEGIN", name AS begin, b AS atomic FROM t;

SELECT '
-- not a comment
/* nor this
; SELECT * FROM billing.invoices;
' FROM
t;

SELECT
$body$
BEGIN
    SELECT * FROM billing.invoices;
END;
$body$
FROM t, u;

SELECT * FROM t
;

-- Comments between two words that PostgreSQL's scanner reads as one.

SELECT * FROM t WHERE id NOT /* ; */ IN (SELECT id FROM u);

SELECT * FROM t WHERE name NOT -- it's
    LIKE 'x' OR a NOT /**/ BETWEEN 1 AND (SELECT max(c) FROM u) OR name NOT /* */ ILIKE 'y'
    OR name NOT /* ' */ SIMILAR TO 'z';

SELECT * FROM t ORDER BY a NULLS /* */ FIRST, b NULLS -- ;
    LAST;

SELECT * FROM t, unnest(ARRAY(SELECT id FROM u)) WITH /* */ ORDINALITY;

SELECT NULL::timestamp WITH /* */ TIME ZONE, (SELECT max(opened) FROM tickets)::time WITH -- '
    TIME ZONE FROM t;

SELECT * FROM U&"!0074" /* c */ UESCAPE '!', u;

SELECT t.name = U&'!0061' -- ;
    UESCAPE '!' FROM t;

SELECT 'a' -- ;
    'b' -- '
    'c; SELECT * FROM billing.invoices' FROM t;

SELECT * FROM t WHERE NOT /* */ EXISTS (SELECT FROM u) AND a IS /* */ NOT /* */ DISTINCT /* */ FROM /* */ 1;

WITH /* */ x AS /* */ NOT /* */ MATERIALIZED /* */ (SELECT id FROM t) SELECT * FROM /* */ x
