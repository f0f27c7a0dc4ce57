-- The sentences behind a figure: everything that the reports of one bureau say of a metric, as read, planned figures and parts too.
-- $bureau (bureau): id or name of the bureau, as 常州市科学技术局
-- $metric (metric): id of the metric, as high_tech_enterprises
-- $year (year, default all): the year that the figures are about, as 2024
SELECT
    year,
    measure,
    status,
    narrowed,
    part_of IS NOT NULL AS part,
    figure_text(value, lower, upper, qualifier, unit) AS figure,
    text,
    label,
    sentence,
    section,
    document,
    page,
    start,
    rule,
    confidence,
    fact_id
FROM observation
WHERE $bureau IN (bureau_id, bureau, bureau_printed) AND metric = $metric AND ($year IS NULL OR year = $year)
ORDER BY year DESC NULLS LAST, document_id, start, fact_id;
