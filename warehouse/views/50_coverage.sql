-- Who reports what: each bureau and report year against each metric that any bureau reports (default measure and scope).
-- not_reported means that the report does not say it. It never means zero.
CREATE OR REPLACE VIEW coverage AS
WITH report AS (
    SELECT DISTINCT bureau_id, report_year AS year FROM extraction_shown WHERE report_year IS NOT NULL
),
reported_metric AS (
    SELECT DISTINCT metric FROM comparable_mention
),
cell AS (
    SELECT bureau_id, metric, year, measure, scope, state, fact_id FROM cross_bureau
),
other AS (
    SELECT
        c.bureau_id, c.metric, c.year,
        string_agg(c.measure || '@' || c.scope, ' ' ORDER BY c.measure, c.scope) AS reported_instead
    FROM cell AS c
    JOIN metric_shown AS m ON m.metric = c.metric AND (m.measure <> c.measure OR m.scope <> c.scope)
    GROUP BY ALL
)
SELECT
    r.bureau_id,
    u.bureau,
    u.division_code,
    u.division,
    r.year,
    m.family,
    m.metric,
    m.name_zh,
    m.measure,
    m.scope,
    coalesce(c.state, 'not_reported') AS state,
    o.reported_instead,
    c.fact_id
FROM report AS r
JOIN bureau_shown AS u ON u.bureau_id = r.bureau_id
CROSS JOIN reported_metric AS n
JOIN metric_shown AS m ON m.metric = n.metric
LEFT JOIN cell AS c
    ON c.bureau_id = r.bureau_id AND c.metric = m.metric AND c.year = r.year AND c.measure = m.measure AND c.scope = m.scope
LEFT JOIN other AS o ON o.bureau_id = r.bureau_id AND o.metric = m.metric AND o.year = r.year;

COMMENT ON VIEW coverage IS 'Every bureau and report year against every metric that anybody reports: value, stated_zero, parts_only or not_reported.';
COMMENT ON COLUMN coverage.year IS 'Year of the report.';
COMMENT ON COLUMN coverage.state IS 'value, stated_zero, parts_only, or not_reported: the report does not say it, which is not zero.';
COMMENT ON COLUMN coverage.measure IS 'Default measure of the metric: the one that the state is about.';
COMMENT ON COLUMN coverage.scope IS 'Default scope of the metric: the one that the state is about.';
COMMENT ON COLUMN coverage.reported_instead IS 'Other measures and scopes in which the bureau reports the metric, as measure@scope.';
COMMENT ON COLUMN coverage.fact_id IS 'Fact that stands in the cell; null for not_reported.';
