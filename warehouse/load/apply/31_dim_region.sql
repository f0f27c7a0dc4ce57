-- The divisions of the bureaus.
MERGE INTO dim_region AS r
USING (
    SELECT
        division_code,
        min(division) AS division,
        min(level) AS level,
        left(division_code, 2) || '0000' AS province_code,
        left(division_code, 4) || '00' AS prefecture_code
    FROM dim_bureau
    WHERE division_code IS NOT NULL
    GROUP BY division_code
) AS s ON s.division_code = r.division_code
WHEN MATCHED AND (r.division, r.level) IS DISTINCT FROM (s.division, s.level)
    THEN UPDATE SET division = s.division, level = s.level
WHEN NOT MATCHED
    THEN INSERT (division_code, division, level, province_code, prefecture_code)
    VALUES (s.division_code, s.division, s.level, s.province_code, s.prefecture_code);
