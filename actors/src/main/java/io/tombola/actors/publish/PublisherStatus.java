package io.tombola.actors.publish;

import java.util.Optional;

/**
 * How far the publisher is.
 *
 * @param published results published since it was started
 * @param pending results that were read from the journal and are not known to be published; before
 *     the first contact with the cluster this counts all there are
 * @param lastError one line about the last failure; empty while all is well
 */
public record PublisherStatus(long published, long pending, Optional<String> lastError) {}
