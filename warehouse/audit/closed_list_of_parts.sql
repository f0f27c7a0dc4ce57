-- A full list of parts that falls short of its whole: 共93项，其中许可1项、处罚11项、其他权力70项. A list is full where its words say so
-- (分别为, or one of its kinds is 其他 or 其余): a warning. Without such words a list that fills 97 hundredths is a notice: 其中 names
-- some kinds only, a full list with a slip comes close. No list is full that ends with 等, that overlaps, or that holds a number which is
-- none of its parts (the reading may have missed one). Sums above the whole: parts_against_whole.
WITH list AS (
    SELECT
        extraction_id,
        whole_id,
        count(*) AS parts,
        sum(value) AS parts_sum,
        sum(slack) AS parts_slack,
        arg_max(part_id, value) AS largest_part_id,
        min(start) AS first_start,
        max("end") AS last_end,
        min(sentence_start) AS sentence_start,
        string_agg(plain_number(value), ' + ' ORDER BY start) AS terms,
        bool_or(regexp_matches(lead || label, '其他|其它|其余|余下') OR regexp_matches(lead, '分别为|分别是')) AS said_full
    FROM named_part
    GROUP BY extraction_id, whole_id
    HAVING count(*) > 1
        AND bool_and(qualifier = 'exact' AND NOT crosscut AND NOT regexp_matches(tail, '^[^，。；、]{0,8}等'))
        AND min(sentence_start) = max(sentence_start)
        AND count(*) FILTER (WHERE contains(lead, '其中')) < 2
),
counted AS (
    SELECT
        l.*,
        w.* EXCLUDE (extraction_id, sentence_start),
        substring(p.sentence, l.first_start - p.sentence_start + 1, l.last_end - l.first_start) AS words,
        p.sentence AS parts_sentence
    FROM list AS l
    JOIN figure_in_sentence AS w ON w.extraction_id = l.extraction_id AND w.fact_id = l.whole_id
    JOIN observation AS p ON p.extraction_id = l.extraction_id AND p.fact_id = l.largest_part_id
    WHERE w.qualifier = 'exact' AND l.parts_sum + l.parts_slack + w.slack < w.value
),
spanned AS (
    SELECT c.extraction_id, c.whole_id, count(DISTINCT f.start) FILTER (WHERE regexp_matches(f.text, '[0-9]')) AS figures
    FROM counted AS c
    JOIN observation AS f ON f.extraction_id = c.extraction_id AND f.start >= c.first_start AND f."end" <= c.last_end
    GROUP BY c.extraction_id, c.whole_id
)
SELECT
    CASE WHEN c.said_full THEN 'warning' ELSE 'notice' END AS severity,
    c.bureau_id,
    c.document_id,
    c.metric,
    c.year,
    c.fact_id,
    figure_text(c.value, c.lower, c.upper, c.qualifier, c.unit) AS figure,
    c.sentence,
    c.largest_part_id AS other_fact_id,
    c.terms || ' = ' || plain_number(c.parts_sum) AS other_figure,
    c.parts_sentence AS other_sentence,
    CASE WHEN c.said_full THEN 'The full list of parts of ' ELSE 'The named parts nearly fill ' END
        || c.label || ': ' || plain_number(c.parts_sum) || ' against ' || plain_number(c.value) || '.' AS message
FROM counted AS c
JOIN spanned AS s ON s.extraction_id = c.extraction_id AND s.whole_id = c.whole_id
WHERE (c.said_full OR c.parts_sum * 100 >= c.value * 97)
  AND s.figures = len(regexp_extract_all(c.words, '[0-9][0-9.,]*'))
