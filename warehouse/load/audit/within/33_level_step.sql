-- Levels said together, worked out once for the three checks of steps.
CREATE TEMP TABLE level_step AS
SELECT * FROM level_step;
