package io.tombola.protocol.spec;

import java.util.Optional;

/**
 * Which data to train on.
 *
 * @param name {@code fashion-mnist} (ships inside) or {@code mnist}
 * @param dir where the original files lie, for a data set that does not ship
 */
public record DatasetSpec(String name, Optional<String> dir) {}
