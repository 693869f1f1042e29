package io.tombola.actors.publish;

/**
 * How a store publishes.
 *
 * @param id the store's own id: names the producer and its positions, so that two stores can share
 *     a cluster; must stay the same for the life of the store
 * @param partitions of the topic, if it has to be created; at least 1
 * @param replication of the topic, if it has to be created; -1 leaves it to the cluster
 */
public record PublisherSettings(String id, int partitions, short replication) {

  private static final short CLUSTER_DEFAULT = -1;

  /** Checks the numbers. */
  public PublisherSettings {
    if (id.isBlank() || partitions < 1 || replication == 0 || replication < CLUSTER_DEFAULT) {
      throw new IllegalArgumentException(
          "expected an id, 1 or more partitions and a replication of 1 or more or -1; found '%s', %d, %d"
              .formatted(id, partitions, replication));
    }
  }

  /** One partition with the cluster's own replication. */
  public static PublisherSettings of(String id) {
    return new PublisherSettings(id, 1, CLUSTER_DEFAULT);
  }
}
