-- Two mentions of one cell in one document that cannot both hold, side by side; each later one is held against the first.
-- Left out are pairs that count different things under one metric: one takes over the noun of the other with another verb
-- (收到200件，办结180件), two flows of one sentence, cases at different stages, rates of services (办结率 of whatever was handled there).
-- certainty  2  both speak of the same thing: levels under one label, or yearly totals under one label
--            1  probably: a level under another label, or flows of which one may be an occasion of the other
CREATE OR REPLACE VIEW rival_mention AS
WITH mention AS (
    SELECT
        m.*,
        regexp_replace(regexp_replace(m.label, '^(本局|我局|局|全市|全县|全区)', ''), '(会议|会|案件|总数|数量|数)$', '') AS core,
        count(*) OVER same AS mentions,
        row_number() OVER (same ORDER BY m.start, m.fact_id) AS turn
    FROM mention_of_cell AS m
    WHERE NOT m.carried
    WINDOW same AS (PARTITION BY m.extraction_id, m.metric, m.measure, m.scope, m.year, m.series)
),
pair AS (
    SELECT
        a.bureau_id,
        a.document_id,
        a.metric,
        a.measure,
        a.year,
        a.unit,
        a.label,
        a.fact_id,
        a.text,
        a.value,
        figure_text(a.value, a.lower, a.upper, a.qualifier, a.unit) AS figure,
        a.sentence_start,
        a.sentence,
        b.fact_id AS other_fact_id,
        b.text AS other_text,
        figure_text(b.value, b.lower, b.upper, b.qualifier, b.unit) AS other_figure,
        b.sentence_start AS other_sentence_start,
        b.sentence AS other_sentence,
        a.qualifier = 'exact' AND b.qualifier = 'exact' AS exact,
        a.value = 0 OR b.value = 0 AS with_zero,
        contains(a.core, b.core) OR contains(b.core, a.core) AS alike,
        a.yearly AS yearly, b.yearly AS other_yearly,
        a.bare AND b.bare AS bare,
        least(a.least, b.least) / nullif(greatest(a.most, b.most), 0) AS nearness,
        (a.least >= b.least) = a.yearly AS larger_is_yearly
    FROM mention AS a
    JOIN mention AS b
        ON b.extraction_id = a.extraction_id AND b.metric = a.metric AND b.measure = a.measure AND b.scope = a.scope
        AND b.year = a.year AND b.series = a.series AND b.turn > 1
    JOIN metric_shown AS d ON d.metric = a.metric
    WHERE a.turn = 1 AND a.mentions > 1
      AND (b.least > a.most OR b.most < a.least)
      AND coalesce(a.stage, b.stage, '') = coalesce(b.stage, a.stage, '')
      AND NOT (a.measure = 'flow' AND a.sentence_start = b.sentence_start)
      AND NOT (a.measure = 'ratio' AND d.family = 'services')
)
SELECT
    bureau_id,
    document_id,
    metric,
    measure,
    year,
    label,
    fact_id,
    text,
    value,
    figure,
    sentence_start,
    sentence,
    other_fact_id,
    other_text,
    other_figure,
    other_sentence_start,
    other_sentence,
    exact,
    with_zero,
    CASE
        WHEN with_zero THEN 2
        WHEN measure <> 'flow' THEN CASE WHEN alike THEN 2 ELSE 1 END
        WHEN NOT bare THEN 0
        WHEN yearly AND other_yearly THEN CASE WHEN alike THEN 2 ELSE 1 END
        WHEN NOT alike THEN 0
        -- One says the year: a smaller number of meetings or events beside it may be an occasion of it, unless it is nearly as large.
        WHEN unit <> '件' AND yearly <> other_yearly AND larger_is_yearly AND coalesce(nearness, 0) < 0.5 THEN 0
        ELSE 1
    END AS certainty
FROM pair
WHERE certainty > 0;

COMMENT ON VIEW rival_mention IS 'Pairs of mentions of one cell in one document that exclude each other: the first mention and a later one.';
COMMENT ON COLUMN rival_mention.fact_id IS 'Fact of the first mention.';
COMMENT ON COLUMN rival_mention.text IS 'The first mention as printed.';
COMMENT ON COLUMN rival_mention.value IS 'Its stated number in the unit; null for a range or a vague count.';
COMMENT ON COLUMN rival_mention.figure IS 'The first mention for people: qualifier, number or bounds, unit.';
COMMENT ON COLUMN rival_mention.sentence IS 'The sentence that says the first mention.';
COMMENT ON COLUMN rival_mention.other_fact_id IS 'Fact of the later mention.';
COMMENT ON COLUMN rival_mention.other_text IS 'The later mention as printed.';
COMMENT ON COLUMN rival_mention.other_figure IS 'The later mention for people: qualifier, number or bounds, unit.';
COMMENT ON COLUMN rival_mention.other_sentence_start IS 'Where the sentence of the later mention begins.';
COMMENT ON COLUMN rival_mention.other_sentence IS 'The sentence that says the later mention.';
COMMENT ON COLUMN rival_mention.exact IS 'True when both are exact figures.';
COMMENT ON COLUMN rival_mention.with_zero IS 'True when one of them is a stated zero.';
COMMENT ON COLUMN rival_mention.certainty IS '2 when both speak of the same thing, 1 when probably.';
