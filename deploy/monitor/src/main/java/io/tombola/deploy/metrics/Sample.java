package io.tombola.deploy.metrics;

import io.prometheus.metrics.model.snapshots.Labels;

/** A value of a metric under labels. */
record Sample(Metric metric, Labels labels, double value) {}
