-- HTML report, what was read: one row a source, those that need a person first.
-- state         rejected, doubtful (the document does not settle who it is) or loaded
-- reasons       why it was rejected, or what is in doubt
SELECT
    'rejected' AS state,
    document_id,
    NULL AS bureau,
    NULL AS report_year,
    NULL AS facts,
    NULL AS unresolved,
    [reason] AS reasons,
    detail
FROM rejected_document
WHERE holds_at(valid_from_run, valid_to_run, run_shown())
UNION ALL
SELECT
    CASE WHEN len(doubts) > 0 OR confidence = 'low' THEN 'doubtful' ELSE 'loaded' END,
    document_id,
    bureau,
    report_year,
    facts,
    unresolved,
    doubts,
    NULL
FROM document_summary
ORDER BY CASE state WHEN 'rejected' THEN 1 WHEN 'doubtful' THEN 2 ELSE 3 END, document_id, detail;
