-- Each cell of cross_bureau beside the same cell of the year before. A difference is computed only between two exact figures that
-- cover their years alike; it is the product's arithmetic, not a statement of the report (that one is stated_growth).
CREATE OR REPLACE VIEW metric_trend AS
SELECT
    now.bureau_id,
    now.bureau,
    now.division_code,
    now.division,
    now.metric,
    now.name_zh,
    now.measure,
    now.scope,
    now.unit,
    now.year,
    now.state,
    now.value,
    now.qualifier,
    before.state AS previous_state,
    before.value AS previous_value,
    before.qualifier AS previous_qualifier,
    now.qualifier = 'exact' AND before.qualifier = 'exact' AND now.period_kind = before.period_kind
        AND now.relative_to IS NOT DISTINCT FROM before.relative_to AS comparable,
    CASE WHEN comparable THEN now.value - before.value END AS difference,
    CASE
        WHEN comparable AND now.measure IN ('stock', 'flow') AND before.value > 0
        THEN CAST((now.value - before.value) / before.value * 100 AS DECIMAL(38, 2))
    END AS growth,
    stated.value AS stated_growth,
    stated.qualifier AS stated_growth_qualifier,
    now.fact_id,
    before.fact_id AS previous_fact_id
FROM cross_bureau AS now
LEFT JOIN cross_bureau AS before
    ON before.bureau_id = now.bureau_id
    AND before.metric = now.metric
    AND before.measure = now.measure
    AND before.scope = now.scope
    AND before.year = now.year - 1
LEFT JOIN cross_bureau AS stated
    ON stated.bureau_id = now.bureau_id
    AND stated.metric = now.metric
    AND stated.measure = 'growth'
    AND stated.scope = now.scope
    AND stated.year = now.year
WHERE now.measure IN ('stock', 'flow', 'ratio', 'rank');

COMMENT ON VIEW metric_trend IS 'cross_bureau year on year: levels, computed difference and growth, and the growth that the report states.';
COMMENT ON COLUMN metric_trend.previous_state IS 'State of the same cell in the year before; null = not reported.';
COMMENT ON COLUMN metric_trend.previous_value IS 'Figure of the year before, in the unit.';
COMMENT ON COLUMN metric_trend.previous_qualifier IS 'Its qualifier.';
COMMENT ON COLUMN metric_trend.comparable IS 'True when both figures are exact and cover their years alike.';
COMMENT ON COLUMN metric_trend.difference IS 'value less previous_value, in the unit (percentage points for a ratio); null unless comparable.';
COMMENT ON COLUMN metric_trend.growth IS 'Computed growth in %, rounded to two decimals; null unless comparable and the year before is above zero.';
COMMENT ON COLUMN metric_trend.stated_growth IS 'Growth against the year before that the report prints, in %.';
COMMENT ON COLUMN metric_trend.stated_growth_qualifier IS 'Qualifier of the stated growth.';
COMMENT ON COLUMN metric_trend.previous_fact_id IS 'Fact of the year before.';
