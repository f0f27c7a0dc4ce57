-- The lists of divisions as they are now: what changed closes its row and opens another. A warehouse from before the lists takes the first
-- ones to hold from its first run on, so that its older states have regional sums too.
-- Variable: run_id.
UPDATE dim_division SET valid_to_run = getvariable('run_id')
FROM division_change AS c
WHERE c.change = 'closed' AND dim_division.valid_to_run IS NULL
  AND c.division_code = dim_division.division_code AND c.valid_from = dim_division.valid_from;

INSERT INTO dim_division BY NAME
SELECT
    * EXCLUDE (change),
    CASE WHEN EXISTS (FROM dim_division) THEN getvariable('run_id') ELSE 1 END AS valid_from_run,
    NULL AS valid_to_run
FROM division_change
WHERE change = 'new'
ORDER BY division_code, valid_from;
