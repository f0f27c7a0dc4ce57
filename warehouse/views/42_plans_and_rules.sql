-- What was intended or is demanded, beside what happened in that year as far as it is reported.
CREATE OR REPLACE VIEW plans_and_rules AS
SELECT
    v.bureau_id,
    v.bureau,
    v.division_code,
    v.division,
    v.status,
    v.metric,
    m.name_zh,
    v.measure,
    coalesce(v.scope, m.scope) AS scope,
    v.year,
    v.report_year,
    v.narrowed,
    v.part_of,
    v.value,
    v.lower,
    v.upper,
    v.qualifier,
    v.unit,
    a.state AS actual_state,
    a.value AS actual_value,
    a.qualifier AS actual_qualifier,
    v.fact_id,
    a.fact_id AS actual_fact_id,
    v.document_id,
    v.text,
    v.label,
    v.sentence
FROM observation AS v
JOIN metric_shown AS m ON m.metric = v.metric
LEFT JOIN cross_bureau AS a
    ON a.bureau_id = v.bureau_id AND a.metric = v.metric AND a.measure = v.measure
    AND a.scope = coalesce(v.scope, m.scope) AND a.year = v.year
WHERE v.status IN ('planned', 'required');

COMMENT ON VIEW plans_and_rules IS 'Planned and required figures of catalogue metrics, each beside the actual figure of its year where one is reported.';
COMMENT ON COLUMN plans_and_rules.status IS 'planned (an intention) or required (a rule).';
COMMENT ON COLUMN plans_and_rules.actual_state IS 'State of the cross_bureau cell of that year; null = not reported.';
COMMENT ON COLUMN plans_and_rules.actual_value IS 'Actual figure of that year in the unit.';
COMMENT ON COLUMN plans_and_rules.actual_qualifier IS 'Its qualifier.';
COMMENT ON COLUMN plans_and_rules.actual_fact_id IS 'Its fact.';
