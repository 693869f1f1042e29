package io.tombola.deploy.report.claims;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * One comparison in one replicate; over several rounds the values are means, and the claim holds
 * where it holds in each of them.
 *
 * @param margin how far the value is beyond the reference in the claimed direction
 * @param verdict not enough data where an early stop at the last iteration leaves it open
 * @param rounds rounds compared
 * @param roundsHeld those of them in which it holds
 * @param atLastIteration whether an early stop compared is only a lower bound
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ReplicateScore(
    int replicate,
    double value,
    double reference,
    double margin,
    Verdict verdict,
    int rounds,
    int roundsHeld,
    boolean atLastIteration) {}
