package io.tombola.deploy.broker;

import io.tombola.protocol.Arm;
import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.EngineName;
import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.event.CampaignEvent;
import io.tombola.protocol.event.CampaignEvent.CampaignStarted;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.event.Provenance;
import io.tombola.protocol.event.ReplicateEvent;
import io.tombola.protocol.event.ReplicateEvent.CheckpointSaved;
import io.tombola.protocol.event.ReplicateEvent.MaskPruned;
import io.tombola.protocol.event.ReplicateEvent.ReplicateStarted;
import io.tombola.protocol.event.ReplicateEvent.TrialEvaluated;
import io.tombola.protocol.event.ReplicateEvent.TrialFailed;
import io.tombola.protocol.event.ReplicateEvent.TrialPrepared;
import io.tombola.protocol.event.ReplicateEvent.TrialTrained;
import io.tombola.protocol.event.ReplicateEvent.WeightsInitialized;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.spec.ControlsSpec;
import io.tombola.protocol.spec.DatasetSpec;
import io.tombola.protocol.spec.OptimizerSpec;
import io.tombola.protocol.spec.PruningSpec;
import io.tombola.protocol.spec.RewindSpec;
import io.tombola.protocol.spec.TrainingSpec;
import io.tombola.protocol.trial.CheckpointRef;
import io.tombola.protocol.trial.MaskDensity;
import io.tombola.protocol.trial.TrainedTrial;
import io.tombola.protocol.trial.TrialFailure;
import io.tombola.protocol.trial.TrialMetrics;
import io.tombola.protocol.trial.TrialStart;
import io.tombola.storage.journal.EventSource;
import io.tombola.storage.journal.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A journal in memory that grows as a campaign does. Thread-safe. */
public final class JournalFixture implements EventSource {

  /** The time of every event. */
  static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

  private static final ArtifactRef HASH = new ArtifactRef("0123456789abcdef".repeat(4));
  private static final MaskDensity DENSITY =
      new MaskDensity(List.of(new MaskDensity.Layer("dense-1", 188_160, 235_200)));

  private final CampaignSpec campaign;
  private final List<StoredEvent> own = new ArrayList<>();
  private final SortedMap<Integer, List<StoredEvent>> journal = new TreeMap<>();
  private final SortedMap<Integer, Set<String>> trials = new TreeMap<>();
  private final Map<Integer, List<String>> checksums = new TreeMap<>();

  /** An empty journal of two replicates with one control. */
  JournalFixture(String campaign) {
    this(campaign, 2, 1);
  }

  /** An empty journal. */
  public JournalFixture(String campaign, int replicates, int reinits) {
    this.campaign = spec(campaign, replicates, reinits);
    add(new CampaignStarted(this.campaign, new Provenance(new TreeMap<>(), new TreeMap<>()), AT));
  }

  /** Adds an event of the campaign. */
  synchronized JournalFixture add(CampaignEvent event) {
    own.add(new StoredEvent(JournalId.campaign(campaign.name()), own.size() + 1L, event));
    return this;
  }

  /** The campaign whose journal it is. */
  public CampaignSpec campaign() {
    return campaign;
  }

  /** Every event so far, by replicate. */
  public synchronized Map<ReplicateId, List<ReplicateEvent>> events() {
    Map<ReplicateId, List<ReplicateEvent>> events = new LinkedHashMap<>();
    journal.forEach(
        (replicate, entries) ->
            events.put(
                id(replicate), entries.stream().map(e -> (ReplicateEvent) e.event()).toList()));
    return events;
  }

  /** What the topic must hold for each key: the ids of its trials in the order of their end. */
  public synchronized Map<String, List<String>> expected() {
    Map<String, List<String>> expected = new TreeMap<>();
    trials.forEach((replicate, ids) -> expected.put(id(replicate).toString(), List.copyOf(ids)));
    return expected;
  }

  /** Adds a whole round, ticket and controls, to each replicate. */
  synchronized JournalFixture addRound(int round) {
    for (int replicate = 1; replicate <= campaign.replicates(); replicate++) {
      if (round == 0) {
        add(replicate, new ReplicateStarted(campaign, replicate, AT));
        add(replicate, new WeightsInitialized(HASH, HASH, DENSITY, AT));
      } else {
        add(replicate, new MaskPruned(round, HASH, DENSITY, AT));
      }
      for (Arm arm : campaign.arms(round)) {
        addTrial(replicate, round, arm);
      }
    }
    return this;
  }

  /** Adds the rounds from 0 to {@code last}. */
  public JournalFixture addRounds(int last) {
    IntStream.rangeClosed(0, last).forEach(this::addRound);
    return this;
  }

