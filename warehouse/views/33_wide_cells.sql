-- The cells of the wide table of what is chosen (null: all): one row a figure, bureaus with a report and no figure once without one.
--   column_name   the column of the table (column_of_cell)
--   reading       how to read the number, empty for an exact figure of the whole year (figure_reading)
CREATE OR REPLACE MACRO wide_cells(chosen_years, chosen_metrics, chosen_bureaus) AS TABLE
WITH cell AS (
    SELECT *
    FROM best_figure
    WHERE (chosen_years IS NULL OR year IN (SELECT unnest(CAST(chosen_years AS INTEGER[]))))
      AND (chosen_metrics IS NULL OR metric IN (SELECT unnest(CAST(chosen_metrics AS VARCHAR[]))))
      AND (chosen_bureaus IS NULL OR bureau_id IN (SELECT unnest(CAST(chosen_bureaus AS VARCHAR[]))))
),
line AS (
    SELECT bureau_id, year FROM cell
    UNION
    SELECT bureau_id, report_year
    FROM extraction_shown
    WHERE report_year IS NOT NULL
      AND (chosen_years IS NULL OR report_year IN (SELECT unnest(CAST(chosen_years AS INTEGER[]))))
      AND (chosen_bureaus IS NULL OR bureau_id IN (SELECT unnest(CAST(chosen_bureaus AS VARCHAR[]))))
)
SELECT
    l.bureau_id,
    coalesce(u.bureau, u.bureau_printed) AS bureau,
    u.division_code,
    u.division,
    l.year,
    column_of_cell(c.metric, c.measure, c.scope, m.measure, m.scope) AS column_name,
    c.value,
    figure_reading(c.state, c.qualifier, c.value, c.lower, c.upper, c.period_kind, c.measure, c.relative_to) AS reading,
    m.family,
    m.metric,
    c.measure <> m.measure AS other_measure,
    c.scope <> m.scope AS other_scope,
    m.name_zh,
    c.unit,
    c.measure,
    c.scope,
    c.extraction_id,
    c.fact_id
FROM line AS l
JOIN bureau_shown AS u ON u.bureau_id = l.bureau_id
LEFT JOIN cell AS c ON c.bureau_id = l.bureau_id AND c.year = l.year
LEFT JOIN metric_shown AS m ON m.metric = c.metric;

COMMENT ON MACRO TABLE wide_cells IS 'The cells of cross_bureau.csv for chosen years, metrics and bureaus (null: all): SELECT * FROM wide_cells([2024], NULL, NULL).';
