package io.tombola.actors.publish;

import java.util.Optional;

/**
 * How a topic is laid out when it has to be created.
 *
 * @param partitions at least 1
 * @param replication at least 1, or {@link #OF_THE_CLUSTER}
 */
public record TopicLayout(int partitions, short replication) {

  /** Leaves the replication to the cluster. */
  public static final short OF_THE_CLUSTER = -1;

  /** One partition with the cluster's own replication. */
  public static final TopicLayout DEFAULT = new TopicLayout(1, OF_THE_CLUSTER);

  /** Checks the numbers. */
  public TopicLayout {
    if (partitions < 1 || replication == 0 || replication < OF_THE_CLUSTER) {
      throw new IllegalArgumentException(
          "expected 1 or more partitions and a replication of 1 or more or -1; found %d, %d"
              .formatted(partitions, replication));
    }
  }

  /** The replication; empty if the cluster chooses it. */
  public Optional<Short> chosenReplication() {
    return replication > 0 ? Optional.of(replication) : Optional.empty();
  }
}
