-- A level far from those of the other bureaus of its level in its year: more than ten times or less than a tenth of their median, and four
-- robust deviations away (median absolute deviation on logarithms, at least that of a factor of 1.5). At least eight bureaus, additive
-- metrics only. A bureau that reports much the same for another year is large or small, no outlier.
WITH level AS MATERIALIZED (
    SELECT c.bureau_id, c.metric, c.measure, c.scope, c.year, c.fact_id, b.level, log10(CAST(c.value AS DOUBLE)) AS size
    FROM audited_level AS c
    JOIN bureau_shown AS b ON b.bureau_id = c.bureau_id
    JOIN metric_shown AS m ON m.metric = c.metric
    WHERE m.additive AND b.level <> 'unknown'
),
peer AS (
    SELECT
        level, metric, measure, scope, year, count(*) AS bureaus, median(size) AS middle, mad(size) AS deviation
    FROM level
    GROUP BY ALL
    HAVING count(*) >= 8
),
far AS MATERIALIZED (
    SELECT a.*, p.bureaus, p.middle
    FROM level AS a
    JOIN peer AS p USING (level, metric, measure, scope, year)
    WHERE abs(a.size - p.middle) > 1
      AND abs(a.size - p.middle) > 4 * 1.4826 * greatest(p.deviation, log10(1.5) / 1.4826)
      AND greatest(a.size, p.middle) >= log10(30)
      AND NOT is_unit_slip(pow(10, a.size - p.middle))
),
-- The bureau that is nearest to the median stands beside the outlier.
middle AS (
    SELECT l.level, l.metric, l.measure, l.scope, l.year, arg_min(l.fact_id, (abs(l.size - p.middle), l.fact_id)) AS fact_id
    FROM (SELECT DISTINCT level, metric, measure, scope, year, middle FROM far) AS p
    JOIN level AS l USING (level, metric, measure, scope, year)
    GROUP BY ALL
),
outlier AS MATERIALIZED (
    SELECT a.bureau_id, a.fact_id, a.bureaus, n.fact_id AS middle_fact_id
    FROM far AS a
    JOIN middle AS n USING (level, metric, measure, scope, year)
    WHERE NOT EXISTS (
        FROM level AS o
        WHERE o.bureau_id = a.bureau_id AND o.metric = a.metric AND o.measure = a.measure AND o.scope = a.scope
          AND o.year <> a.year AND abs(o.size - a.size) < log10(3)
    )
),
said AS MATERIALIZED (
    SELECT l.*, f.document_id, f.sentence
    FROM audited_level AS l
    JOIN fact_observation AS f ON f.extraction_id = l.extraction_id AND f.fact_id = l.fact_id
    WHERE l.fact_id IN (SELECT unnest([fact_id, middle_fact_id]) FROM outlier)
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
    o.fact_id AS other_fact_id,
    'median of ' || p.bureaus || ': about ' || plain_number(o.value) || ' ' || o.unit AS other_figure,
    o.sentence AS other_sentence,
    'The figure is far from those of the ' || p.bureaus || ' bureaus of the same level in ' || a.year || '.' AS message
FROM outlier AS p
JOIN said AS a ON a.fact_id = p.fact_id
JOIN said AS o ON o.fact_id = p.middle_fact_id
