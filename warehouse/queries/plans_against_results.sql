-- Plans and rules for a year beside what was reported of that year.
-- reached is null where no exact result is reported, or the plan names no number.
-- $year (year): the year that the plan is for, as 2024
SELECT
    coalesce(bureau, bureau_id) AS bureau,
    status,
    metric,
    measure,
    value AS planned,
    qualifier AS planned_qualifier,
    actual_value AS actual,
    unit,
    CASE
        WHEN actual_qualifier = 'exact' AND qualifier IN ('exact', 'at_least', 'more_than', 'about') THEN actual_value >= value
        WHEN actual_qualifier = 'exact' AND qualifier IN ('at_most', 'less_than', 'nearly') THEN actual_value <= value
    END AS reached,
    sentence,
    fact_id,
    actual_fact_id
FROM plans_and_rules
WHERE year = $year AND NOT narrowed AND part_of IS NULL
ORDER BY bureau_id, metric, measure, fact_id;
