-- codebook.csv, and the code book of the workbook: the metrics of the catalogue by family, and those that only older facts name.
-- bureaus       Bureaus that report the metric, among those and in the years that are exported.
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
    count(DISTINCT c.bureau_id) AS bureaus
FROM metric_shown AS m
LEFT JOIN cross_bureau AS c
    ON c.metric = m.metric
    AND ($years IS NULL OR c.year IN (SELECT unnest($years::INTEGER[])))
    AND ($bureaus IS NULL OR c.bureau_id IN (SELECT unnest($bureaus::VARCHAR[])))
WHERE (m.in_catalogue OR m.metric IN (SELECT metric FROM observation))
  AND ($metrics IS NULL OR m.metric IN (SELECT unnest($metrics::VARCHAR[])))
GROUP BY ALL
ORDER BY m.family, m.metric;
