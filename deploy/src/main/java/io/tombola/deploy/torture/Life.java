package io.tombola.deploy.torture;

import java.time.Duration;
import java.util.Optional;

/**
 * What one process of a tortured campaign is to suffer.
 *
 * @param end what ends it, if it does not finish first
 * @param bystander when one of its child processes (broker, trainer) is killed, if one is
 * @param recovery how many deaths in a row, this one included, came before the process before it
 *     had recovered; 0 outside such a row
 */
record Life(Fault end, Optional<Duration> bystander, int recovery) {}
