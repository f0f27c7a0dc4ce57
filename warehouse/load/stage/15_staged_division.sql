-- The lists of divisions, and where a place goes on under another code: one of the same name in the same province (互助土族自治县 632126, then
-- 630223), or of the same name but its ending under the same parent (密云县 110228, then 密云区 110118), that begins in the year after. Where
-- several begin or end so, or the code itself goes on under another name, nobody can tell, and there is no successor.
-- Variable: divisions (a JSON list).
CREATE OR REPLACE TEMP TABLE staged_division AS
WITH listed AS MATERIALIZED (
    SELECT unnest(from_json(
        getvariable('divisions'),
        '[{"division_code": "VARCHAR", "division": "VARCHAR", "full_name": "VARCHAR", "level": "VARCHAR", "parent_code": "VARCHAR",
           "valid_from": "INTEGER", "valid_to": "INTEGER"}]'
    ), recursive := TRUE)
),
called AS MATERIALIZED (
    SELECT *, left(division_code, 2) AS within, division AS name FROM listed
    UNION ALL
    SELECT *, parent_code, regexp_replace(division, '(自治县|自治旗|地区|县|区|市|旗|盟)$', '') FROM listed WHERE parent_code IS NOT NULL
),
handed_on AS (
    SELECT
        a.division_code, a.valid_from, b.division_code AS successor, length(a.within) AS sureness,
        count(*) OVER (PARTITION BY a.within, a.name, a.level, a.valid_to) AS pairs
    FROM called AS a
    JOIN called AS b
        ON b.within = a.within AND b.name = a.name AND b.level = a.level AND b.valid_from = a.valid_to + 1
        AND b.division_code <> a.division_code
    WHERE NOT EXISTS (FROM listed AS l WHERE l.division_code = a.division_code AND l.valid_from = a.valid_to + 1)
),
successor AS (
    SELECT division_code, valid_from, successor
    FROM handed_on
    WHERE pairs = 1
    QUALIFY row_number() OVER (PARTITION BY division_code, valid_from ORDER BY sureness) = 1
)
SELECT l.*, s.successor
FROM listed AS l
LEFT JOIN successor AS s ON s.division_code = l.division_code AND s.valid_from = l.valid_from;
