WITH RECURSIVE tree AS (
    SELECT id, name, 0 AS depth FROM categories WHERE parent_id IS NULL
    UNION ALL
    SELECT c.id, c.name, t.depth + 1
    FROM categories AS c
    JOIN tree AS t ON t.id = c.parent_id
)
SELECT repeat('  ', depth) || name FROM tree;
