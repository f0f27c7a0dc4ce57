-- cross_bureau.csv, cell by cell: one row a figure, bureaus with a report and no figure once without one.
-- column_name   the metric; :measure behind it where that is not the metric's default, @scope where that is not the default
-- reading       how to read the number, empty for an exact figure of the whole year:
--               parts_only | qualifier | qualifier lower..upper (no single number), then part_year, then relative_to=…
WITH line AS (
    SELECT bureau_id, year FROM cross_bureau
    UNION
    SELECT bureau_id, report_year FROM extraction_shown WHERE report_year IS NOT NULL
)
SELECT
    l.bureau_id,
    coalesce(u.bureau, u.bureau_printed) AS bureau,
    u.division_code,
    u.division,
    l.year,
    c.metric
        || CASE WHEN c.measure <> m.measure THEN ':' || c.measure ELSE '' END
        || CASE WHEN c.scope <> m.scope THEN '@' || c.scope ELSE '' END AS column_name,
    c.value,
    concat_ws(
        ' ',
        CASE WHEN c.state = 'parts_only' THEN 'parts_only' END,
        CASE WHEN c.qualifier <> 'exact' THEN c.qualifier END,
        CASE WHEN c.state <> 'parts_only' AND c.value IS NULL
            THEN coalesce(plain_number(c.lower), '') || '..' || coalesce(plain_number(c.upper), '') END,
        CASE WHEN c.period_kind = 'part_year' THEN 'part_year' END,
        CASE WHEN c.measure IN ('rank', 'ratio') AND c.relative_to IS NOT NULL THEN 'relative_to=' || c.relative_to END
    ) AS reading,
    m.family,
    m.metric,
    c.measure <> m.measure AS other_measure,
    c.scope <> m.scope AS other_scope,
    m.name_zh,
    c.unit,
    c.measure,
    c.scope,
    c.text,
    c.sentence,
    c.document_id,
    c.fact_id
FROM line AS l
JOIN bureau_shown AS u ON u.bureau_id = l.bureau_id
LEFT JOIN cross_bureau AS c ON c.bureau_id = l.bureau_id AND c.year = l.year
LEFT JOIN metric_shown AS m ON m.metric = c.metric
ORDER BY u.division_code NULLS LAST, l.bureau_id, l.year, m.family, m.metric, c.measure, c.scope;
