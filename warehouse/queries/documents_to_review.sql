-- The documents that a person should look at, the most urgent first, with how much waits in each and the first reason.
-- The items themselves are in the view review_queue.
-- $urgency (integer, default 3): 1 for unsettled identities and errors only, 2 with warnings, 3 for all
SELECT
    q.document_id,
    coalesce(s.bureau, any_value(q.bureau_id)) AS bureau,
    s.report_year,
    min(q.urgency) AS urgency,
    count(*) AS items,
    count(*) FILTER (WHERE q.kind = 'identity') AS identity,
    count(*) FILTER (WHERE q.kind = 'audit') AS findings,
    count(*) FILTER (WHERE q.kind = 'low_confidence') AS unsure_figures,
    count(*) FILTER (WHERE q.kind IN ('unresolved', 'unreadable')) AS open_numerals,
    count(*) FILTER (WHERE q.kind = 'rejected') AS rejected,
    arg_min(q.reason, (q.urgency, q.kind, q.reason)) AS first_reason
FROM review_queue AS q
LEFT JOIN document_summary AS s ON s.document_id = q.document_id
WHERE q.urgency <= $urgency
GROUP BY q.document_id, s.bureau, s.report_year
ORDER BY urgency, items DESC, q.document_id;
