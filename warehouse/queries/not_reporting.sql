-- Bureaus whose report of a year does not say a metric. Not said is not zero.
-- $metric (metric): id of the metric, as administrative_litigation_cases
-- $year (year): year of the report, as 2024
SELECT coalesce(bureau, bureau_id) AS bureau, division_code, year, metric, reported_instead
FROM coverage
WHERE metric = $metric AND year = $year AND state = 'not_reported'
ORDER BY division_code NULLS LAST, bureau_id;
