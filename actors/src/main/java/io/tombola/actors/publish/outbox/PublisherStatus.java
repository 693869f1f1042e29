package io.tombola.actors.publish.outbox;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far the publisher is.
 *
 * @param published results published since it was started
 * @param pending results that were read from the journal and are not known to be published; empty
 *     before the journal was read, which is at the first contact with the cluster or, without one,
 *     when somebody waits for it to drain: then this counts all there are
 * @param waitingSince when the oldest result that is not known to be published was persisted, as
 *     far as it was read, or the publisher was first told that there is something new; empty if
 *     nothing waits
 * @param failures deliveries that failed since it was started; while a broker is starting, none
 *     does
 * @param lastError one line about the last failure; empty while all is well
 */
public record PublisherStatus(
    long published,
    OptionalLong pending,
    Optional<Instant> waitingSince,
    long failures,
    Optional<String> lastError) {}
