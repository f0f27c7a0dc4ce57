-- The cells, worked out once for the checks: what they compare, and the fact by which they find the rest.
CREATE TEMP TABLE cross_bureau AS
SELECT bureau_id, metric, measure, scope, year, period_kind, value, lower, upper, qualifier, unit, fact_id, text
FROM cross_bureau;
