-- The current facts, each with its bureau, its document and the sentence that says it.
CREATE OR REPLACE VIEW observation AS
SELECT
    v.*,
    d.path
FROM fact_version AS v
JOIN dim_document AS d ON d.document_id = v.document_id AND d.content_hash = v.content_hash
WHERE v.valid_to_run IS NULL;

COMMENT ON VIEW observation IS 'The current facts with bureau, document and sentence: one row a fact, all statuses, open facts included.';
