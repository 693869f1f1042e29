package io.tombola.deploy.torture;

import io.tombola.actors.publish.KafkaCluster;
import io.tombola.actors.publish.topic.TopicReader;
import io.tombola.actors.publish.topic.TopicReader.Received;
import io.tombola.deploy.broker.StoreBroker;
import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.record.RecordHeaders;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.protocol.record.Topics;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.journal.JournalReader;
import io.tombola.storage.view.CampaignView;
import io.tombola.storage.view.ResultsCsv;
import io.tombola.storage.view.Verification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The state that a finished campaign leaves and that must not depend on faults.
 *
 * @param rows the results, by trial
 * @param artifacts the names, which are content hashes, of all artifacts of the campaign
 * @param topic the records that a reader at {@code read_committed} gets, in order
 * @param damage the findings of {@code verify}
 */
record FinalState(
    List<RoundRecord> rows,
    NavigableSet<String> artifacts,
    List<Received> topic,
    List<String> damage) {

  static FinalState of(StoreLayout store) throws IOException, InterruptedException {
    List<String> damage =
        Verification.of(store).findings().stream()
            .filter(finding -> finding.kind().isDamage())
            .map(Verification.Finding::message)
            .toList();
    NavigableSet<String> artifacts = new TreeSet<>();
    List<RoundRecord> rows;
    try (JournalReader journal = JournalReader.open(store)) {
      rows = CampaignView.all(journal).stream().flatMap(view -> view.records().stream()).toList();
      CampaignView.liveArtifacts(journal).stream().map(ArtifactRef::sha256).forEach(artifacts::add);
    }
    return new FinalState(rows, artifacts, topic(store), damage);
  }

  private static List<Received> topic(StoreLayout store) throws IOException, InterruptedException {
    List<Received> records = new ArrayList<>();
    try (StoreBroker broker = StoreBroker.open(store)) {
      new TopicReader(KafkaCluster.at(broker.address())).read(Topics.ROUNDS, records::add);
    }
    return records;
  }

  /** SHA-256 of the results as CSV. */
  String rowsHash() {
    StringBuilder csv = new StringBuilder();
    try {
      ResultsCsv.write(rows, csv);
    } catch (IOException e) {
      throw new IllegalStateException("a StringBuilder takes everything", e);
    }
    return hash(csv.toString());
  }

  /** SHA-256 of the artifacts' names, a line each. */
  String artifactsHash() {
    return hash(String.join("\n", artifacts));
  }

  /** SHA-256 of the records' ids and values, a line each, by id. */
  String topicHash() {
    return hash(String.join("\n", topic.stream().map(FinalState::line).sorted().toList()));
  }

  static String id(Received record) {
    return record.headers().getOrDefault(RecordHeaders.ID, "");
  }

  static String line(Received record) {
    return id(record) + " " + record.value();
  }

  private static String hash(String text) {
    return ArtifactRef.of(text.getBytes(StandardCharsets.UTF_8)).sha256();
  }
}
