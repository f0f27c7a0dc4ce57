-- The metrics of some families.
SELECT metric
FROM metric_shown
WHERE family IN (SELECT unnest($families::VARCHAR[]))
ORDER BY metric;
