-- Two levels of one thing said together, the one the other's baseline:
--   by a step      由120家增加到130家, 从16项压减至14项, 由40%降低至38%, 由第5位上升到第3位
--   by comparison  达120家，比上年的100家增长20%
CREATE OR REPLACE VIEW level_step AS
WITH level AS (
    SELECT * FROM figure_in_sentence WHERE measure IN ('stock', 'flow', 'ratio', 'rank') AND status = 'actual'
),
neighbour AS (
    SELECT
        first.extraction_id,
        first.sentence_start,
        first.fact_id AS first_id,
        first.start AS first_start,
        first.lead AS first_lead,
        second.fact_id AS second_id,
        second.start AS second_start,
        second.lead AS second_lead,
        second.place,
        second.measure,
        regexp_extract(
            second.lead,
            '^(?:余|多)?，?(?:又|再|已|大幅|逐步|进一步|稳步)?'
                || '(增加|增长|增|提高|提升|上升|跃升|升|扩大|扩容|拓展|扩展|发展|壮大|上涨|减少|减|下降|降低|降|压缩|压减|缩减|缩短|精简|回落)(?:到|至|为)',
            1
        ) AS word
    FROM level AS first
    JOIN level AS second
        ON second.extraction_id = first.extraction_id AND second.sentence_start = first.sentence_start
        AND second.place = first.place + 1 AND second.unit = first.unit AND second.measure = first.measure
        AND second.metric IS NOT DISTINCT FROM first.metric
)
SELECT
    extraction_id,
    sentence_start,
    first_id AS before_id,
    second_id AS after_id,
    second_start AS after_start,
    place,
    word,
    -- A better rank is a lower number.
    CASE WHEN regexp_matches(word, '减|降|压|缩|回落') THEN -1 ELSE 1 END * CASE measure WHEN 'rank' THEN -1 ELSE 1 END AS direction
FROM neighbour
WHERE word <> '' AND regexp_matches(first_lead, '[由从自较比][^，。；]{0,14}$')
UNION ALL
SELECT extraction_id, sentence_start, second_id, first_id, first_start, place, NULL, NULL
FROM neighbour
WHERE word = '' AND regexp_matches(second_lead, '^，?[比较][^，。；]{0,10}(年|期|底|末)(度|同期|底|末)?的$');

COMMENT ON VIEW level_step IS 'Pairs of levels of one thing that a sentence says together: as a step (由…增加到…) or as a level and its baseline.';
COMMENT ON COLUMN level_step.before_id IS 'Fact of the level before.';
COMMENT ON COLUMN level_step.after_id IS 'Fact of the level after.';
COMMENT ON COLUMN level_step.after_start IS 'Offset of the level after.';
COMMENT ON COLUMN level_step.place IS 'Place in the sentence of the one that stands last.';
COMMENT ON COLUMN level_step.word IS 'Word of the direction of a step, as printed: 增加, 压减; null for a comparison.';
COMMENT ON COLUMN level_step.direction IS '1 when the number must rise, -1 when it must fall; null for a comparison.';
