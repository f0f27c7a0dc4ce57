-- What is said of each division as a whole: one figure a division × metric × measure × year, from the bureaus of the division, for sums.
-- Additive metrics, stock and flow, scope jurisdiction only. Several bureaus of one division may give the same metric (科技局 and 发改委 of
-- one city): the best figure is taken in the order of comparable_mention.
--   state  exact        an exact figure of the whole year, a stated zero among them
--          bounded      a figure of the whole year with bounds, or about (no bounds)
--          conflicting  figures of the whole year that exclude each other: no value; the bounds admit each of them
--          left_out     no figure that can be summed; left_out says why
CREATE OR REPLACE VIEW division_figure AS
WITH said AS (
    SELECT
        c.metric, c.measure, c.year, c.unit, c.value, c.least, c.most, c.qualifier, c.confidence, c.report_year,
        c.bureau_id, c.document_id, c.extraction_id, c.start, c.fact_id,
        u.division_code AS known_as,
        CASE WHEN c.qualifier = 'exact' THEN printed_error(c.text, c.value) ELSE 0 END AS rounding,
        CASE
            WHEN NOT u.known THEN 'bureau_unsettled'
            WHEN c.narrowed THEN 'parts_only'
            WHEN c.period_kind <> 'whole_year' THEN 'part_year'
            WHEN c.unit <> m.unit THEN 'other_unit'
            WHEN greatest(abs(c.value), abs(c.lower), abs(c.upper)) >= 1e20 THEN 'beyond_measure'
        END AS left_out
    FROM comparable_mention AS c
    JOIN bureau_shown AS u ON u.bureau_id = c.bureau_id
    JOIN metric_shown AS m ON m.metric = c.metric
    WHERE m.additive AND c.scope = 'jurisdiction' AND c.measure IN ('stock', 'flow') AND u.division_code IS NOT NULL
),
place AS (
    SELECT s.known_as, s.year, k.division_code, k.division, k.level, k.parent_code
    FROM (SELECT DISTINCT known_as, year FROM said) AS s
    JOIN division_known_as AS k ON k.known_as = s.known_as AND s.year BETWEEN k.valid_from AND coalesce(k.valid_to, 9999)
    QUALIFY row_number() OVER (PARTITION BY s.known_as, s.year ORDER BY k.distance, k.division_code) = 1
),
ordered AS (
    SELECT
        s.*, p.division_code, p.division, p.level, p.parent_code,
        row_number() OVER (
            PARTITION BY p.division_code, s.metric, s.measure, s.year
            ORDER BY
                s.left_out IS NOT NULL,
                CASE WHEN s.qualifier = 'exact' THEN 0 WHEN s.value IS NOT NULL THEN 1 ELSE 2 END,
                CASE s.confidence WHEN 'high' THEN 0 WHEN 'medium' THEN 1 ELSE 2 END,
                s.report_year IS DISTINCT FROM s.year,
                s.document_id,
                s.start,
                s.fact_id
        ) AS turn
    FROM said AS s
    JOIN place AS p ON p.known_as = s.known_as AND p.year = s.year
),
counted AS (
    SELECT
        division_code, metric, measure, year,
        count(*) FILTER (WHERE left_out IS NULL) AS mentions,
        count(DISTINCT bureau_id) FILTER (WHERE left_out IS NULL) AS bureaus,
        coalesce(
            max(least - rounding) FILTER (WHERE left_out IS NULL) > min(most + rounding) FILTER (WHERE left_out IS NULL), FALSE
        ) AS conflicting,
        CASE WHEN bool_and(least IS NOT NULL) FILTER (WHERE left_out IS NULL) THEN min(least) FILTER (WHERE left_out IS NULL) END AS least_of_all,
        CASE WHEN bool_and(most IS NOT NULL) FILTER (WHERE left_out IS NULL) THEN max(most) FILTER (WHERE left_out IS NULL) END AS most_of_all
    FROM ordered
    GROUP BY ALL
)
SELECT
    o.division_code,
    o.division,
    o.level,
    o.parent_code,
    o.metric,
    o.measure,
    o.year,
    o.unit,
    CASE
        WHEN o.left_out IS NOT NULL THEN 'left_out'
        WHEN n.conflicting THEN 'conflicting'
        WHEN o.qualifier = 'exact' THEN 'exact'
        ELSE 'bounded'
    END AS state,
    o.left_out,
    CASE WHEN o.left_out IS NULL AND NOT n.conflicting THEN o.value END AS value,
    CASE WHEN n.conflicting THEN n.least_of_all WHEN o.left_out IS NULL THEN o.least END AS lower,
    CASE WHEN n.conflicting THEN n.most_of_all WHEN o.left_out IS NULL THEN o.most END AS upper,
    CASE WHEN o.left_out IS NULL AND NOT n.conflicting THEN o.qualifier END AS qualifier,
    o.rounding,
    n.mentions,
    n.bureaus,
    o.bureau_id,
    o.document_id,
    o.fact_id,
    f.text,
    f.sentence
FROM ordered AS o
JOIN counted AS n USING (division_code, metric, measure, year)
JOIN fact_observation AS f ON f.extraction_id = o.extraction_id AND f.fact_id = o.fact_id
WHERE o.turn = 1;

COMMENT ON VIEW division_figure IS 'One figure a division × metric × measure × year, of the whole jurisdiction, for additive metrics: what regional_total adds up.';
COMMENT ON COLUMN division_figure.division_code IS 'Code of the division as it was in that year.';
COMMENT ON COLUMN division_figure.division IS 'Name of the division in that year.';
COMMENT ON COLUMN division_figure.level IS 'province, prefecture or county.';
COMMENT ON COLUMN division_figure.parent_code IS 'Division right above in that year; null for a province.';
COMMENT ON COLUMN division_figure.measure IS 'stock or flow.';
COMMENT ON COLUMN division_figure.state IS 'exact, bounded, conflicting (figures of the division exclude each other) or left_out.';
COMMENT ON COLUMN division_figure.left_out IS 'Why there is no figure to sum: bureau_unsettled, parts_only, part_year, other_unit or beyond_measure (10^20 and more); else null.';
COMMENT ON COLUMN division_figure.value IS 'The best figure, in the unit; null for a range, for conflicting and left_out.';
COMMENT ON COLUMN division_figure.lower IS 'Least that the words allow: the figure itself where it is exact, of conflicting figures the smallest; null = not bounded.';
COMMENT ON COLUMN division_figure.upper IS 'Most that the words allow: the figure itself where it is exact, of conflicting figures the largest; null = not bounded.';
COMMENT ON COLUMN division_figure.qualifier IS 'exact, more_than, at_least, nearly, about, at_most, less_than, range, vague; null for conflicting and left_out.';
COMMENT ON COLUMN division_figure.rounding IS 'By how much rounding of the print may move the figure, in the unit; 0 for a plain count.';
COMMENT ON COLUMN division_figure.mentions IS 'Figures of the whole year that bureaus of the division give.';
COMMENT ON COLUMN division_figure.bureaus IS 'Bureaus of the division that give one.';
COMMENT ON COLUMN division_figure.bureau_id IS 'Bureau whose figure is taken.';
COMMENT ON COLUMN division_figure.document_id IS 'Document that says it.';
COMMENT ON COLUMN division_figure.fact_id IS 'Fact that is taken (of conflicting ones the first).';
COMMENT ON COLUMN division_figure.text IS 'The quantity as printed.';
COMMENT ON COLUMN division_figure.sentence IS 'The sentence that says it.';
