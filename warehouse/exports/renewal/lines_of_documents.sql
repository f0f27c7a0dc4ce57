-- How many lines each current document has in observations.csv, in their order.
SELECT document_id AS part, count(*) AS lines
FROM observation
GROUP BY document_id
ORDER BY document_id;
