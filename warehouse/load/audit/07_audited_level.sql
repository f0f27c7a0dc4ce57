-- The levels of the bureaus that are looked at now (variable part), for the checks that hold them against those of other bureaus.
DELETE FROM audited_level
WHERE bureau_id IN (SELECT bureau_id FROM audited_bureau WHERE part = getvariable('part'));

INSERT INTO audited_level BY NAME
SELECT bureau_id, metric, measure, scope, year, value, lower, upper, qualifier, unit, extraction_id, fact_id
FROM best_figure
WHERE state = 'value' AND measure IN ('stock', 'flow') AND period_kind = 'whole_year' AND value > 0
ORDER BY bureau_id, metric, measure, scope, year;
