-- What the audit found, with both figures and both sentences. A finding questions a figure and never changes it.
-- $severity (text, default all): error, warning or notice
-- $check (text, default all): name of the check, as growth_against_levels (they are listed in warehouse/DICTIONARY.md)
-- $year (year, default all): the year that the figure is about, as 2024
SELECT
    f.severity,
    f.check_name,
    coalesce(u.bureau, u.bureau_printed) AS bureau,
    f.metric,
    f.year,
    f.figure,
    f.other_figure,
    f.message,
    f.sentence,
    f.other_sentence,
    f.document_id,
    f.fact_id,
    f.other_fact_id
FROM audit_finding AS f
LEFT JOIN bureau_shown AS u ON u.bureau_id = f.bureau_id
WHERE holds_at(f.valid_from_run, f.valid_to_run, run_shown())
  AND ($severity IS NULL OR f.severity = $severity)
  AND ($check IS NULL OR f.check_name = $check)
  AND ($year IS NULL OR f.year = $year)
ORDER BY CASE f.severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, f.check_name, f.document_id, f.fact_id, f.finding_id;
