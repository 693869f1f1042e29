package io.tombola.actors.publish.topic;

import io.tombola.protocol.record.Topic;
import java.util.Optional;

/**
 * One thing that the contract says of a topic, and how it is on a cluster.
 *
 * @param setting Kafka's name of it, or {@code topic} for whether there is one
 * @param correction the value to set; empty if all is well, or the topic has to be created
 */
public record TopicCheck(
    Topic topic, String setting, Expectation expectation, Optional<String> correction) {

  private static final String EXISTENCE = "topic";

  /** What was expected, what was found, and whether that will do. */
  public record Expectation(String expected, String found, boolean holds) {}

  static TopicCheck existence(Topic topic, boolean there) {
    return new TopicCheck(
        topic,
        EXISTENCE,
        new Expectation("is there", there ? "is there" : "is not there", there),
        Optional.empty());
  }

  static TopicCheck cleanup(Topic topic, String found) {
    String expected = topic.cleanup().word();
    return setting(
        topic,
        "cleanup.policy",
        new Expectation(expected, found, expected.equals(found)),
        expected);
  }

  /** A retention in milliseconds or bytes, of which the cluster may have more than expected. */
  static TopicCheck retention(Topic topic, String setting, long least, String found) {
    long kept = Long.parseLong(found);
    boolean enough = kept == Topic.FOREVER || (least != Topic.FOREVER && kept >= least);
    String expected = least == Topic.FOREVER ? "-1, no limit" : "at least " + least;
    return setting(topic, setting, new Expectation(expected, found, enough), Long.toString(least));
  }

  private static TopicCheck setting(
      Topic topic, String setting, Expectation expectation, String value) {
    return new TopicCheck(
        topic, setting, expectation, expectation.holds() ? Optional.empty() : Optional.of(value));
  }
}
