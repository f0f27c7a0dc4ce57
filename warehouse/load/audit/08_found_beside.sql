-- What the checks beside the others found, added to what those found.
-- Variable: found_beside (rows of found_now as a list in JSON).
INSERT INTO found_now BY NAME
SELECT unnest(
    from_json(getvariable('found_beside'), '[{
        "check_name": "VARCHAR", "severity": "VARCHAR", "bureau_id": "VARCHAR", "document_id": "VARCHAR", "metric": "VARCHAR",
        "year": "INTEGER", "fact_id": "VARCHAR", "figure": "VARCHAR", "sentence": "VARCHAR", "other_fact_id": "VARCHAR",
        "other_figure": "VARCHAR", "other_sentence": "VARCHAR", "message": "VARCHAR"
    }]'),
    max_depth := 2
);
