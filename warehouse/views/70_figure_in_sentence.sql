-- Every current fact at its place in its sentence, with the words around it: what a check needs that reads how figures are joined
-- (其中, 由…增加到…, 办结率). Commas and brackets are full-width in lead and tail, whatever the document prints.
CREATE OR REPLACE VIEW figure_in_sentence AS
WITH placed AS (
    SELECT
        *,
        CASE WHEN qualifier = 'exact' THEN value ELSE lower END AS least,
        CASE WHEN qualifier = 'exact' THEN value ELSE upper END AS most,
        CASE WHEN qualifier = 'exact' THEN printed_error(text, value) ELSE 0 END AS slack,
        dense_rank() OVER in_order AS place,
        coalesce(max("end") OVER before_it, sentence_start) AS lead_start,
        coalesce(min(start) OVER behind_it, sentence_end) AS tail_end
    FROM observation
    WINDOW
        in_order AS (PARTITION BY extraction_id, sentence_start ORDER BY start),
        before_it AS (
            PARTITION BY extraction_id, sentence_start ORDER BY start RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ),
        behind_it AS (
            PARTITION BY extraction_id, sentence_start ORDER BY start RANGE BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
        )
)
SELECT
    * EXCLUDE (lead_start, tail_end),
    translate(
        substring(sentence, lead_start - sentence_start + 1, greatest(start - lead_start, 0)), ',;:()', '，；：（）'
    ) AS lead,
    translate(
        substring(sentence, "end" - sentence_start + 1, greatest(tail_end - "end", 0)), ',;:()', '，；：（）'
    ) AS tail
FROM placed;

COMMENT ON VIEW figure_in_sentence IS 'Every current fact with its place in its sentence and the words before and behind it.';
COMMENT ON COLUMN figure_in_sentence.least IS 'Least that the figure can be: its value, or its lower bound.';
COMMENT ON COLUMN figure_in_sentence.most IS 'Most that the figure can be: its value, or its upper bound.';
COMMENT ON COLUMN figure_in_sentence.slack IS 'Absolute error that rounding leaves in it (printed_error); 0 for a bounded figure.';
COMMENT ON COLUMN figure_in_sentence.place IS 'Place in the sentence, counted from 1; facts of one numeral share it.';
COMMENT ON COLUMN figure_in_sentence.lead IS 'Words between the figure before, or the beginning of the sentence, and this one.';
COMMENT ON COLUMN figure_in_sentence.tail IS 'Words between this figure and the next one, or the end of the sentence.';
