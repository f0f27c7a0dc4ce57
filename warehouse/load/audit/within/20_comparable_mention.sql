-- The mentions that compete for cells, worked out once for the checks and for cross_bureau. What mention_of_cell takes from
-- figure_in_sentence is left out.
CREATE TEMP TABLE comparable_mention AS
SELECT * EXCLUDE (document, label, sentence_start, sentence_end, sentence, rule, status, part_of)
FROM comparable_mention;
