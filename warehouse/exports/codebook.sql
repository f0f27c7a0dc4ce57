-- codebook.csv, and the code book of the workbook: the metrics of the catalogue by family, and those that only older facts name.
-- bureaus       Bureaus that report the metric, among those and in the years that are exported.
WITH reporting AS (
    SELECT metric, count(DISTINCT bureau_id) AS bureaus
    FROM comparable_mention
    WHERE ($years IS NULL OR year IN (SELECT unnest($years::INTEGER[])))
      AND ($bureaus IS NULL OR bureau_id IN (SELECT unnest($bureaus::VARCHAR[])))
    GROUP BY metric
)
SELECT
    m.family,
    m.metric,
    m.name_zh,
    m.name_en,
    m.unit,
    m.measure,
    m.scope,
    m.additive,
    m.note,
    coalesce(r.bureaus, 0) AS bureaus
FROM metric_shown AS m
LEFT JOIN reporting AS r ON r.metric = m.metric
WHERE (m.in_catalogue OR m.metric IN (SELECT metric FROM observation))
  AND ($metrics IS NULL OR m.metric IN (SELECT unnest($metrics::VARCHAR[])))
ORDER BY m.family, m.metric;
