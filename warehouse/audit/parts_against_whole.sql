-- Parts that exceed their whole. One part above the whole is an error; several that together exceed it are a warning (they may split
-- the whole in two ways at once). Several that fill nine tenths of it and not all are a notice: a list of some kinds (其中) stays
-- well below, a full one with a slip comes close.
WITH bounded AS (
    SELECT
        *,
        CASE WHEN qualifier = 'exact' THEN value ELSE lower END AS least,
        CASE WHEN qualifier = 'exact' THEN value ELSE upper END AS most
    FROM observation
    WHERE measure IN ('stock', 'flow')
),
compared AS (
    SELECT
        w.extraction_id,
        w.fact_id,
        count(*) AS parts,
        sum(p.least) AS parts_sum,
        max(p.least) AS largest_part,
        arg_max(p.fact_id, p.least) AS largest_part_id,
        bool_and(p.qualifier = 'exact') AND any_value(w.qualifier) = 'exact' AS all_exact,
        string_agg(plain_number(p.least), ' + ' ORDER BY p.start) AS terms
    FROM bounded AS w
    JOIN bounded AS p
        ON p.extraction_id = w.extraction_id AND p.part_of = w.start AND p.unit = w.unit AND p.measure = w.measure
        AND p.status = w.status AND p.year IS NOT DISTINCT FROM w.year AND p.fact_id <> w.fact_id
    WHERE p.least IS NOT NULL
    GROUP BY w.extraction_id, w.fact_id
)
SELECT
    CASE
        WHEN c.largest_part > w.most THEN 'error'
        WHEN c.parts_sum > w.most THEN 'warning'
        ELSE 'notice'
    END AS severity,
    w.bureau_id,
    w.document_id,
    w.metric,
    w.year,
    w.fact_id,
    figure_text(w.value, w.lower, w.upper, w.qualifier, w.unit) AS figure,
    w.sentence,
    p.fact_id AS other_fact_id,
    c.terms || ' = ' || plain_number(c.parts_sum) AS other_figure,
    p.sentence AS other_sentence,
    CASE WHEN c.parts_sum > w.most THEN 'the parts of ' ELSE 'the named parts nearly fill ' END
        || w.label || ': ' || plain_number(c.parts_sum) || ' against ' || plain_number(w.most) AS message
FROM compared AS c
JOIN bounded AS w ON w.extraction_id = c.extraction_id AND w.fact_id = c.fact_id
JOIN fact_observation AS p ON p.extraction_id = c.extraction_id AND p.fact_id = c.largest_part_id
WHERE c.parts_sum > w.most OR (c.parts > 1 AND c.all_exact AND c.parts_sum < w.value AND c.parts_sum * 10 >= w.value * 9)
