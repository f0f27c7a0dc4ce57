-- Shares of one whole that together exceed 100 percent: 食品类占45%、药品类占35%、其他占30%. The shares must be a division of one whole: one
-- of them is 其他 or 其余, or all their names end alike (…类, …业). Shares that may overlap (女性占60%，党员占55%) are no division.
WITH share AS (
    SELECT
        *,
        right(regexp_replace(regexp_replace(label, '占比?$', ''), '(投诉|案件|企业|项目|事项|信息)$', ''), 1) AS ending,
        count(*) FILTER (WHERE NOT regexp_matches(lead, '^[，、；和][^。；]{1,16}$')) OVER (
            PARTITION BY extraction_id, sentence_start ORDER BY start
        ) AS chain
    FROM figure_in_sentence
    WHERE measure = 'ratio' AND unit = '%' AND qualifier = 'exact' AND status = 'actual' AND metric IS NULL
      AND regexp_matches(lead, '占[^，。；]{0,4}$') AND value BETWEEN 0 AND 100
      AND NOT regexp_matches(lead || label, '[男女]性|党员|岁|学历|本科|研究生|全省|全市|全国|GDP|生产总值|同比')
),
division AS (
    SELECT
        extraction_id,
        sentence_start,
        count(*) AS shares,
        sum(value) AS total,
        sum(slack) AS total_slack,
        arg_max(fact_id, value) AS largest_id,
        arg_max(fact_id, start) AS last_id,
        string_agg(plain_number(value), ' + ' ORDER BY start) AS terms,
        bool_or(regexp_matches(lead || label, '其他|其它|其余')) AS said_full,
        count(DISTINCT ending) = 1 AND count(*) > 1 AS alike
    FROM share
    GROUP BY extraction_id, sentence_start, chain
)
SELECT
    CASE WHEN d.said_full THEN 'warning' ELSE 'notice' END AS severity,
    v.bureau_id,
    v.document_id,
    v.metric,
    v.year,
    v.fact_id,
    figure_text(v.value, v.lower, v.upper, v.qualifier, v.unit) AS figure,
    v.sentence,
    CASE WHEN d.last_id <> d.largest_id THEN d.last_id END AS other_fact_id,
    d.terms || ' = ' || plain_number(d.total) || ' %' AS other_figure,
    v.sentence AS other_sentence,
    'The shares of one whole add up to ' || plain_number(d.total) || ' percent.' AS message
FROM division AS d
JOIN observation AS v ON v.extraction_id = d.extraction_id AND v.fact_id = d.largest_id
WHERE d.shares > 1 AND (d.said_full OR d.alike) AND d.total > 100 + d.total_slack
