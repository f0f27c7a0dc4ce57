-- Where a bureau gives two figures for one metric and year that exclude each other: the one in the table, and the other.
-- $metric (metric, default all): id of the metric, as complaint_cases
-- $year (year, default all): the year that the figures are about, as 2024
SELECT
    coalesce(c.bureau, c.bureau_printed) AS bureau,
    c.metric,
    c.measure,
    c.scope,
    c.year,
    figure_text(c.value, c.lower, c.upper, c.qualifier, c.unit) AS figure,
    figure_text(m.value, m.lower, m.upper, m.qualifier, m.unit) AS other_figure,
    c.sentence,
    m.sentence AS other_sentence,
    c.document_id,
    m.document_id AS other_document_id,
    c.fact_id,
    m.fact_id AS other_fact_id
FROM cross_bureau AS c
JOIN comparable_mention AS m
    ON m.bureau_id = c.bureau_id AND m.metric = c.metric AND m.measure = c.measure AND m.scope = c.scope AND m.year = c.year
JOIN comparable_mention AS b
    ON b.bureau_id = c.bureau_id AND b.metric = c.metric AND b.measure = c.measure AND b.scope = c.scope AND b.year = c.year
    AND b.preference = 1
WHERE c.conflicting > 0
  AND NOT m.narrowed
  AND m.period_kind = b.period_kind
  AND m.period_end IS NOT DISTINCT FROM b.period_end
  AND m.relative_to IS NOT DISTINCT FROM b.relative_to
  AND (m.least > b.most OR m.most < b.least)
  AND ($metric IS NULL OR c.metric = $metric)
  AND ($year IS NULL OR c.year = $year)
ORDER BY c.metric, c.year DESC, c.division_code NULLS LAST, c.bureau_id, c.measure, m.preference;
