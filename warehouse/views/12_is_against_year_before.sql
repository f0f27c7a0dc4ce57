-- True when a growth or a change is measured against the year before: nothing said, a word for it, or its number.
CREATE OR REPLACE MACRO is_against_year_before(comparison, about_year) AS (
    comparison IS NULL
    OR comparison IN (SELECT word FROM year_before_word)
    OR regexp_matches(comparison, '^' || CAST(about_year - 1 AS VARCHAR) || '年?(度|末|底|同期)?$')
);

COMMENT ON MACRO is_against_year_before IS 'Whether the printed words of a comparison (or their absence) mean the year before about_year.';
