-- The bureaus of the current documents in the order of cross_bureau.csv, each with the state that its lines are made of: the readings of
-- its documents, and the last runs in which something was decided about them.
SELECT
    e.bureau_id AS part,
    md5(string_agg(e.extraction_id || '.' || coalesce(r.decided, 0), ' ' ORDER BY e.extraction_id)) AS state
FROM extraction AS e
JOIN bureau_shown AS u ON u.bureau_id = e.bureau_id
LEFT JOIN (
    SELECT document_id, max(greatest(valid_from_run, coalesce(valid_to_run, 0))) AS decided
    FROM review_decision
    GROUP BY document_id
) AS r ON r.document_id = e.document_id
WHERE e.valid_to_run IS NULL
GROUP BY e.bureau_id, u.division_code
ORDER BY u.division_code NULLS LAST, e.bureau_id;
