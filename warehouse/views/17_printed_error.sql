-- By how much a printed figure may be off because it was rounded, in its own unit: half a unit of the last printed digit.
-- 21.7亿元 is right within 5000000 元, 18.3% within 0.05, 95% within 0.5; a plain count (590家) is exact, so 0.
CREATE OR REPLACE MACRO printed_error(printed, stated) AS
    CASE
        WHEN regexp_matches(printed, '[0-9][万亿]|[0-9]\.[0-9]|[0-9][%％]')
        THEN CAST(coalesce(
            0.5 / pow(10, length(regexp_extract(printed, '[0-9]\.([0-9]+)', 1)))
                * CASE
                    WHEN regexp_matches(printed, '[%％]') THEN 1
                    ELSE abs(CAST(stated AS DOUBLE))
                        / nullif(try_cast(regexp_extract(replace(printed, ',', ''), '[0-9]+(\.[0-9]+)?') AS DOUBLE), 0)
                END,
            0
        ) AS DECIMAL(38, 10))
        ELSE 0
    END;

COMMENT ON MACRO printed_error IS 'Absolute error that rounding leaves in a printed figure, in its unit: half a unit of its last digit, 0 for a plain count.';
