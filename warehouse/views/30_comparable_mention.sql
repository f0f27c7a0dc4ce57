-- The figures that may stand for a bureau in a table: said as actual, of a catalogue metric, a whole and no part of one, about a
-- known year. A growth or change counts only against the year before; a figure of several years is no figure of one.
-- preference orders the mentions of one cell, best first:
--   1. the whole metric before a narrowed one      4. the surer reading
--   2. the whole year before a part of it          5. the report on that very year before a later look back
--   3. an exact figure before a bounded one,       6. the first in the text
--      a bounded one before a range without a number
CREATE OR REPLACE VIEW comparable_mention AS
WITH mention AS (
    SELECT
        v.* EXCLUDE (scope),
        coalesce(v.scope, m.scope) AS scope,
        period_kind(v.year, v.measure, v.period_start, v.period_end) AS period_kind,
        CASE WHEN v.qualifier = 'exact' THEN v.value ELSE v.lower END AS least,
        CASE WHEN v.qualifier = 'exact' THEN v.value ELSE v.upper END AS most
    FROM observation AS v
    JOIN metric_shown AS m ON m.metric = v.metric
    WHERE v.status = 'actual'
      AND v.part_of IS NULL
      AND v.year IS NOT NULL
      AND (v.measure NOT IN ('growth', 'change') OR is_against_year_before(v.relative_to, v.year))
)
SELECT
    *,
    row_number() OVER (
        PARTITION BY bureau_id, metric, measure, scope, year
        ORDER BY
            narrowed,
            period_kind = 'part_year',
            CASE WHEN qualifier = 'exact' THEN 0 WHEN value IS NOT NULL THEN 1 ELSE 2 END,
            CASE confidence WHEN 'high' THEN 0 WHEN 'medium' THEN 1 ELSE 2 END,
            report_year IS DISTINCT FROM year,
            document_id,
            start,
            fact_id
    ) AS preference
FROM mention
WHERE period_kind <> 'several_years';

COMMENT ON VIEW comparable_mention IS 'The figures that compete for the cells of cross_bureau, best first: actual, of a catalogue metric and a known year, no part of a whole, not of several years, growth and change against the year before only.';
COMMENT ON COLUMN comparable_mention.scope IS 'jurisdiction or bureau; the default of the metric where the text does not say.';
COMMENT ON COLUMN comparable_mention.period_kind IS 'whole_year or part_year.';
COMMENT ON COLUMN comparable_mention.least IS 'Least value that the words allow, in the unit; null = not bounded.';
COMMENT ON COLUMN comparable_mention.most IS 'Greatest value that the words allow, in the unit; null = not bounded.';
COMMENT ON COLUMN comparable_mention.preference IS '1 for the figure that stands in the cell, then the others in order.';
