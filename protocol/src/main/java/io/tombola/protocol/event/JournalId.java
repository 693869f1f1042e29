package io.tombola.protocol.event;

import io.tombola.protocol.ReplicateId;
import java.util.Optional;

/** The names under which events are persisted: one sequence a campaign, one a replicate. */
public final class JournalId {

  private static final String CAMPAIGN = "campaign|";
  private static final String REPLICATE = "replicate|";

  private JournalId() {}

  /** Where a campaign's own events are. */
  public static String campaign(String name) {
    return CAMPAIGN + name;
  }

  /** Where a replicate's events are. */
  public static String replicate(ReplicateId id) {
    return REPLICATE + id.campaign() + "|" + id.replicate();
  }

  /** The campaign whose own events {@code id} names, if it names one. */
  public static Optional<String> campaignOf(String id) {
    return id.startsWith(CAMPAIGN)
        ? Optional.of(id.substring(CAMPAIGN.length()))
        : Optional.empty();
  }

  /** The campaign that the events of {@code id} belong to, its own or a replicate's. */
  public static Optional<String> ownerOf(String id) {
    return campaignOf(id).or(() -> replicateOf(id).map(ReplicateId::campaign));
  }

  /** The replicate whose events {@code id} names, if it names one. */
  public static Optional<ReplicateId> replicateOf(String id) {
    if (!id.startsWith(REPLICATE)) {
      return Optional.empty();
    }
    int bar = id.lastIndexOf('|');
    return Optional.of(
        new ReplicateId(
            id.substring(REPLICATE.length(), bar), Integer.parseInt(id.substring(bar + 1))));
  }
}
