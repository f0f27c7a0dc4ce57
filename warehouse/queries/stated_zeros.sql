-- What bureaus say did not happen in a year: each zero with its sentence.
-- $year (year): the year that the figure is about, as 2024
SELECT coalesce(bureau, bureau_printed) AS bureau, metric, name_zh, text, sentence, fact_id
FROM cross_bureau
WHERE state = 'stated_zero' AND year = $year
ORDER BY metric, division_code NULLS LAST, bureau_id;
