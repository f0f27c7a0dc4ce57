-- A rate below 0 or above 100 percent: rates of catalogue metrics, and open ones whose name is that of a share of a whole (合格率, 占比).
-- Completion of a target, growth, coverage of more than was asked for and use of capacity may rightly exceed 100.
SELECT
    'warning' AS severity,
    v.bureau_id,
    v.document_id,
    v.metric,
    v.year,
    v.fact_id,
    figure_text(v.value, v.lower, v.upper, v.qualifier, v.unit) AS figure,
    v.sentence,
    NULL AS other_fact_id,
    '0..100 %' AS other_figure,
    NULL AS other_sentence,
    'The rate ' || v.label || ' lies outside 0 to 100 percent.' AS message
FROM observation AS v
LEFT JOIN metric_shown AS m ON m.metric = v.metric
WHERE v.measure = 'ratio' AND v.unit = '%' AND v.status = 'actual'
  AND (coalesce(v.value, v.lower) > 100 OR coalesce(v.value, v.upper) < 0)
  AND NOT regexp_matches(v.label, '增|目标|计划|任务|进度|预算|同期|上年|去年')
  AND (
      (m.measure = 'ratio' AND m.unit = '%')
      OR regexp_matches(
          v.label,
          '(办结|审结|结案|答复|回复|合格|及格|优良|优秀|满意|参考|参学|参训|持证|按期|按时|及时|准时|出庭|应诉|履约|公开|准确|知晓|通过|成功|普及|入学|就业|整改|采纳|纠错|败诉|胜诉|公示|达标|正确|有效|知晓|好评|见面|化解|调解)率$'
          || '|满意度$|占比?$|比重$|占.*比重$'
      )
  )
