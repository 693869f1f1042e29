package io.tombola.storage.view;

import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.text.ExceptionMessage;
import io.tombola.storage.DamagedJournalException;
import io.tombola.storage.DamagedStoreException;
import io.tombola.storage.NoStoreException;
import io.tombola.storage.StoreId;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.artifact.ArtifactStore;
import io.tombola.storage.artifact.CorruptArtifactException;
import io.tombola.storage.journal.JournalReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * The result of verifying a whole store. Safe while another process writes to the store.
 *
 * @param findings in the order of the store: journal first, then artifacts by name
 * @param campaigns that could be read
 * @param events that could be read
 * @param artifacts that campaigns need, each hashed again
 */
public record Verification(List<Finding> findings, int campaigns, long events, int artifacts) {

  /** What a finding is about. */
  public enum Kind {
    /** Events are missing or cannot be read. */
    DAMAGED_JOURNAL(true),
    /** The log lost acknowledged events at its end. */
    LOST_EVENTS(true),
    /** The store's id is not what was written. */
    DAMAGED_STORE_ID(true),
    /** The file of the high watermark is not what was written; harmless. */
    UNREADABLE_HIGH_WATER(false),
    /** A snapshot is not what was written; harmless, since the events are there. */
    UNUSABLE_SNAPSHOT(false),
    /** An artifact that a campaign needs is missing. */
    MISSING_ARTIFACT(true),
    /** An artifact that a campaign needs has other content than its name says. */
    DAMAGED_ARTIFACT(true),
    /** An artifact that nothing refers to, as a crash may leave one; harmless. */
    ORPHAN_ARTIFACT(false);

    private final boolean damage;

    Kind(boolean damage) {
      this.damage = damage;
    }

    /** Whether something is lost, rather than left over. */
    public boolean isDamage() {
      return damage;
    }
  }

  /**
   * One finding.
   *
   * @param message one line
   */
  public record Finding(Kind kind, String message) {}

  /** Keeps an immutable copy. */
  public Verification {
    findings = List.copyOf(findings);
  }

  /**
   * Replays the whole log and hashes every artifact that it refers to.
   *
   * @throws NoStoreException if there is no journal at all
   */
  public static Verification of(StoreLayout store) {
    try (JournalReader journal = JournalReader.open(store)) {
      return of(store, journal);
    } catch (DamagedJournalException e) {
      return new Verification(List.of(damagedJournal(ExceptionMessage.of(e))), 0, 0, 0);
    } catch (DamagedStoreException e) {
      return new Verification(List.of(damagedId(e)), 0, 0, 0);
    }
  }

  /** Whether anything is lost. */
  public boolean damaged() {
    return findings.stream().anyMatch(finding -> finding.kind().isDamage());
  }

  private static Verification of(StoreLayout store, JournalReader journal) {
    List<Finding> findings = new ArrayList<>();
    journal.integrityProblems().forEach(line -> findings.add(damagedJournal(line)));
    long events = 0;
    for (String id : journal.ids()) {
      try {
        events += journal.fold(id, 0L, (count, event) -> count + 1);
      } catch (DamagedJournalException e) {
        findings.add(damagedJournal(ExceptionMessage.of(e)));
      }
    }
    if (!findings.isEmpty()) {
      // An incomplete log does not say which artifacts are needed.
      return new Verification(findings, 0, events, 0);
    }
    findings.addAll(problemsBesideEvents(store, journal));
    List<CampaignView> campaigns = CampaignView.all(journal);
    Set<ArtifactRef> live = CampaignView.liveArtifacts(journal);
    findings.addAll(artifactFindings(new ArtifactStore(store), live, journal));
    return new Verification(findings, campaigns.size(), events, live.size());
  }

  /** Problems of the high watermark, the snapshots and the store's id. */
  private static List<Finding> problemsBesideEvents(StoreLayout store, JournalReader journal) {
    List<Finding> findings = new ArrayList<>();
    long lost = journal.lostEvents();
    if (lost > 0) {
      findings.add(new Finding(Kind.LOST_EVENTS, lostEvents(lost)));
    }
    if (journal.highWatermarkUnreadable()) {
      findings.add(
          new Finding(
              Kind.UNREADABLE_HIGH_WATER,
              "unreadable high watermark: "
                  + store.highWater()
                  + " is not what was written; harmless, the next run rewrites it"));
    }
    for (String snapshot : journal.unusableSnapshots()) {
      findings.add(
          new Finding(
              Kind.UNUSABLE_SNAPSHOT,
              "damaged snapshot of " + snapshot + "; harmless, the events are there"));
    }
    try {
      StoreId.find(store);
    } catch (DamagedStoreException e) {
      findings.add(damagedId(e));
    }
    return findings;
  }

  private static String lostEvents(long lost) {
    return "lost events: the last "
        + lost
        + " acknowledged events are missing at the journal's end; 'tombola run' trains their"
        + " rounds again, or restore the store's directory from a backup";
  }

  private static List<Finding> artifactFindings(
      ArtifactStore artifacts, Set<ArtifactRef> live, JournalReader journal) {
    TreeMap<String, Finding> findings = new TreeMap<>();
    for (ArtifactRef artifact : artifacts.list()) {
      if (!live.contains(artifact)) {
        findings.put(artifact.sha256(), orphan(artifact));
      }
    }
    TreeMap<String, Finding> damage = new TreeMap<>();
    for (ArtifactRef artifact : live) {
      artifacts.damage(artifact).ifPresent(found -> damage.put(artifact.sha256(), finding(found)));
    }
    if (!damage.isEmpty()) {
      // A running campaign may meanwhile have replaced a checkpoint and removed it.
      Set<ArtifactRef> stillLive = CampaignView.liveArtifacts(journal);
      damage.keySet().removeIf(sha256 -> !stillLive.contains(new ArtifactRef(sha256)));
    }
    findings.putAll(damage);
    return List.copyOf(findings.values());
  }

  private static Finding damagedJournal(String message) {
    return new Finding(Kind.DAMAGED_JOURNAL, message);
  }

  private static Finding damagedId(DamagedStoreException e) {
    return new Finding(Kind.DAMAGED_STORE_ID, ExceptionMessage.of(e));
  }

  private static Finding finding(CorruptArtifactException e) {
    return new Finding(
        switch (e.kind()) {
          case MISSING -> Kind.MISSING_ARTIFACT;
          case DAMAGED -> Kind.DAMAGED_ARTIFACT;
        },
        ExceptionMessage.of(e));
  }

  private static Finding orphan(ArtifactRef artifact) {
    return new Finding(
        Kind.ORPHAN_ARTIFACT, "unused artifact: nothing refers to " + artifact + "; harmless");
  }
}
