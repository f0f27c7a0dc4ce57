-- Figures that do not cover their whole year (上半年, 截至9月底). They stand in cross_bureau only where there is no figure of the whole year.
-- $metric (metric, default all): id of the metric, as contract_amount
-- $year (year, default all): the year that the figures are about, as 2024
SELECT
    coalesce(bureau, bureau_printed) AS bureau,
    metric,
    measure,
    scope,
    year,
    period_start,
    period_end,
    value,
    lower,
    upper,
    qualifier,
    unit,
    preference = 1 AS stands_in_cell,
    text,
    sentence,
    fact_id
FROM comparable_mention
WHERE period_kind = 'part_year' AND NOT narrowed
  AND ($metric IS NULL OR metric = $metric)
  AND ($year IS NULL OR year = $year)
ORDER BY metric, year DESC, division_code NULLS LAST, bureau_id, period_end, fact_id;
