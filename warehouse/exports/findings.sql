-- The findings of the audit that still stand, the gravest first: a sheet of the workbook and a part of the HTML report.
SELECT
    f.severity,
    f.check_name,
    coalesce(b.bureau, b.bureau_printed, f.bureau_id) AS bureau,
    f.document_id,
    coalesce(m.name_zh, f.metric) AS metric,
    f.year,
    f.figure,
    f.sentence,
    f.other_figure,
    f.other_sentence,
    f.message,
    f.fact_id,
    f.other_fact_id
FROM audit_finding AS f
LEFT JOIN bureau_shown AS b ON b.bureau_id = f.bureau_id
LEFT JOIN metric_shown AS m ON m.metric = f.metric
WHERE holds_at(f.valid_from_run, f.valid_to_run, run_shown())
  AND ($years IS NULL OR f.year IN (SELECT unnest($years::INTEGER[])))
  AND ($metrics IS NULL OR f.metric IN (SELECT unnest($metrics::VARCHAR[])))
  AND ($bureaus IS NULL OR f.bureau_id IN (SELECT unnest($bureaus::VARCHAR[])))
ORDER BY
    CASE f.severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END,
    f.check_name, f.document_id, f.year, f.finding_id;
