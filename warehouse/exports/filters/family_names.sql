-- What --family may say: $word against the families of the metrics. The match, and the five nearest.
WITH judged AS (
    SELECT DISTINCT
        family AS found,
        family = lower($word) AS matches,
        contains(family, lower($word))::INTEGER + jaro_winkler_similarity(family, lower($word)) AS nearness
    FROM metric_shown
)
SELECT found, found AS name, matches
FROM judged
QUALIFY matches OR row_number() OVER (ORDER BY nearness DESC, found) <= 5
ORDER BY matches DESC, nearness DESC, found;
