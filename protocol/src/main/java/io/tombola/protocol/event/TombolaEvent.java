package io.tombola.protocol.event;

import java.time.Instant;

/** Anything in the journal. */
public sealed interface TombolaEvent permits CampaignEvent, ReplicateEvent {

  /** When it was persisted; for people only, no decision depends on it. */
  Instant at();
}
