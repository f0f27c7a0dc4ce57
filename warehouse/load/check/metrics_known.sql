-- A fact may only name a metric of the catalogue.
SELECT any_value(filename) AS file, 'metric ' || metric || ' of ' || count(*) || ' facts is not in the catalogue' AS problem
FROM staged_fact
WHERE metric IS NOT NULL AND metric NOT IN (SELECT metric FROM staged_metric)
GROUP BY metric;
