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
    NULL AS other_fact_id,
    coalesce(g.relative_to, 'the whole year before') AS other_figure,
    NULL AS other_sentence,
    'The figure of a part of the year is compared with that of a whole year.' AS message
FROM figure_in_sentence AS g
WHERE g.measure IN ('growth', 'change') AND g.status = 'actual'
  AND period_kind(g.year, 'flow', g.period_start, g.period_end) = 'part_year'
  AND regexp_matches(g.lead, '[较比](上年|去年|上一年|[0-9]{4}年)度?(的)?(全年|全年度)')
