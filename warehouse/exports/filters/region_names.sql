-- The regions in which there are bureaus, those whose name is nearest to $word first: what to propose for an unknown --region.
SELECT DISTINCT
    division_code AS found,
    division || ' ' || division_code AS name,
    contains(division, $word)::INTEGER + jaro_winkler_similarity(division, $word)
        + jaro_winkler_similarity(division_code, $word) AS nearness
FROM bureau_shown
WHERE division_code IS NOT NULL AND division IS NOT NULL
ORDER BY nearness DESC, found
LIMIT 5;
