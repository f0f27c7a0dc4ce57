-- Documents, and rejected sources, whose files are gone and which the run is to close. One that it read after all is not gone.
-- Variable: gone_documents (a JSON list of document ids).
CREATE OR REPLACE TEMP TABLE gone_document AS
SELECT DISTINCT document_id
FROM (SELECT unnest(from_json(getvariable('gone_documents'), '["VARCHAR"]')) AS document_id)
WHERE document_id NOT IN (SELECT document_id FROM staged_document);
