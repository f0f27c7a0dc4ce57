-- Each stated year-on-year growth beside the growth that the levels of the two years give. The level is the figure that the growth
-- qualifies (of), else the default measure of the metric; the level of the year before comes from cross_bureau.
-- The tolerance is what rounding explains: half a unit of the last printed decimal of the growth, 0.05 for the arithmetic, and the
-- rounding of the two levels (rounding_slack).
CREATE OR REPLACE VIEW growth_check AS
WITH stated AS (
    SELECT
        g.*,
        coalesce(l.measure, m.measure) AS level_measure,
        coalesce(l.scope, g.scope) AS level_scope,
        l.value AS named_level,
        l.text AS named_level_text,
        l.fact_id AS named_level_fact_id,
        length(regexp_extract(g.text, '[.点]([0-9]+)', 1)) AS decimals
    FROM comparable_mention AS g
    JOIN metric_shown AS m ON m.metric = g.metric
    LEFT JOIN comparable_mention AS l
        ON l.extraction_id = g.extraction_id AND l.start = g."of" AND l.metric = g.metric AND l.qualifier = 'exact' AND NOT l.narrowed
    WHERE g.measure = 'growth' AND NOT g.narrowed AND g.qualifier = 'exact'
)
SELECT
    s.bureau_id,
    s.bureau,
    s.document_id,
    s.metric,
    s.level_measure,
    s.level_scope AS scope,
    s.year,
    s.value AS stated_growth,
    coalesce(s.named_level, now.value) AS level,
    before.value AS previous_level,
    CAST((coalesce(s.named_level, now.value) - before.value) / before.value * 100 AS DECIMAL(38, 2)) AS computed_growth,
    abs(computed_growth - s.value) <= 0.05 + 0.5 / pow(10, s.decimals)
        + (100 + computed_growth) * (rounding_slack(coalesce(s.named_level_text, now.text)) + rounding_slack(before.text)) AS agrees,
    s.fact_id,
    coalesce(s.named_level_fact_id, now.fact_id) AS level_fact_id,
    before.fact_id AS previous_level_fact_id
FROM stated AS s
LEFT JOIN cross_bureau AS now
    ON now.bureau_id = s.bureau_id AND now.metric = s.metric AND now.measure = s.level_measure
    AND now.scope = s.level_scope AND now.year = s.year
    AND now.qualifier = 'exact' AND now.period_kind = s.period_kind
JOIN cross_bureau AS before
    ON before.bureau_id = s.bureau_id AND before.metric = s.metric AND before.measure = s.level_measure
    AND before.scope = s.level_scope AND before.year = s.year - 1
    AND before.qualifier = 'exact' AND before.period_kind = s.period_kind AND before.value > 0
WHERE coalesce(s.named_level, now.value) IS NOT NULL;

COMMENT ON VIEW growth_check IS 'Stated growth against the growth of the stated levels, where both years have an exact level.';
COMMENT ON COLUMN growth_check.level_measure IS 'Measure of the levels: stock or flow.';
COMMENT ON COLUMN growth_check.scope IS 'Scope of the levels: jurisdiction or bureau.';
COMMENT ON COLUMN growth_check.stated_growth IS 'Growth that the report prints, in %.';
COMMENT ON COLUMN growth_check.level IS 'Level of the year, in the unit of the metric.';
COMMENT ON COLUMN growth_check.previous_level IS 'Level of the year before.';
COMMENT ON COLUMN growth_check.computed_growth IS 'Growth between the two levels in %, rounded to two decimals.';
COMMENT ON COLUMN growth_check.agrees IS 'True when stated and computed growth differ by no more than rounding.';
COMMENT ON COLUMN growth_check.fact_id IS 'Fact of the stated growth.';
COMMENT ON COLUMN growth_check.level_fact_id IS 'Fact of the level.';
COMMENT ON COLUMN growth_check.previous_level_fact_id IS 'Fact of the level of the year before.';
