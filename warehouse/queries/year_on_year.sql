-- One metric of every bureau year on year: level, year before, computed and stated growth.
-- A difference is computed only between two exact figures that cover their years alike.
-- $metric (metric): id of the metric, as tech_smes
SELECT
    coalesce(bureau, bureau_id) AS bureau,
    measure,
    scope,
    year,
    previous_value,
    value,
    qualifier,
    unit,
    difference,
    growth,
    stated_growth,
    fact_id,
    previous_fact_id
FROM metric_trend
WHERE metric = $metric
ORDER BY bureau_id, measure, scope, year;
