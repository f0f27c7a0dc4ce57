-- Code book of the workbook: the metrics of the catalogue by family, each with the number of bureaus that report it.
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
LEFT JOIN cross_bureau AS c ON c.metric = m.metric
WHERE m.in_catalogue OR c.metric IS NOT NULL
GROUP BY ALL
ORDER BY m.family, m.metric;
