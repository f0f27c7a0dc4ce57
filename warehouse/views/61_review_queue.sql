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
    CASE
        WHEN r.document_id IS NOT NULL THEN 'decided; run the sources again to take the decision'
        ELSE 'not settled by the document: ' || array_to_string(e.doubts, ', ')
    END AS reason,
    left(d.text, 80) AS words
FROM extraction_shown AS e
JOIN dim_document AS d ON d.document_id = e.document_id AND d.content_hash = e.content_hash
LEFT JOIN (
    SELECT document_id, any_value(decision) AS decision
    FROM review_decision
    WHERE mention_id IS NULL AND holds_at(valid_from_run, valid_to_run, run_shown())
    GROUP BY document_id
) AS r ON r.document_id = e.document_id
WHERE (len(e.doubts) > 0 OR e.confidence = 'low') AND r.decision IS DISTINCT FROM 'accept'
UNION ALL
SELECT
    CASE f.severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END,
    'audit', f.bureau_id, f.document_id, f.fact_id, o.mention_id, f.figure || ' / ' || f.other_figure, f.message, f.sentence
FROM audit_finding AS f
LEFT JOIN observation AS o ON o.document_id = f.document_id AND o.fact_id = f.fact_id
WHERE holds_at(f.valid_from_run, f.valid_to_run, run_shown()) AND o.review IS NULL
UNION ALL
SELECT
    3, 'low_confidence', o.bureau_id, o.document_id, o.fact_id, o.mention_id, o.text,
    'read as ' || coalesce(o.metric, o.label) || ' by rule ' || o.rule, o.sentence
FROM observation AS o
WHERE o.confidence = 'low'
UNION ALL
SELECT
    3, n.disposition, n.bureau_id, n.document_id, NULL, n.mention_id, n.text, 'left open by rule ' || n.rule, n.words
FROM open_numeral AS n
WHERE NOT n.reviewed
UNION ALL
SELECT
    2, 'decision', e.bureau_id, s.document_id, NULL, s.mention_id, s.subject,
    CASE s.state
        WHEN 'sentence_changed' THEN 'decided (' || s.decision || '), but its sentence is no longer in the document'
        ELSE 'decided (' || s.decision || '), but the figure is now read as something else'
    END,
    s.sentence
FROM decision_state AS s
LEFT JOIN extraction_shown AS e ON e.document_id = s.document_id
WHERE s.state <> 'applied'
UNION ALL
SELECT 2, 'rejected', NULL, document_id, NULL, NULL, path, reason || ': ' || detail, hint
FROM rejected_document
WHERE holds_at(valid_from_run, valid_to_run, run_shown());

COMMENT ON VIEW review_queue IS 'Everything that waits for a person: doubtful identities, findings, unsure facts, open numerals, decisions that no longer apply, rejected sources.';
COMMENT ON COLUMN review_queue.urgency IS '1 (first) to 3.';
COMMENT ON COLUMN review_queue.kind IS 'identity, audit, low_confidence, unresolved, unreadable, decision (one that no longer applies) or rejected.';
COMMENT ON COLUMN review_queue.bureau_id IS 'Bureau (dim_bureau); null for a rejected source.';
COMMENT ON COLUMN review_queue.document_id IS 'Document to look at.';
COMMENT ON COLUMN review_queue.fact_id IS 'Fact to look at, where it is about one.';
COMMENT ON COLUMN review_queue.mention_id IS 'Mention that a decision would hang on, where it is about one.';
COMMENT ON COLUMN review_queue.subject IS 'What it is about: a name, a figure, a path.';
COMMENT ON COLUMN review_queue.reason IS 'Why a person should look.';
COMMENT ON COLUMN review_queue.words IS 'The words of the document; for a rejected source what can be done.';
