-- A changed document closes its old extraction and opens another; a confirmed one keeps it and notes who confirmed it; one whose source is
-- gone closes it.
UPDATE extraction SET valid_to_run = getvariable('run_id')
FROM incoming AS i
WHERE i.state = 'changed' AND extraction.extraction_id = i.current_extraction_id;

UPDATE extraction SET valid_to_run = getvariable('run_id')
WHERE valid_to_run IS NULL AND document_id IN (SELECT document_id FROM gone_document);

UPDATE extraction SET confirmed_fingerprint = i.extractor_fingerprint, source_key = i.source_key, ledger_hash = i.ledger_hash
FROM incoming AS i
WHERE i.state = 'confirmed' AND extraction.extraction_id = i.current_extraction_id;

INSERT INTO extraction (
    extraction_id, document_id, content_hash, source_key, extractor_fingerprint, confirmed_fingerprint, identity_hash, bureau_id,
    bureau, bureau_printed, division_code, division, level, report_year, published, kind, confidence, doubts, evidence,
    facts_hash, ledger_hash, facts, valid_from_run, valid_to_run
)
SELECT
    extraction_id, document_id, content_hash, source_key, extractor_fingerprint, extractor_fingerprint, identity_hash, bureau_id,
    bureau, bureau_printed, division_code, division, level, report_year, published, kind, confidence, doubts, evidence,
    facts_hash, ledger_hash, facts, getvariable('run_id'), NULL
FROM incoming
WHERE state IN ('new', 'changed')
ORDER BY extraction_id;
