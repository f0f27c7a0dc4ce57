-- The one best figure of each bureau × metric × measure × scope × year (order of preference: comparable_mention), without its words.
CREATE OR REPLACE VIEW best_figure AS
SELECT
    bureau_id, metric, measure, scope, year,
    state_of_cell(narrowed, value, qualifier) AS state,
    CASE WHEN NOT narrowed THEN value END AS value,
    CASE WHEN NOT narrowed THEN lower END AS lower,
    CASE WHEN NOT narrowed THEN upper END AS upper,
    CASE WHEN NOT narrowed THEN qualifier END AS qualifier,
    unit, relative_to, period_kind, period_start, period_end, confidence, review,
    extraction_id, fact_id
FROM comparable_mention
WHERE preference = 1;

COMMENT ON VIEW best_figure IS 'Bureau × metric × measure × scope × year: the one best actual figure with bounds; cross_bureau adds names, words, and how many mentions agree.';
COMMENT ON COLUMN best_figure.state IS 'value, stated_zero, or parts_only when every mention is narrowed (value and bounds are null then). No row = not reported.';
COMMENT ON COLUMN best_figure.value IS 'Best figure in the unit; null for a range, a vague count, or parts_only.';
COMMENT ON COLUMN best_figure.lower IS 'Its stated lower bound; null = not bounded below.';
COMMENT ON COLUMN best_figure.upper IS 'Its stated upper bound; null = not bounded above.';
COMMENT ON COLUMN best_figure.qualifier IS 'exact, more_than, at_least, nearly, about, at_most, less_than, range, vague; null for parts_only.';
COMMENT ON COLUMN best_figure.extraction_id IS 'Reading that it is of.';
COMMENT ON COLUMN best_figure.fact_id IS 'Fact that stands in the cell (for parts_only the first of the parts).';
