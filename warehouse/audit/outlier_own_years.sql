-- A level far from all other years of the same bureau, which agree among themselves: five times or a fifth of the nearest of at least two
-- other years that lie within a factor of 2.5 of each other. Counts below 30 vary by themselves; slips of the unit have their own check.
WITH level AS (
    SELECT *, CAST(value AS DOUBLE) AS size
    FROM cross_bureau
    WHERE measure IN ('stock', 'flow') AND value > 0 AND period_kind = 'whole_year'
),
compared AS (
    SELECT
        a.bureau_id, a.metric, a.measure, a.scope, a.year,
        count(*) AS others,
        any_value(a.size) AS size,
        min(o.size) AS smallest,
        max(o.size) AS largest,
        arg_min(o.fact_id, (abs(a.year - o.year), o.year)) AS other_fact_id,
        string_agg(o.year || ': ' || plain_number(o.value), ', ' ORDER BY o.year) AS years
    FROM level AS a
    JOIN level AS o
        ON o.bureau_id = a.bureau_id AND o.metric = a.metric AND o.measure = a.measure AND o.scope = a.scope
        AND o.year <> a.year AND abs(o.year - a.year) <= 5
    GROUP BY ALL
)
SELECT
    'notice' AS severity,
    a.bureau_id,
    a.document_id,
    a.metric,
    a.year,
    a.fact_id,
    figure_text(a.value, a.lower, a.upper, a.qualifier, a.unit) AS figure,
    a.sentence,
    c.other_fact_id,
    c.years AS other_figure,
    o.sentence AS other_sentence,
    'The figure of ' || a.year || ' is far from the other years of the bureau (' || c.years || ').' AS message
FROM compared AS c
JOIN level AS a USING (bureau_id, metric, measure, scope, year)
JOIN level AS o ON o.fact_id = c.other_fact_id AND o.bureau_id = c.bureau_id AND o.metric = c.metric AND o.measure = c.measure
WHERE c.others >= 2 AND c.largest <= 2.5 * c.smallest
  AND (c.size >= 5 * c.largest OR c.smallest >= 5 * c.size)
  AND greatest(c.size, c.largest) >= 30
  AND NOT (is_unit_slip(c.size / c.smallest) AND is_unit_slip(c.size / c.largest))
