-- What reports count that the catalogue has no metric for, the widest spread first: candidates for new metrics, with an example.
-- $least (integer, default 2): bureaus that say it, at least
SELECT l.label, l.unit, l.measure, l.bureaus, l.documents, l.mentions, any_value(o.sentence) AS example, l.example_fact_id
FROM open_labels AS l
JOIN observation AS o ON o.fact_id = l.example_fact_id
WHERE l.bureaus >= $least
GROUP BY ALL
ORDER BY l.bureaus DESC, l.mentions DESC, l.label, l.unit, l.measure;
