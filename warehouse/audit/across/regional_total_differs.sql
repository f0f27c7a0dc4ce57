-- A figure of a division that the figures of the divisions below exclude, beyond rounding: those that report exceed it already, or all of
-- them report and together fall short of it. Only levels that make up the whole division; the figure of the division is questioned, though
-- any of them may be wrong.
WITH excluded AS MATERIALIZED (
    SELECT * FROM regional_total WHERE whole AND NOT admitted
),
figure AS MATERIALIZED (
    SELECT * FROM division_figure WHERE state <> 'left_out' AND metric IN (SELECT metric FROM excluded)
),
term AS (
    SELECT
        t.parent_code, t.child_level, t.metric, t.measure, t.year,
        string_agg(
            b.division || ' ' || figure_text(f.value, f.lower, f.upper, coalesce(f.qualifier, f.state), ''),
            ' + ' ORDER BY f.lower DESC NULLS LAST, f.division_code
        ) AS terms,
        arg_max(f.fact_id, (coalesce(f.lower, 0), f.fact_id)) AS largest_fact_id,
        arg_max(f.sentence, (coalesce(f.lower, 0), f.fact_id)) AS largest_sentence
    FROM excluded AS t
    JOIN division_below AS b
        ON b.parent_code = t.parent_code AND b.child_level = t.child_level
        AND t.year BETWEEN b.valid_from AND coalesce(b.valid_to, 9999)
    JOIN figure AS f
        ON f.division_code = b.division_code AND f.metric = t.metric AND f.measure = t.measure AND f.year = t.year
    GROUP BY ALL
)
SELECT
    'warning' AS severity,
    p.bureau_id,
    p.document_id,
    p.metric,
    p.year,
    p.fact_id,
    figure_text(o.value, o.lower, o.upper, o.qualifier, o.unit) AS figure,
    p.sentence,
    n.largest_fact_id AS other_fact_id,
    CASE WHEN t.reporting <= 20 THEN n.terms || ' = ' ELSE t.reporting || ' divisions: ' END
        || figure_text(t.value, t.at_least, t.upper, 'exact', t.unit) AS other_figure,
    n.largest_sentence AS other_sentence,
    'The sum over ' || t.reporting || ' of ' || t.existing || ' divisions ('
        || CASE t.child_level WHEN 'right_below' THEN 'prefecture and county' ELSE t.child_level END || ') of ' || t.parent
        || CASE WHEN t.at_least > t.parent_upper THEN ' exceeds' ELSE ' falls short of' END || ' the figure of '
        || t.parent || ' for ' || t.metric || ' of ' || t.year || '.' AS message
FROM excluded AS t
JOIN term AS n USING (parent_code, child_level, metric, measure, year)
JOIN figure AS p
    ON p.division_code = t.parent_code AND p.metric = t.metric AND p.measure = t.measure AND p.year = t.year
JOIN observation AS o ON o.document_id = p.document_id AND o.fact_id = p.fact_id
