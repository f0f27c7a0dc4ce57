-- The levels of all bureaus, worked out once for the checks that hold bureaus against each other: figures of the whole metric and the whole
-- year. What these checks do not read is left out. A temporary table hides the view of its name.
CREATE TEMP TABLE best_figure AS
SELECT bureau_id, metric, measure, scope, year, period_kind, value, lower, upper, qualifier, unit, extraction_id, fact_id
FROM best_figure
WHERE state = 'value' AND measure IN ('stock', 'flow') AND period_kind = 'whole_year' AND value > 0;
