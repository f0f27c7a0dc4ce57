-- Two levels said as one step: 由120家增加到130家, 从16项压减至14项, 由40%降低至38%. Ranks are left out: a better rank is a lower number.
CREATE OR REPLACE VIEW level_step AS
WITH level AS (
    SELECT * FROM figure_in_sentence WHERE measure IN ('stock', 'flow', 'ratio') AND status = 'actual'
)
SELECT
    after.extraction_id,
    before.fact_id AS before_id,
    after.fact_id AS after_id,
    after.start,
    after.place,
    after.sentence_start,
    regexp_extract(
        after.lead, '^(?:余|多)?，?(?:又|再|已|大幅|逐步|进一步|稳步)?(增加|增长|增|提高|提升|上升|升|扩大|扩容|拓展|扩展|发展|壮大|上涨|减少|减|下降|降低|降|压缩|压减|缩减|缩短|精简|回落)(?:到|至|为)', 1
    ) AS word,
    CASE WHEN regexp_matches(word, '减|降|压|缩|回落') THEN -1 ELSE 1 END AS direction
FROM level AS after
JOIN level AS before
    ON before.extraction_id = after.extraction_id AND before.sentence_start = after.sentence_start AND before.place = after.place - 1
    AND before.unit = after.unit AND before.measure = after.measure AND before.metric IS NOT DISTINCT FROM after.metric
WHERE word <> '' AND regexp_matches(before.lead, '[由从自较比][^，。；]{0,14}$');

COMMENT ON VIEW level_step IS 'Pairs of levels said as a step from one to the other (由…增加到…), with the word of its direction.';
COMMENT ON COLUMN level_step.before_id IS 'Fact of the level before.';
COMMENT ON COLUMN level_step.after_id IS 'Fact of the level after.';
COMMENT ON COLUMN level_step.word IS 'Word of the direction, as printed: 增加, 压减.';
COMMENT ON COLUMN level_step.direction IS '1 for a word of growth, -1 for a word of fall.';