  /** Loses the end of each replicate's log, from the event {@code sequence} on. */
  synchronized JournalFixture loseFrom(long sequence) {
    journal.values().forEach(entries -> entries.removeIf(e -> e.sequence() >= sequence));
    checksums.values().forEach(known -> known.subList((int) sequence - 1, known.size()).clear());
    return this;
  }

  /** Adds a round's trials in reverse order, as another run of the same campaign may. */
  synchronized JournalFixture addTrialsInReverseOrder(int round) {
    for (int replicate : List.copyOf(journal.keySet())) {
      addTrial(replicate, round, Arm.reinit(1));
      addTrial(replicate, round, Arm.TICKET);
    }
    return this;
  }

  /** Adds only the control of a round. */
  synchronized JournalFixture addControl(int round) {
    List.copyOf(journal.keySet()).forEach(replicate -> addTrial(replicate, round, Arm.reinit(1)));
    return this;
  }

  /** Loses an event. */
  synchronized void lose(int replicate, long sequence) {
    journal.get(replicate).removeIf(entry -> entry.sequence() == sequence);
  }

  private void addTrial(int replicate, int round, Arm arm) {
    add(
        replicate,
        new TrialPrepared(round, arm, new TrialStart(HASH, HASH), DENSITY, EngineName.DL4J, AT));
    add(
        replicate,
        new CheckpointSaved(round, arm, new CheckpointRef(100, HASH), Optional.empty(), AT));
    if (arm.isTicket()) {
      add(
          replicate,
          new TrialTrained(round, arm, new TrainedTrial(200, HASH, HASH, "cpu:0", 1000), AT));
      double loss = 1.0 / (round + 1);
      TrialMetrics metrics = new TrialMetrics(100, loss, 85, 84, loss, 84.5);
      add(replicate, new TrialEvaluated(round, arm, metrics, AT));
    } else {
      TrialFailure failure = new TrialFailure(TrialFailure.Kind.DIVERGED, "loss is NaN");
      add(replicate, new TrialFailed(round, arm, failure, AT));
    }
    trials
        .computeIfAbsent(replicate, none -> new LinkedHashSet<>())
        .add("%s/%d/%s/trial".formatted(id(replicate), round, arm));
  }

  /** Adds an event of a replicate. */
  synchronized void add(int replicate, ReplicateEvent event) {
    List<StoredEvent> entries = journal.computeIfAbsent(replicate, none -> new ArrayList<>());
    entries.add(new StoredEvent(log(replicate), entries.size() + 1L, event));
    List<String> known = checksums.computeIfAbsent(replicate, none -> new ArrayList<>());
    String before = known.isEmpty() ? "" : known.get(known.size() - 1);
    known.add(Integer.toHexString((before + event).hashCode()));
  }

  private ReplicateId id(int replicate) {
    return new ReplicateId(campaign.name(), replicate);
  }

  private String log(int replicate) {
    return JournalId.replicate(id(replicate));
  }

  @Override
  public synchronized SortedMap<String, Long> highestSequences() {
    SortedMap<String, Long> highest = new TreeMap<>();
    highest.put(JournalId.campaign(campaign.name()), (long) own.size());
    journal.forEach(
        (replicate, events) ->
            highest.put(
                log(replicate), events.stream().mapToLong(StoredEvent::sequence).max().orElse(0)));
    return highest;
  }

  @Override
  public synchronized List<StoredEvent> read(String id, long fromSequence, int max) {
    List<StoredEvent> events =
        JournalId.replicateOf(id).map(of -> journal.get(of.replicate())).orElse(own);
    return events.stream().filter(event -> event.sequence() >= fromSequence).limit(max).toList();
  }

  @Override
  public synchronized Optional<String> checksum(String id, long sequence) {
    List<String> known = checksums.get(JournalId.replicateOf(id).orElseThrow().replicate());
    return sequence > known.size() ? Optional.empty() : Optional.of(known.get((int) sequence - 1));
  }

  private static CampaignSpec spec(String name, int replicates, int reinits) {
    return new CampaignSpec(
        name,
        1,
        replicates,
        new DatasetSpec("fashion-mnist", Optional.empty()),
        "lenet-300-100",
        new TrainingSpec(200, 60, new OptimizerSpec(OptimizerSpec.Type.ADAM, 1.2e-3), 100, 100),
        new PruningSpec(
            PruningSpec.Schedule.ITERATIVE,
            1000,
            new PruningSpec.Rates(0.2, 0.1),
            PruningSpec.Scope.LAYER,
            PruningSpec.Criterion.MAGNITUDE),
        RewindSpec.TO_INITIALISATION,
        new ControlsSpec(reinits, 0));
  }
}
