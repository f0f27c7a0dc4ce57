-- Wholes and the parts named behind them (共5项，其中行政确认2项). A part is one that the reading points to its whole (part_of), or
-- one that the words make a part although its number does not fit, which is just what the checks look for:
--   first  right behind 其中, 包括 or 含 and the level just before it: 企业100家，其中上市企业120家
--   next   joined by 、 to such a part: 其中甲类3项、乙类2项、丙类1项 of a whole of 5项
-- crosscut marks a part of another division of the same whole, which may overlap the others: 党员, 女性, 35岁以下; behind a comma also
-- what became of the whole (办结, 整改). Such parts are never summed.
CREATE OR REPLACE VIEW named_part AS
WITH level AS (
    SELECT
        *,
        regexp_extract(text, '[一-龥]+$') AS counter,
        row_number() OVER (PARTITION BY extraction_id, sentence_start ORDER BY start, metric IS NULL, fact_id) AS level_place
    FROM figure_in_sentence
    WHERE measure IN ('stock', 'flow')
    QUALIFY row_number() OVER (PARTITION BY extraction_id, start ORDER BY metric IS NULL, fact_id) = 1
),
pointed AS (
    SELECT p.extraction_id, p.fact_id AS part_id, w.fact_id AS whole_id
    FROM level AS p
    JOIN level AS w ON w.extraction_id = p.extraction_id AND w.start = p.part_of AND w.unit = p.unit
),
named AS (
    SELECT p.extraction_id, p.fact_id AS part_id, coalesce(whole.whole_id, b.fact_id) AS whole_id
    FROM level AS p
    JOIN level AS b
        ON b.extraction_id = p.extraction_id AND b.sentence_start = p.sentence_start AND b.level_place = p.level_place - 1
        AND (b.unit = p.unit OR b.counter = p.counter)
    LEFT JOIN pointed AS whole ON whole.extraction_id = b.extraction_id AND whole.part_id = b.fact_id
    WHERE p.part_of IS NULL
      AND NOT regexp_matches(p.lead, '[占较比]|目标|计划|任务|上年|去年|人均|户均|平均|每|累计|总数|总量|合计|共计')
      AND CASE
          WHEN whole.whole_id IS NULL THEN regexp_matches(p.lead, '^[，、：（]?(其中|包括|包含|含)[，：]?[^，。；、：]{0,20}$')
          ELSE regexp_matches(p.lead, '^、[^，。；、：]{1,20}$')
      END
),
pair AS (
    SELECT * FROM pointed
    UNION ALL
    SELECT * FROM named
)
SELECT
    p.extraction_id,
    w.fact_id AS whole_id,
    p.fact_id AS part_id,
    p.start,
    p."end",
    p.sentence_start,
    p.unit,
    p.value,
    p.least,
    p.most,
    p.slack,
    p.qualifier,
    p.label,
    p.lead,
    p.tail,
    regexp_matches(p.lead || p.label, '[男女]性|党员|团员|周?岁|学历|本科|大专|研究生|硕士|博士|职称|高级|中级|初级|持证|少数民族|青年|重点|规上|规模以上|上市')
        OR regexp_matches(p.lead, '^(.*，)[^，]*(办结|审结|结案|答复|回复|整改|采纳|化解|调解|通过|用于|支出|完成|兑现|拨付)') AS crosscut
FROM pair
JOIN level AS w ON w.extraction_id = pair.extraction_id AND w.fact_id = pair.whole_id
JOIN level AS p ON p.extraction_id = pair.extraction_id AND p.fact_id = pair.part_id
WHERE p.status = w.status AND p.year IS NOT DISTINCT FROM w.year;

COMMENT ON VIEW named_part IS 'Each whole with the parts that the text names of it, also those that do not fit: one row a part.';
COMMENT ON COLUMN named_part.whole_id IS 'Fact of the whole.';
COMMENT ON COLUMN named_part.part_id IS 'Fact of the part.';
COMMENT ON COLUMN named_part.crosscut IS 'True when the part may belong to another division of the whole and overlap the other parts.';
