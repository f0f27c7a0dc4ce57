-- How much of its year a figure covers.
--   several_years  it began before the year: 自2021年以来; no figure of one year
--   part_year      it ends before the year does: 上半年, 截至9月底
--   whole_year     all else; a stock without a date is taken as the level at the end of the year
CREATE OR REPLACE MACRO period_kind(about_year, measured, first_day, last_day) AS
    CASE
        WHEN measured <> 'stock' AND first_day < make_date(about_year, 1, 1) THEN 'several_years'
        WHEN measured <> 'stock' AND first_day > make_date(about_year, 1, 1) THEN 'part_year'
        WHEN last_day < make_date(about_year, 12, 31) THEN 'part_year'
        WHEN measured <> 'stock' AND first_day IS NOT NULL AND last_day IS NULL THEN 'part_year'
        ELSE 'whole_year'
    END;

COMMENT ON MACRO period_kind IS 'whole_year, part_year or several_years, from the year, the measure and the days of a figure.';
