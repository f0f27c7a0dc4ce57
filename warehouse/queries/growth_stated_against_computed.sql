-- Growth that reports state beside the growth of the levels that they give, the largest disagreement first.
-- Only where both years have an exact level. agrees allows for the rounding of the print.
-- $metric (metric, default all): id of the metric, as rnd_expenditure
-- $year (year, default all): the year of the growth, as 2024
SELECT
    g.bureau,
    g.metric,
    g.year,
    g.previous_level,
    g.level,
    g.computed_growth,
    g.stated_growth,
    g.agrees,
    o.sentence,
    g.fact_id,
    g.level_fact_id,
    g.previous_level_fact_id
FROM growth_check AS g
JOIN observation AS o ON o.document_id = g.document_id AND o.fact_id = g.fact_id
WHERE ($metric IS NULL OR g.metric = $metric) AND ($year IS NULL OR g.year = $year)
ORDER BY g.agrees, abs(g.computed_growth - g.stated_growth) DESC, g.bureau_id, g.metric, g.year;
