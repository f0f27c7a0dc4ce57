-- A level about ten thousand or a hundred million times, or such a fraction of, what the same bureau reports for its other years: 元 for
-- 万元 or 亿元. With one other year it cannot be said which of the two slipped: the larger is named. With more the one is named that is
-- off against all others. Without other years the median of at least five bureaus of the same level and year stands in: a notice.
WITH level AS NOT MATERIALIZED (
    SELECT c.bureau_id, c.metric, c.measure, c.scope, c.year, c.fact_id, b.level, CAST(c.value AS DOUBLE) AS size
    FROM audited_level AS c
    JOIN bureau_shown AS b ON b.bureau_id = c.bureau_id
),
-- Where no year is a thousand times another there is no slip, and most series are such.
series AS MATERIALIZED (
    SELECT bureau_id, metric, measure, scope, count(*) AS years, max(size) / min(size) AS spread
    FROM level
    GROUP BY ALL
),
uneven AS MATERIALIZED (
    SELECT l.*
    FROM level AS l
    JOIN series AS s USING (bureau_id, metric, measure, scope)
    WHERE s.spread > 1000
),
own AS (
    SELECT
        a.bureau_id, a.metric, a.measure, a.scope, a.year,
        any_value(a.fact_id) AS fact_id,
        count(*) AS others,
        min(a.size / o.size) AS least_times,
        max(a.size / o.size) AS most_times
    FROM uneven AS a
    JOIN uneven AS o
        ON o.bureau_id = a.bureau_id AND o.metric = a.metric AND o.measure = a.measure AND o.scope = a.scope AND o.year <> a.year
    GROUP BY ALL
),
peer AS (
    SELECT
        level, metric, measure, scope, year, count(*) AS bureaus, median(size) AS middle,
        quantile_cont(log10(size), 0.85) - quantile_cont(log10(size), 0.15) AS spread
    FROM level
    WHERE level <> 'unknown'
    GROUP BY ALL
    HAVING count(*) >= 6
),
unlike_peers AS MATERIALIZED (
    SELECT a.*, p.middle, a.size / p.middle AS times
    FROM level AS a
    JOIN peer AS p USING (level, metric, measure, scope, year)
    WHERE p.spread < 2.5 AND is_unit_slip(a.size / p.middle)
),
-- The bureau that is nearest to the median stands beside the slip.
middle AS (
    SELECT l.level, l.metric, l.measure, l.scope, l.year, arg_min(l.fact_id, (abs(l.size - p.middle), l.fact_id)) AS fact_id
    FROM (SELECT DISTINCT level, metric, measure, scope, year, middle FROM unlike_peers) AS p
    JOIN level AS l USING (level, metric, measure, scope, year)
    GROUP BY ALL
),
slip AS MATERIALIZED (
    SELECT
        'warning' AS severity, own.bureau_id, own.fact_id,
        arg_min(o.fact_id, (abs(own.year - o.year), o.year)) AS other_fact_id,
        CASE WHEN own.least_times > 1 THEN own.least_times ELSE own.most_times END AS times
    FROM own
    JOIN uneven AS o
        ON o.bureau_id = own.bureau_id AND o.metric = own.metric AND o.measure = own.measure AND o.scope = own.scope
        AND o.year <> own.year
    WHERE is_unit_slip(own.least_times) AND is_unit_slip(own.most_times) AND (own.least_times > 1) = (own.most_times > 1)
      AND (own.others > 1 OR own.least_times > 1)
    GROUP BY ALL
    UNION ALL
    SELECT 'notice', a.bureau_id, a.fact_id, n.fact_id, a.times
    FROM unlike_peers AS a
    JOIN middle AS n USING (level, metric, measure, scope, year)
    JOIN series AS s USING (bureau_id, metric, measure, scope)
    WHERE s.years = 1
),
said AS MATERIALIZED (
    SELECT l.*, f.document_id, f.sentence
    FROM audited_level AS l
    JOIN fact_observation AS f ON f.extraction_id = l.extraction_id AND f.fact_id = l.fact_id
    WHERE l.fact_id IN (SELECT unnest([fact_id, other_fact_id]) FROM slip)
)
SELECT
    s.severity,
    a.bureau_id,
    a.document_id,
    a.metric,
    a.year,
    a.fact_id,
    figure_text(a.value, a.lower, a.upper, a.qualifier, a.unit) AS figure,
    a.sentence,
    s.other_fact_id,
    figure_text(o.value, o.lower, o.upper, o.qualifier, o.unit) AS other_figure,
    o.sentence AS other_sentence,
    'About ' || CASE
        WHEN s.times BETWEEN 1 AND 1000000 THEN '10,000 times'
        WHEN s.times > 1 THEN '100,000,000 times'
        WHEN s.times > 0.000001 THEN 'a 10,000th of'
        ELSE 'a 100,000,000th of'
    END || CASE WHEN s.severity = 'warning' THEN ' the figure of the bureau for ' || o.year ELSE ' what bureaus of its level report' END
        || ': a slip of the unit?' AS message
FROM slip AS s
JOIN said AS a ON a.fact_id = s.fact_id
JOIN said AS o ON o.fact_id = s.other_fact_id
