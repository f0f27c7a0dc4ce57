-- A step whose word and levels point to different sides: 由120家减少到130家, 从15项增加到12项. Equal levels are no step either;
-- a rank that rises gets a lower number.
SELECT
    'error' AS severity,
    a.bureau_id,
    a.document_id,
    a.metric,
    a.year,
    a.fact_id,
    figure_text(a.value, a.lower, a.upper, a.qualifier, a.unit) AS figure,
    a.sentence,
    b.fact_id AS other_fact_id,
    figure_text(b.value, b.lower, b.upper, b.qualifier, b.unit) AS other_figure,
    b.sentence AS other_sentence,
    'The text says ' || s.word || ', but ' || b.text || ' to ' || a.text || ' goes the other way.' AS message
FROM level_step AS s
JOIN observation AS a ON a.extraction_id = s.extraction_id AND a.fact_id = s.after_id
JOIN observation AS b ON b.extraction_id = s.extraction_id AND b.fact_id = s.before_id
WHERE a.qualifier = 'exact' AND b.qualifier = 'exact' AND (a.value - b.value) * s.direction <= 0
