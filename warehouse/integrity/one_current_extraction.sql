-- A document has one current extraction.
SELECT 'document ' || document_id || ' has ' || count(*) || ' current extractions' AS problem
FROM extraction
WHERE valid_to_run IS NULL
GROUP BY document_id
HAVING count(*) > 1
