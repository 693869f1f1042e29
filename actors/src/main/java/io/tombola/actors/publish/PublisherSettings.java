package io.tombola.actors.publish;

/**
 * The settings of the publishers of a store.
 *
 * @param id the store's own id: names the producer and its positions, so that two stores can share
 *     a cluster; must stay the same for the life of the store
 * @param topics how they are laid out, if they have to be created
 */
public record PublisherSettings(String id, TopicLayout topics) {

  /** Checks the id. */
  public PublisherSettings {
    if (id.isBlank()) {
      throw new IllegalArgumentException("expected the store's id, found none");
    }
  }

  /** Topics of one partition with the cluster's own replication. */
  public static PublisherSettings of(String id) {
    return new PublisherSettings(id, TopicLayout.DEFAULT);
  }
}
