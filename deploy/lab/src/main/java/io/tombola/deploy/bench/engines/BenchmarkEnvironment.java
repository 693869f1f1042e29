package io.tombola.deploy.bench.engines;

import io.tombola.deploy.bench.measure.BenchmarkCancellation;
import io.tombola.deploy.bench.measure.BenchmarkSettings;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What all measurements of one {@code tombola bench} share.
 *
 * @param data that networks train on
 * @param seed of masks, weights and images
 * @param directory exists; takes images and stores
 * @param cancellation checked between two windows
 * @param progress receives results while the benchmark runs, a line each
 */
public record BenchmarkEnvironment(
    BenchmarkSettings settings,
    BenchData data,
    long seed,
    Path directory,
    BenchmarkCancellation cancellation,
    Consumer<String> progress) {}
