-- Figures far from the median of the bureaus of the same level in the same year: many times as large, or as small a part of it.
-- Exact figures of the whole year. A question, no finding: large cities are large.
-- $times (number, default 10): how many times the median, or what part of it, at least
-- $bureaus (integer, default 5): bureaus that give such a figure, at least; a median of fewer says little
-- $metric (metric, default all): id of the metric, as patents_granted
-- $year (year, default all): the year that the figures are about, as 2024
WITH level AS (
    SELECT c.*, u.level
    FROM cross_bureau AS c
    JOIN bureau_shown AS u ON u.bureau_id = c.bureau_id
    WHERE c.measure IN ('stock', 'flow') AND c.qualifier = 'exact' AND c.period_kind = 'whole_year' AND c.value > 0
),
peer AS (
    SELECT level, metric, measure, scope, year, count(*) AS bureaus, median(value) AS middle
    FROM level
    GROUP BY level, metric, measure, scope, year
)
SELECT
    coalesce(l.bureau, l.bureau_printed) AS bureau,
    l.level,
    l.metric,
    l.measure,
    l.scope,
    l.year,
    l.value,
    l.unit,
    CAST(p.middle AS DECIMAL(38, 2)) AS median,
    p.bureaus,
    CAST(CAST(l.value AS DOUBLE) / CAST(p.middle AS DOUBLE) AS DECIMAL(38, 3)) AS times_median,
    l.sentence,
    l.fact_id
FROM level AS l
JOIN peer AS p USING (level, metric, measure, scope, year)
WHERE p.bureaus >= $bureaus
  AND greatest(CAST(l.value AS DOUBLE) / CAST(p.middle AS DOUBLE), CAST(p.middle AS DOUBLE) / CAST(l.value AS DOUBLE)) >= $times
  AND ($metric IS NULL OR l.metric = $metric)
  AND ($year IS NULL OR l.year = $year)
ORDER BY abs(ln(CAST(l.value AS DOUBLE) / CAST(p.middle AS DOUBLE))) DESC, l.metric, l.year, l.bureau_id;
