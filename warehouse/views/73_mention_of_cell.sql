-- The mentions that compete for one cell (comparable_mention, none narrowed), with what tells a contradiction from two figures of
-- different things:
--   series   what the cell leaves open: the days of a part-year figure, the other side of a rank or share, the level that grew
--   stage    受理 and 办结 count other things under one metric: received, closed, or unsaid
--   yearly   the sentence says before it that it covers the year or all of them: 全年, 累计, 共
--   bare     nothing narrows it: no purpose before it (专题, 围绕), nothing counted behind it
--   carried  it takes over the noun of another figure, with a verb of its own (收到200件，办结180件); 2023年为103家 and 总数达17家 are not
-- least and most are widened by the rounding of the print: 21.7亿元 admits 2168000000 元.
CREATE OR REPLACE VIEW mention_of_cell AS
WITH grown AS (
    SELECT c.extraction_id, c.fact_id, min(l.measure) AS measure
    FROM observation AS c
    JOIN observation AS l ON l.extraction_id = c.extraction_id AND l.start = c."of"
    WHERE c.measure IN ('growth', 'change')
    GROUP BY ALL
)
SELECT
    f.* EXCLUDE (scope, least, most, slack, place),
    m.scope,
    m.period_kind,
    m.preference,
    f.least - f.slack AS least,
    f.most + f.slack AS most,
    concat_ws(
        ' ', m.period_kind,
        CASE WHEN m.period_kind = 'part_year' THEN concat(m.period_start, '..', m.period_end) END,
        CASE WHEN m.measure IN ('ratio', 'rank') THEN m.relative_to END,
        CASE WHEN m.measure IN ('growth', 'change') THEN concat(grown.measure, m.unit) END
    ) AS series,
    CASE
        WHEN regexp_matches(f.lead, '办结|审结|结案|办毕|答复|回复|化解|调处|调解|整改|销号|终止|撤销|维持|驳回|采纳') THEN 'closed'
        WHEN regexp_matches(f.lead, '收到|接到|受理|接收|新收|立案|转办|派单|排查') THEN 'received'
    END AS stage,
    regexp_matches(
        substring(f.sentence, 1, f.start - f.sentence_start), '全年|年内|今年|本年|一年来|年度|累计|总计|合计|总共|共|[0-9]{4}年'
    ) AS yearly,
    f.rule = 'noun_carried_on'
        AND NOT regexp_matches(f.lead, '(年|期|底|末|总数|总量|总额|存量)[为达是有仅共的已到至]*$') AS carried,
    regexp_matches(f.tail, '^([，。；、）]|\s|$)')
        AND NOT regexp_matches(
            regexp_extract(f.lead, '[^，。；]*$'), '专题|专门|围绕|针对|关于|就|联合|其中|另|还|此外|再次|第[一二三四]季度|[0-9]月|面向|赴|对'
        ) AS bare
FROM comparable_mention AS m
JOIN figure_in_sentence AS f ON f.extraction_id = m.extraction_id AND f.fact_id = m.fact_id
LEFT JOIN grown ON grown.extraction_id = m.extraction_id AND grown.fact_id = m.fact_id
WHERE NOT m.narrowed;

COMMENT ON VIEW mention_of_cell IS 'The mentions of each cell of cross_bureau with the words that tell a contradiction from figures of different things.';
COMMENT ON COLUMN mention_of_cell.scope IS 'jurisdiction or bureau; the default of the metric where the text does not say.';
COMMENT ON COLUMN mention_of_cell.least IS 'Least that the figure can be, with the rounding of its print.';
COMMENT ON COLUMN mention_of_cell.most IS 'Most that the figure can be, with the rounding of its print.';
COMMENT ON COLUMN mention_of_cell.series IS 'What must be equal beside the cell: kind and days of the period, what it is relative to, what grew.';
COMMENT ON COLUMN mention_of_cell.stage IS 'received or closed, where a verb says at which stage cases are counted; else null.';
COMMENT ON COLUMN mention_of_cell.yearly IS 'True when the words before it say the whole year or all of them.';
COMMENT ON COLUMN mention_of_cell.carried IS 'True when it takes over the noun of another figure with a verb of its own.';
COMMENT ON COLUMN mention_of_cell.bare IS 'True when no words narrow it to an occasion.';
