package io.tombola.actors.publish;

import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.event.CampaignEvent;
import io.tombola.protocol.event.ReplicateEvent;
import io.tombola.protocol.event.TombolaEvent;
import java.util.List;
import java.util.Optional;

/**
 * What the publisher needs of the journal. Called by one thread, which an interrupt may reach when
 * the publisher is closed; may throw any unchecked exception, and is then asked again later.
 */
public interface EventLog {

  /**
   * One persisted event.
   *
   * @param sequence counts from 1 within the campaign or the replicate, without gaps
   */
  record Entry<E extends TombolaEvent>(long sequence, E event) {}

  /** Every campaign that has events of its own. */
  List<String> campaigns();

  /** Every replicate that has events. */
  List<ReplicateId> replicates();

  /**
   * The next {@code max} of a campaign's own entries from {@code fromSequence} on, in order; fewer
   * when there are no more for now.
   */
  List<Entry<CampaignEvent>> read(String campaign, long fromSequence, int max);

  /**
   * The next {@code max} entries of a replicate from {@code fromSequence} on, in order; fewer when
   * there are no more for now.
   */
  List<Entry<ReplicateEvent>> read(ReplicateId replicate, long fromSequence, int max);

  /**
   * What only a log with the same events of a replicate up to {@code sequence} has; empty if it
   * does not go that far.
   */
  Optional<String> lineage(ReplicateId replicate, long sequence);
}
