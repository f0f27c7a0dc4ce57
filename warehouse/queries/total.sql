-- The sum of an additive metric over the bureaus of one year, with how many of them report it.
-- Exact figures and the lower bounds of bounded ones are summed apart; nothing is filled in for those that do not report.
-- $metric (metric): id of the metric, as tech_smes
-- $year (year): the year that the figure is about, as 2024
SELECT
    c.metric,
    c.year,
    c.unit,
    count(*) AS bureaus_reporting,
    count(*) FILTER (WHERE c.qualifier = 'exact') AS with_exact_figure,
    sum(c.value) FILTER (WHERE c.qualifier = 'exact') AS sum_of_exact_figures,
    sum(c.lower) FILTER (WHERE c.qualifier <> 'exact') AS sum_of_lower_bounds
FROM cross_bureau AS c
JOIN metric_shown AS m ON m.metric = c.metric AND m.measure = c.measure AND m.scope = c.scope AND m.additive
WHERE c.metric = $metric AND c.year = $year AND c.state <> 'parts_only'
GROUP BY ALL;
