-- A value must fit DECIMAL(38,10) as it is written: at most 28 digits before the point and 10 behind it, never rounded.
SELECT filename AS file, 'fact ' || fact_id || ' of ' || document_id || ' has the value ' || figure || ', which DECIMAL(38,10) cannot hold' AS problem
FROM (
    SELECT filename, document_id, fact_id, unnest([value, lower, upper]) AS figure FROM staged_fact
)
WHERE figure IS NOT NULL AND NOT regexp_full_match(figure, '-?[0-9]{1,28}(\.[0-9]{1,10})?');
