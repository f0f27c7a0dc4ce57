-- A record without its keys was not written by this product, or is cut off.
SELECT filename AS file, 'a document record lacks document_id, content_hash, text, bureau_id or a hash' AS problem
FROM staged_document
WHERE document_id IS NULL OR content_hash IS NULL OR text IS NULL OR bureau_id IS NULL OR source_key IS NULL
   OR identity_hash IS NULL OR facts_hash IS NULL OR ledger_hash IS NULL OR extractor_fingerprint IS NULL
UNION ALL
SELECT filename, 'a fact record lacks fact_id, document_id, its span or its sentence'
FROM staged_fact
WHERE fact_id IS NULL OR document_id IS NULL OR start IS NULL OR "end" IS NULL OR sentence IS NULL;
