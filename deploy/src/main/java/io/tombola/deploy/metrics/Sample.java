package io.tombola.deploy.metrics;

import io.micrometer.core.instrument.Tags;

/** A value of a metric under labels. */
record Sample(Metric metric, Tags labels, double value) {

  /** What tells it from all others of a moment. */
  record Key(Metric metric, Tags labels) {}

  Key key() {
    return new Key(metric, labels);
  }
}
