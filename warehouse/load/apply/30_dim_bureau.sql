-- The bureaus as their documents name them, the surest and most complete naming first. Never pooled: one row a bureau_id.
MERGE INTO dim_bureau AS b
USING (
    SELECT
        bureau_id, bureau, bureau_printed, division_code, division, level,
        bureau IS NOT NULL AND division_code IS NOT NULL AS known
    FROM extraction
    QUALIFY row_number() OVER (
        PARTITION BY bureau_id
        ORDER BY valid_to_run IS NOT NULL, naming_rank(bureau, division_code, confidence), document_id, extraction_id
    ) = 1
) AS s ON s.bureau_id = b.bureau_id
WHEN MATCHED AND (b.bureau, b.bureau_printed, b.division_code, b.division, b.level, b.known)
    IS DISTINCT FROM (s.bureau, s.bureau_printed, s.division_code, s.division, s.level, s.known)
    THEN UPDATE SET bureau = s.bureau, bureau_printed = s.bureau_printed, division_code = s.division_code,
        division = s.division, level = s.level, known = s.known
WHEN NOT MATCHED
    THEN INSERT (bureau_id, bureau, bureau_printed, division_code, division, level, known)
    VALUES (s.bureau_id, s.bureau, s.bureau_printed, s.division_code, s.division, s.level, s.known);
