-- A level far from all other years of the same bureau, which agree among themselves: five times or a fifth of the nearest of at least two
-- other years that lie within a factor of 2.5 of each other. Counts below 30 vary by themselves; slips of the unit have their own check.
WITH level AS (
    SELECT bureau_id, metric, measure, scope, year, fact_id, value, CAST(value AS DOUBLE) AS size
    FROM cross_bureau
    WHERE measure IN ('stock', 'flow') AND value > 0 AND period_kind = 'whole_year'
),
compared AS (
    SELECT
        a.bureau_id, a.metric, a.measure, a.scope, a.year,
        count(*) AS others,
        any_value(a.fact_id) AS fact_id,
        any_value(a.size) AS size,
        min(o.size) AS smallest,
        max(o.size) AS largest
    FROM level AS a
    JOIN level AS o
        ON o.bureau_id = a.bureau_id AND o.metric = a.metric AND o.measure = a.measure AND o.scope = a.scope
        AND o.year <> a.year AND abs(o.year - a.year) <= 5
    GROUP BY ALL
),
far AS MATERIALIZED (
    SELECT bureau_id, metric, measure, scope, year, fact_id
    FROM compared
    WHERE others >= 2 AND largest <= 2.5 * smallest
      AND (size >= 5 * largest OR smallest >= 5 * size)
      AND greatest(size, largest) >= 30
      AND NOT (is_unit_slip(size / smallest) AND is_unit_slip(size / largest))
),
beside AS (
    SELECT
        f.*,
        arg_min(o.fact_id, (abs(f.year - o.year), o.year)) AS other_fact_id,
        string_agg(o.year || ': ' || plain_number(o.value), ', ' ORDER BY o.year) AS years
    FROM far AS f
    JOIN level AS o
        ON o.bureau_id = f.bureau_id AND o.metric = f.metric AND o.measure = f.measure AND o.scope = f.scope
        AND o.year <> f.year AND abs(o.year - f.year) <= 5
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
    b.other_fact_id,
    b.years AS other_figure,
    o.sentence AS other_sentence,
    'The figure of ' || a.year || ' is far from the other years of the bureau (' || b.years || ').' AS message
FROM beside AS b
JOIN observation AS a ON a.bureau_id = b.bureau_id AND a.fact_id = b.fact_id
JOIN observation AS o ON o.bureau_id = b.bureau_id AND o.fact_id = b.other_fact_id
