-- What earlier runs read or rejected: id, path and content (none of a rejected source), as it stands.
SELECT d.document_id, d.path, d.content_hash
FROM extraction AS e
JOIN dim_document AS d ON d.document_id = e.document_id AND d.content_hash = e.content_hash
WHERE e.valid_to_run IS NULL
UNION ALL
SELECT DISTINCT r.document_id, r.path, ''
FROM rejected_document AS r
WHERE r.valid_to_run IS NULL
  AND NOT EXISTS (FROM extraction AS e WHERE e.document_id = r.document_id AND e.valid_to_run IS NULL)
ORDER BY ALL;
