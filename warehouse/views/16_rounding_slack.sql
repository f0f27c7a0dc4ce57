-- By how much of itself a printed level may be off because it was rounded: half a unit of its last digit. 21.7亿 is 21.65亿 to 21.75亿,
-- so 0.05 / 21.7; a plain count (590家) is exact, so 0.
CREATE OR REPLACE MACRO rounding_slack(printed) AS
    CASE
        WHEN regexp_matches(printed, '[0-9][0-9.]*[万亿]|[0-9]\.[0-9]')
        THEN coalesce(
            0.5 / pow(10, length(regexp_extract(printed, '[0-9]\.([0-9]+)', 1)))
                / nullif(try_cast(regexp_extract(replace(printed, ',', ''), '[0-9]+(\.[0-9]+)?') AS DOUBLE), 0),
            0
        )
        ELSE 0
    END;

COMMENT ON MACRO rounding_slack IS 'Relative error that rounding leaves in a printed level: half a unit of its last digit, 0 for a plain count.';
