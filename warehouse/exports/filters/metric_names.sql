-- What --metric may say: $word against the ids and names of the metrics. Every match, and the five nearest names.
WITH name AS (
    SELECT metric AS found, unnest([metric, name_zh, name_en]) AS name FROM metric_shown
),
judged AS (
    SELECT
        found,
        name,
        lower(name) = lower($word) AS matches,
        contains(lower(name), lower($word))::INTEGER + jaro_winkler_similarity(lower(name), lower($word)) AS nearness
    FROM name
)
SELECT found, name, matches
FROM judged
QUALIFY matches OR row_number() OVER (ORDER BY nearness DESC, name, found) <= 5
ORDER BY matches DESC, nearness DESC, name, found;
