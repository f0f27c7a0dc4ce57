-- An extraction has exactly the facts that it says it has.
SELECT 'extraction ' || e.extraction_id || ' says ' || e.facts || ' facts and has ' || count(f.fact_id) AS problem
FROM extraction AS e
LEFT JOIN fact_observation AS f ON f.extraction_id = e.extraction_id
GROUP BY e.extraction_id, e.facts
HAVING e.facts <> count(f.fact_id)
