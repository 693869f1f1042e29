package io.tombola.storage.journal;

import io.tombola.protocol.event.TombolaEvent;

/**
 * An event in its place.
 *
 * @param id whose event it is, see {@link io.tombola.protocol.event.JournalId}
 * @param sequence from 1, without gaps for each id
 */
public record StoredEvent(String id, long sequence, TombolaEvent event) {}
