-- A growth or change of a part of the year that is measured against a whole year: 1—9月办理90件，较上年全年下降25%. The two do not
-- compare.
SELECT
    'notice' AS severity,
    g.bureau_id,
    g.document_id,
    g.metric,
    g.year,
    g.fact_id,
    figure_text(g.value, g.lower, g.upper, g.qualifier, g.unit) AS figure,
    g.sentence,
    l.fact_id AS other_fact_id,
    figure_text(l.value, l.lower, l.upper, l.qualifier, l.unit) || ' until ' || l.period_end AS other_figure,
    l.sentence AS other_sentence,
    'The figure of a part of the year (' || l.text || ') is compared with that of a whole year (' || g.relative_to || ').' AS message
FROM observation AS g
JOIN observation AS l ON l.extraction_id = g.extraction_id AND l.start = g."of" AND l.measure = 'flow'
WHERE g.measure IN ('growth', 'change') AND g.status = 'actual' AND g.relative_to LIKE '%年全年%'
  AND period_kind(l.year, 'flow', l.period_start, l.period_end) = 'part_year'
QUALIFY row_number() OVER (PARTITION BY g.extraction_id, g.fact_id ORDER BY l.fact_id) = 1
