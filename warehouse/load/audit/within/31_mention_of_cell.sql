-- The mentions of each cell with their words, worked out once for the checks and for rival_mention.
CREATE TEMP TABLE mention_of_cell AS
SELECT * FROM mention_of_cell;
