-- What the bureaus report, side by side: one row a bureau × metric × measure × scope × year, with the one best figure
-- (order of preference: comparable_mention). A cell that nobody filled has no row here; coverage shows those.
--   state  value        a figure for the whole metric
--          stated_zero  the document says that there was none
--          parts_only   every mention counts a part of the metric only: no figure for the whole
-- Two mentions conflict when they are of one period and one comparison and their bounds exclude each other.
CREATE OR REPLACE VIEW cross_bureau AS
WITH mention AS (
    SELECT
        extraction_id, fact_id, bureau_id, metric, measure, scope, year, narrowed, period_kind, period_start, period_end, relative_to,
        value, lower, upper, qualifier, unit, confidence, review, least, most, preference
    FROM comparable_mention
),
best AS (
    SELECT * FROM mention WHERE preference = 1
),
compared AS (
    SELECT
        m.bureau_id, m.metric, m.measure, m.scope, m.year, m.narrowed,
        m.period_kind = b.period_kind
            AND m.period_end IS NOT DISTINCT FROM b.period_end
            AND m.relative_to IS NOT DISTINCT FROM b.relative_to AS comparable,
        coalesce(m.least > b.most, FALSE) OR coalesce(m.most < b.least, FALSE) AS excluded
    FROM mention AS m
    JOIN best AS b USING (bureau_id, metric, measure, scope, year)
),
counted AS (
    SELECT
        bureau_id, metric, measure, scope, year,
        count(*) AS mentions,
        count(*) FILTER (WHERE narrowed) AS narrowed_mentions,
        count(*) FILTER (WHERE NOT narrowed AND comparable AND NOT excluded) AS agreeing,
        count(*) FILTER (WHERE NOT narrowed AND comparable AND excluded) AS conflicting
    FROM compared
    GROUP BY ALL
)
SELECT
    b.bureau_id,
    u.bureau,
    u.bureau_printed,
    u.known AS bureau_known,
    u.division_code,
    u.division,
    m.family,
    b.metric,
    m.name_zh,
    m.name_en,
    b.measure,
    b.scope,
    b.year,
    state_of_cell(b.narrowed, b.value, b.qualifier) AS state,
    CASE WHEN NOT b.narrowed THEN b.value END AS value,
    CASE WHEN NOT b.narrowed THEN b.lower END AS lower,
    CASE WHEN NOT b.narrowed THEN b.upper END AS upper,
    CASE WHEN NOT b.narrowed THEN b.qualifier END AS qualifier,
    b.unit,
    b.relative_to,
    b.period_kind,
    b.period_start,
    b.period_end,
    b.confidence,
    b.review,
    n.mentions,
    n.narrowed_mentions,
    n.agreeing,
    n.conflicting,
    b.fact_id,
    f.document_id,
    f.text,
    f.label,
    f.sentence
FROM best AS b
JOIN counted AS n USING (bureau_id, metric, measure, scope, year)
JOIN fact_observation AS f ON f.extraction_id = b.extraction_id AND f.fact_id = b.fact_id
JOIN bureau_shown AS u ON u.bureau_id = b.bureau_id
JOIN metric_shown AS m ON m.metric = b.metric;

COMMENT ON VIEW cross_bureau IS 'Bureau × metric × measure × scope × year: the one best actual figure with bounds, its sentence, and how many mentions agree or conflict.';
COMMENT ON COLUMN cross_bureau.bureau_known IS 'False when bureau or division is not settled: review before comparing.';
COMMENT ON COLUMN cross_bureau.measure IS 'stock, flow, growth (against the year before), change, ratio or rank.';
COMMENT ON COLUMN cross_bureau.scope IS 'jurisdiction or bureau; the default of the metric where the text does not say.';
COMMENT ON COLUMN cross_bureau.state IS 'value, stated_zero, or parts_only when every mention is narrowed (value and bounds are null then). No row = not reported.';
COMMENT ON COLUMN cross_bureau.value IS 'Best figure in the unit; null for a range, a vague count, or parts_only.';
COMMENT ON COLUMN cross_bureau.lower IS 'Its stated lower bound; null = not bounded below.';
COMMENT ON COLUMN cross_bureau.upper IS 'Its stated upper bound; null = not bounded above.';
COMMENT ON COLUMN cross_bureau.qualifier IS 'exact, more_than, at_least, nearly, about, at_most, less_than, range, vague; null for parts_only.';
COMMENT ON COLUMN cross_bureau.mentions IS 'Figures that compete for this cell.';
COMMENT ON COLUMN cross_bureau.narrowed_mentions IS 'Those of them that count a part of the metric only.';
COMMENT ON COLUMN cross_bureau.agreeing IS 'Un-narrowed mentions of the same period whose bounds admit the best figure, itself included.';
COMMENT ON COLUMN cross_bureau.conflicting IS 'Un-narrowed mentions of the same period whose bounds exclude the best figure.';
COMMENT ON COLUMN cross_bureau.fact_id IS 'Fact that stands in the cell (for parts_only the first of the parts).';
COMMENT ON COLUMN cross_bureau.text IS 'The quantity as printed.';
COMMENT ON COLUMN cross_bureau.sentence IS 'The sentence that says it.';
