-- What changes among the divisions: rows that the lists no longer have (closed), and rows that they have now (new).
CREATE OR REPLACE TEMP TABLE division_change AS
WITH held AS (
    SELECT division_code, division, full_name, level, parent_code, valid_from, valid_to, successor FROM dim_division WHERE valid_to_run IS NULL
),
listed AS (
    SELECT division_code, division, full_name, level, parent_code, valid_from, valid_to, successor FROM staged_division
)
SELECT 'closed' AS change, * FROM (FROM held EXCEPT FROM listed)
UNION ALL
SELECT 'new', * FROM (FROM listed EXCEPT FROM held);
