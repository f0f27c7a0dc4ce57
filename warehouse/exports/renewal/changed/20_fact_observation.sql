-- Their facts.
CREATE TEMP TABLE fact_observation AS
SELECT f.*
FROM fact_observation AS f
JOIN extraction AS e ON e.extraction_id = f.extraction_id;
