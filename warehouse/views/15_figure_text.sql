-- A figure for people: the number without trailing zeros, its bounds where it has any, and its unit.
CREATE OR REPLACE MACRO figure_text(stated, least, most, how, counted_in) AS
    concat_ws(
        ' ',
        CASE WHEN how <> 'exact' THEN how END,
        CASE WHEN stated IS NOT NULL THEN plain_number(stated)
             ELSE concat(plain_number(least), '..', plain_number(most)) END,
        nullif(counted_in, '')
    );

COMMENT ON MACRO figure_text IS 'A figure as text: qualifier unless exact, number or lower..upper, unit.';
