package io.tombola.actors.publish.outbox;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The status of the publisher.
 *
 * @param published results published since it was started
 * @param pending results that were read from the journal and are not published; empty before the
 *     journal was read, which is at the first connection to the cluster or, without one, when a
 *     caller waits for it to drain
 * @param waitingSince when the oldest pending result was persisted, or the oldest unserved wake-up
 *     arrived, whichever is earlier; empty if nothing is pending
 * @param failures deliveries that failed since it was started; while a broker is starting, none
 *     counts
 * @param lastError one line about the last failure; empty after a success
 */
public record PublisherStatus(
    long published,
    OptionalLong pending,
    Optional<Instant> waitingSince,
    long failures,
    Optional<String> lastError) {}
