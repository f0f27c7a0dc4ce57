-- What a person should look at, in one list. urgency 1 first: an unsettled identity makes every figure of a document uncertain.
CREATE OR REPLACE VIEW review_queue AS
SELECT
    1 AS urgency,
    'identity' AS kind,
    e.bureau_id,
    e.document_id,
    NULL AS fact_id,
    NULL AS mention_id,
    coalesce(e.bureau_printed, e.bureau, d.name) AS subject,
    'not settled by the document: ' || array_to_string(e.doubts, ', ') AS reason,
    left(d.text, 80) AS words
FROM extraction AS e
JOIN dim_document AS d ON d.document_id = e.document_id AND d.content_hash = e.content_hash
WHERE e.valid_to_run IS NULL AND (len(e.doubts) > 0 OR e.confidence = 'low')
UNION ALL
SELECT
    CASE severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END,
    'audit', bureau_id, document_id, fact_id, NULL, figure || ' / ' || other_figure, message, sentence
FROM audit_finding
WHERE valid_to_run IS NULL
UNION ALL
SELECT
    3, 'low_confidence', v.bureau_id, v.document_id, v.fact_id, v.mention_id, v.text,
    'read as ' || coalesce(v.metric, v.label) || ' by rule ' || v.rule, v.sentence
FROM fact_version AS v
WHERE v.valid_to_run IS NULL AND v.confidence = 'low'
UNION ALL
SELECT
    3, l.disposition, e.bureau_id, e.document_id, NULL, NULL, l.text,
    'left open by rule ' || l.rule, l.words
FROM ledger AS l
JOIN extraction AS e ON e.extraction_id = l.extraction_id AND e.valid_to_run IS NULL
UNION ALL
SELECT 2, 'rejected', NULL, document_id, NULL, NULL, path, reason || ': ' || detail, hint
FROM rejected_document
WHERE valid_to_run IS NULL;

COMMENT ON VIEW review_queue IS 'Everything that waits for a person: doubtful identities, findings, unsure facts, open numerals, rejected sources.';
COMMENT ON COLUMN review_queue.urgency IS '1 (first) to 3.';
COMMENT ON COLUMN review_queue.kind IS 'identity, audit, low_confidence, unresolved, unreadable or rejected.';
COMMENT ON COLUMN review_queue.bureau_id IS 'Bureau (dim_bureau); null for a rejected source.';
COMMENT ON COLUMN review_queue.document_id IS 'Document to look at.';
COMMENT ON COLUMN review_queue.fact_id IS 'Fact to look at, where it is about one.';
COMMENT ON COLUMN review_queue.mention_id IS 'Mention that a decision would hang on, where it is about one.';
COMMENT ON COLUMN review_queue.subject IS 'What it is about: a name, a figure, a path.';
COMMENT ON COLUMN review_queue.reason IS 'Why a person should look.';
COMMENT ON COLUMN review_queue.words IS 'The words of the document; for a rejected source what can be done.';
