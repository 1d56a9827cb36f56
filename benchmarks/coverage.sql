-- The same as `steering.analysis.coverage.segments`, for the horizon $first to $last.
WITH clipped AS (
    SELECT task, municipality, structure, role,
        greatest(coalesce("start", $first), $first) AS opened,
        least(coalesce("end", $last), $last) AS closed
    FROM assignment
    WHERE role IN (1, 2)
), in_order AS (
    SELECT *, max(closed) OVER earlier AS reach
    FROM clipped
    WHERE opened <= closed
    WINDOW earlier AS (
        PARTITION BY task, municipality, structure, role ORDER BY opened
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    )
), numbered AS (
    SELECT *, count(*) FILTER (reach IS NULL OR opened > reach + 1) OVER (
        PARTITION BY task, municipality, structure, role ORDER BY opened
        RANGE UNBOUNDED PRECEDING -- rows of one day are all in or all out
    ) AS stay
    FROM in_order
), stays AS (
    SELECT task, municipality, role, min(opened) AS opened, max(closed) AS closed
    FROM numbered
    GROUP BY task, municipality, structure, role, stay
), events AS (
    SELECT task, municipality, opened AS moment, if(role = 1, 1, 0) AS lead, if(role = 2, 1, 0) AS deliverer
    FROM stays
    UNION ALL
    SELECT task, municipality, closed + 1, if(role = 1, -1, 0), if(role = 2, -1, 0)
    FROM stays
), changes AS (
    SELECT task, municipality, moment, sum(lead) AS lead, sum(deliverer) AS deliverer
    FROM events
    GROUP BY task, municipality, moment
    HAVING sum(lead) != 0 OR sum(deliverer) != 0
), runs AS (
    SELECT task, municipality,
        moment AS "start",
        lead(moment) OVER cell - 1 AS "end",
        sum(lead) OVER cell AS leads,
        sum(deliverer) OVER cell AS deliverers
    FROM changes
    WINDOW cell AS (PARTITION BY task, municipality ORDER BY moment)
)
SELECT task, municipality, "start", "end", leads::BIGINT AS leads, deliverers::BIGINT AS deliverers
FROM runs
WHERE leads > 0 OR deliverers > 0
ORDER BY task, municipality, "start"
