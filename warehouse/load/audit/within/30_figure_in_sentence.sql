-- The facts at their places in their sentences, worked out once for the checks and for the views of joined figures.
CREATE TEMP TABLE figure_in_sentence AS
SELECT * FROM figure_in_sentence;
