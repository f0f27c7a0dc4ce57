-- The levels of all bureaus, worked out once for the checks that hold bureaus against each other: the figures of the whole metric and the
-- whole year in cross_bureau, of which the checks read no more than this.
CREATE TEMP TABLE cross_bureau AS
SELECT bureau_id, metric, measure, scope, year, period_kind, value, fact_id
FROM comparable_mention
WHERE preference = 1 AND NOT narrowed AND measure IN ('stock', 'flow') AND period_kind = 'whole_year' AND value > 0;
