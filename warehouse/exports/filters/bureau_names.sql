-- What --bureau may say: $word against the id, the full name and the printed names of the bureaus. Every match, and the five nearest
-- names. A printed name (市科技局) may belong to several bureaus; it counts only where no bureau has the word as its id or full name.
WITH name AS (
    SELECT DISTINCT bureau_id AS found, unnest([bureau_id, bureau]) AS name, TRUE AS is_own FROM extraction_shown
    UNION
    SELECT bureau_id, bureau_printed, FALSE FROM extraction_shown
),
judged AS (
    SELECT
        found,
        name,
        name = $word AS equals,
        equals AND is_own AS is_named,
        contains(name, $word)::INTEGER + jaro_winkler_similarity(name, $word) AS nearness
    FROM name
    WHERE name IS NOT NULL
),
matched AS (
    SELECT *, is_named OR (equals AND NOT bool_or(is_named) OVER ()) AS matches FROM judged
)
SELECT DISTINCT found, name, matches, nearness
FROM matched
QUALIFY matches OR dense_rank() OVER (ORDER BY nearness DESC, name) <= 5
ORDER BY matches DESC, nearness DESC, name, found;
