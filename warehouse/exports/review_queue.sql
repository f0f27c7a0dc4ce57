-- review_queue.csv: one row a thing that waits for a person, the urgent first, then by document in the order of the text.
-- doubt         why a person should look
-- decision      empty, with reason and name: to be filled in by whoever looks
SELECT
    q.urgency,
    q.kind,
    coalesce(b.bureau, b.bureau_printed) AS bureau,
    q.document_id,
    q.subject AS figure,
    q.words AS sentence,
    q.reason AS doubt,
    NULL AS decision,
    NULL AS reason,
    NULL AS name,
    q.fact_id,
    q.mention_id
FROM review_queue AS q
LEFT JOIN dim_bureau AS b ON b.bureau_id = q.bureau_id
LEFT JOIN observation AS o ON o.document_id = q.document_id AND o.fact_id = q.fact_id
ORDER BY q.urgency, q.document_id, o.start NULLS FIRST, q.kind, q.fact_id, q.subject, q.reason, q.words;
