-- How many high-tech enterprises each bureau reports, with bounds and the sentence.
-- Level (stock) and newly recognised (flow) stand in rows of their own; the sentence is the proof.
SELECT
    coalesce(bureau, bureau_printed) AS bureau,
    division_code,
    year,
    measure,
    state,
    value,
    lower,
    upper,
    qualifier,
    unit,
    text,
    conflicting,
    sentence,
    fact_id
FROM cross_bureau
WHERE metric = 'high_tech_enterprises'
ORDER BY year DESC, measure DESC, value DESC NULLS LAST, division_code NULLS LAST, bureau_id;
