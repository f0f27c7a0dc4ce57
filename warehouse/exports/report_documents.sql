-- HTML report, what was read: one row a source, those that need a person first.
-- state         rejected, doubtful (the document does not settle who it is) or loaded
-- reasons       why it was rejected, or what is in doubt
-- Rejected sources are listed whatever is chosen: of what was not read nobody knows whose it is.
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
WHERE ($bureaus IS NULL OR bureau_id IN (SELECT unnest($bureaus::VARCHAR[])))
  AND (
      $years IS NULL
      OR report_year IN (SELECT unnest($years::INTEGER[]))
      OR document_id IN (SELECT document_id FROM observation WHERE year IN (SELECT unnest($years::INTEGER[])))
  )
ORDER BY CASE state WHEN 'rejected' THEN 1 WHEN 'doubtful' THEN 2 ELSE 3 END, document_id, detail;
