-- How to read the number in a cell, empty for an exact figure of the whole year: parts_only or the qualifier, the bounds where
-- there is no single number (lower..upper), part_year, and what a rank or share is measured against.
CREATE OR REPLACE MACRO figure_reading(state, qualifier, value, lower, upper, period_kind, measure, relative_to) AS concat_ws(
    ' ',
    CASE WHEN state = 'parts_only' THEN 'parts_only' END,
    CASE WHEN qualifier <> 'exact' THEN qualifier END,
    CASE WHEN state <> 'parts_only' AND value IS NULL
        THEN coalesce(plain_number(lower), '') || '..' || coalesce(plain_number(upper), '') END,
    CASE WHEN period_kind = 'part_year' THEN 'part_year' END,
    CASE WHEN measure IN ('rank', 'ratio') AND relative_to IS NOT NULL THEN 'relative_to=' || relative_to END
);

COMMENT ON MACRO figure_reading IS 'How to read a figure, as words: parts_only, qualifier and bounds, part_year, relative_to=…; empty for an exact figure of the whole year.';
