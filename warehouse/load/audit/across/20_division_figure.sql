-- The figures of the divisions, worked out once for regional_total, which takes them twice, and its check.
CREATE TEMP TABLE division_figure AS
SELECT * FROM division_figure;
