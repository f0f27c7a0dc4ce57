-- The column of cross_bureau.csv in which a figure stands: the metric; :measure behind it where that is not the metric's default, @scope
-- where that is not.
CREATE OR REPLACE MACRO column_of_cell(metric, measure, scope, usual_measure, usual_scope) AS
    metric
        || CASE WHEN measure <> usual_measure THEN ':' || measure ELSE '' END
        || CASE WHEN scope <> usual_scope THEN '@' || scope ELSE '' END;

COMMENT ON MACRO column_of_cell IS 'Name of the column of cross_bureau.csv for a figure: metric, :measure and @scope where they are not the metric''s own.';
