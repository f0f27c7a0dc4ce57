-- The current documents in the order of observations.csv, each with the state that its lines are made of: its reading, and the last run
-- in which something was decided about it. Of an equal state the lines are equal.
SELECT
    e.document_id AS part,
    e.extraction_id || '.' || coalesce(r.decided, 0) AS state
FROM extraction AS e
LEFT JOIN (
    SELECT document_id, max(greatest(valid_from_run, coalesce(valid_to_run, 0))) AS decided
    FROM review_decision
    GROUP BY document_id
) AS r ON r.document_id = e.document_id
WHERE e.valid_to_run IS NULL
ORDER BY e.document_id;
