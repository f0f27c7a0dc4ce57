-- A document says how many facts it has; the file of facts must hold as many, and none of a document that is not there.
SELECT coalesce(d.filename, f.filename) AS file,
    'document ' || coalesce(d.document_id, f.document_id) || ' should have ' || coalesce(d.facts, 0)
        || ' facts, the file of facts holds ' || coalesce(f.facts, 0) AS problem
FROM (SELECT filename, document_id, facts, parse_path(filename)[1:-2] AS folder FROM staged_document) AS d
FULL JOIN (
    SELECT any_value(filename) AS filename, document_id, count(*) AS facts, parse_path(filename)[1:-2] AS folder
    FROM staged_fact GROUP BY document_id, folder
) AS f ON f.document_id = d.document_id AND f.folder = d.folder
WHERE coalesce(d.facts, 0) <> coalesce(f.facts, 0);
