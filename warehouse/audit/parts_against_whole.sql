-- Parts that exceed their whole. One part above the whole is an error; several that together exceed it are a warning: not summed are
-- parts of another division (其中党员, 女性) and lists that begin twice (其中…；其中…). Roundings (16.2万户) are allowed for.
WITH compared AS (
    SELECT
        extraction_id,
        whole_id,
        count(*) FILTER (WHERE NOT crosscut) AS parts,
        count(*) FILTER (WHERE contains(lead, '其中')) AS lists,
        sum(least) FILTER (WHERE NOT crosscut) AS parts_sum,
        sum(slack) FILTER (WHERE NOT crosscut) AS parts_slack,
        max(least - slack) AS largest_part,
        arg_max(part_id, least) AS largest_part_id,
        arg_max(least, least) AS largest_least,
        string_agg(plain_number(least), ' + ' ORDER BY start) FILTER (WHERE NOT crosscut) AS terms
    FROM named_part
    WHERE least IS NOT NULL
    GROUP BY extraction_id, whole_id
),
exceeding AS (
    SELECT
        c.*,
        w.* EXCLUDE (extraction_id),
        largest_part > w.most + w.slack AS one_exceeds
    FROM compared AS c
    JOIN figure_in_sentence AS w ON w.extraction_id = c.extraction_id AND w.fact_id = c.whole_id
    WHERE c.largest_part > w.most + w.slack
       OR (c.parts > 1 AND c.lists < 2 AND c.parts_sum - c.parts_slack > w.most + w.slack)
)
SELECT
    CASE WHEN e.one_exceeds THEN 'error' ELSE 'warning' END AS severity,
    e.bureau_id,
    e.document_id,
    e.metric,
    e.year,
    e.fact_id,
    figure_text(e.value, e.lower, e.upper, e.qualifier, e.unit) AS figure,
    e.sentence,
    p.fact_id AS other_fact_id,
    CASE WHEN e.one_exceeds THEN plain_number(e.largest_least) ELSE e.terms || ' = ' || plain_number(e.parts_sum) END AS other_figure,
    p.sentence AS other_sentence,
    CASE
        WHEN e.one_exceeds
        THEN 'A part (' || p.label || ', ' || p.text || ') is larger than its whole (' || e.label || ', ' || e.text || ').'
        ELSE 'The named parts of ' || e.label || ' add up to ' || plain_number(e.parts_sum)
            || ', more than the whole of ' || plain_number(e.most) || '.'
    END AS message
FROM exceeding AS e
JOIN observation AS p ON p.extraction_id = e.extraction_id AND p.fact_id = e.largest_part_id
