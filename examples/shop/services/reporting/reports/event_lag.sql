-- Whose outbox? There are three.
SELECT topic, max(now() - created_at) AS lag
FROM outbox
WHERE sent_at IS NULL
GROUP BY topic;
