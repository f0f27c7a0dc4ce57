-- A rate that its own counts do not give: 办理200件，办结180件，办结率95%; 836人，其中持证659人，持证率88.52%; 其中线上120件，占总数的50%.
-- The numerator is the count before it that the rate is named after, or for a share the count just before; the denominator is the whole
-- that it is part of, or the count before it. Counts are looked for in the sentence of the rate and the one before. A rate that any two
-- counts there give is left alone, and so are rates of those due (按期办结率) and years that begin with a carry-over (含上年结转).
-- One unit of the last printed digit is allowed: reports round and cut off alike.
WITH rate AS (
    SELECT
        *,
        -- 持证率 is of those 持证 or 持有执法证: the two characters before 率, with up to four between them.
        CASE WHEN regexp_matches(label, '[一-龥]{2}率$') THEN left(right(label, 3), 1) END AS stem_first,
        left(right(label, 2), 1) AS stem_last,
        stem_first || '[^，。；]{0,4}' || stem_last AS stem,
        regexp_matches(lead, '^[，、（]?约?占(比|总数|总量|总额|全部|其中)?(的|达|为)?(比例|比重)?(达|为)?$') AS share
    FROM figure_in_sentence
    WHERE measure = 'ratio' AND unit = '%' AND qualifier = 'exact' AND status = 'actual'
      AND NOT regexp_matches(lead || label, '按期|按时|及时|准时|限时|提前|当场|一次|期内|到期|均|分别|同比|[较比]上年|目标|计划|任务')
      AND NOT regexp_matches(sentence, '结转|转入|旧存|遗留|跨年')
),
count_near AS (
    SELECT
        r.extraction_id, r.fact_id AS rate_id, r.value AS rate, r.slack AS rate_slack,
        n.fact_id, n.metric, n.sentence_start, n.start, n.unit, n.counter, n.value, n.slack, n.part_of, n.previous_start,
        CASE
            WHEN r.share THEN n.sentence_start = r.sentence_start AND n.place = r.place - 1 AND n.part_of IS NOT NULL
            -- A pattern of each rate's own costs much: only where both characters are there.
            WHEN contains(n.lead, r.stem_first) AND contains(n.lead, r.stem_last)
            THEN regexp_matches(n.lead, r.stem) AND NOT regexp_matches(n.lead, '[未不]' || r.stem)
            ELSE FALSE
        END AS named
    FROM rate AS r
    JOIN (
        SELECT
            *,
            regexp_extract(text, '[一-龥]+$') AS counter,
            lag(start) OVER (PARTITION BY extraction_id ORDER BY start, fact_id) AS previous_start
        FROM figure_in_sentence
        WHERE measure IN ('stock', 'flow') AND status = 'actual' AND qualifier = 'exact' AND value > 0
        QUALIFY row_number() OVER (PARTITION BY extraction_id, start ORDER BY metric IS NULL, fact_id) = 1
    ) AS n
        ON n.extraction_id = r.extraction_id AND n.start < r.start
        AND (n.sentence_start = r.sentence_start OR n.sentence_end BETWEEN r.sentence_start - 3 AND r.sentence_start)
    WHERE r.share OR r.stem IS NOT NULL
),
pair AS (
    SELECT
        n.extraction_id, n.rate_id, n.rate, n.rate_slack, n.fact_id AS numerator_id, d.fact_id AS denominator_id,
        n.start, n.value AS numerator, d.value AS denominator,
        CAST(n.value / d.value * 100 AS DECIMAL(38, 4)) AS computed,
        abs(computed - n.rate) <= 2 * n.rate_slack + computed * (n.slack / n.value + d.slack / d.value) + 0.0001 AS agrees,
        -- Which count the rate is most probably held against.
        CASE
            WHEN d.start = n.part_of THEN 1
            -- Not the count of another thing in the sentence before: 行政复议案件6件。行政应诉案件3件，出庭应诉率100%.
            WHEN d.start = n.previous_start AND NOT d.named
                AND (d.sentence_start = n.sentence_start OR d.metric IS NOT DISTINCT FROM n.metric) THEN 2
        END AS likely
    FROM count_near AS n
    JOIN count_near AS d
        ON d.extraction_id = n.extraction_id AND d.rate_id = n.rate_id AND d.fact_id <> n.fact_id
        AND (d.unit = n.unit OR d.counter = n.counter)
    WHERE n.named AND d.value >= n.value
),
differing AS (
    SELECT *
    FROM pair
    WHERE likely IS NOT NULL
      AND NOT EXISTS (FROM pair AS fit WHERE fit.extraction_id = pair.extraction_id AND fit.rate_id = pair.rate_id AND fit.agrees)
    QUALIFY row_number() OVER (PARTITION BY extraction_id, rate_id ORDER BY start DESC, likely) = 1
)
SELECT
    'warning' AS severity,
    r.bureau_id,
    r.document_id,
    r.metric,
    r.year,
    r.fact_id,
    figure_text(r.value, r.lower, r.upper, r.qualifier, r.unit) AS figure,
    r.sentence,
    d.numerator_id AS other_fact_id,
    plain_number(d.numerator) || ' / ' || plain_number(d.denominator)
        || ' = ' || plain_number(round(d.computed, 2)) || ' %' AS other_figure,
    n.sentence AS other_sentence,
    'The stated rate ' || r.label || ' is ' || plain_number(r.value)
        || ' %, its counts give ' || plain_number(round(d.computed, 2)) || ' %.' AS message
FROM differing AS d
JOIN observation AS r ON r.extraction_id = d.extraction_id AND r.fact_id = d.rate_id
JOIN observation AS n ON n.extraction_id = d.extraction_id AND n.fact_id = d.numerator_id
