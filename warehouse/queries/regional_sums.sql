-- Sums over the divisions below a province or a prefecture, with bounds, and how many of how many report; beside its own figure.
-- Additive metrics, figures of the whole jurisdiction and year. value is null where a figure in the sum is not exact: read lower and upper
-- then (null = not bounded). Divisions that do not report are in no sum; whole = false: the level is a part of the parent only.
-- $metric (metric, default all): id of the metric, as high_tech_enterprises
-- $year (year, default all): the year that the figures are about, as 2024
-- $parent (division, default all): GB/T 2260 code of the province or prefecture, as 650000
-- $level (text, default all): prefecture, county, or right_below (what stands right below a province, of both levels)
SELECT
    parent,
    parent_code,
    child_level,
    metric,
    measure,
    year,
    value,
    lower,
    upper,
    unit,
    reporting,
    published,
    existing,
    whole,
    conflicting,
    left_out,
    parent_value,
    difference,
    admitted,
    parent_fact_id
FROM regional_total
WHERE ($metric IS NULL OR metric = $metric)
  AND ($year IS NULL OR year = $year)
  AND ($parent IS NULL OR parent_code = $parent)
  AND ($level IS NULL OR child_level = $level)
ORDER BY metric, measure, year DESC, parent_code, child_level;
