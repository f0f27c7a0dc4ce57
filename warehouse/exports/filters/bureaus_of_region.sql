-- The bureaus of a division of GB/T 2260 and of all below it: $code is that of a province (650000), a prefecture (650100) or a county.
SELECT bureau_id
FROM bureau_shown
WHERE CASE
    WHEN $code LIKE '__0000' THEN starts_with(division_code, left($code, 2))
    WHEN $code LIKE '____00' THEN starts_with(division_code, left($code, 4))
    ELSE division_code = $code
END
ORDER BY bureau_id;
