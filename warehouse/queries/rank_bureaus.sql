-- Bureaus ranked on one metric in one year, highest first.
-- Default measure and scope of the metric. A place is given to exact figures only; bounded ones follow with their bounds.
-- $metric (metric): id of the metric, as high_tech_enterprises
-- $year (year): the year that the figure is about, as 2024
SELECT
    CASE WHEN c.qualifier = 'exact' THEN rank() OVER (PARTITION BY c.qualifier = 'exact' ORDER BY c.value DESC) END AS place,
    coalesce(c.bureau, c.bureau_printed) AS bureau,
    c.division_code,
    c.value,
    c.lower,
    c.upper,
    c.qualifier,
    c.unit,
    c.period_kind,
    c.text,
    c.fact_id
FROM cross_bureau AS c
JOIN metric_shown AS m ON m.metric = c.metric AND m.measure = c.measure AND m.scope = c.scope
WHERE c.metric = $metric AND c.year = $year AND c.state <> 'parts_only'
ORDER BY place NULLS LAST, c.value DESC NULLS LAST, c.lower DESC NULLS LAST, c.bureau_id;
