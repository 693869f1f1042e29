package io.tombola.protocol.event;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tombola.protocol.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Events as JSON, each under a stored name that never changes, whatever its class is called.
 * Stateless and thread-safe.
 */
public final class EventCodec {

  private static final JsonMapper MAPPER = Json.MAPPER;

  /**
   * The stored name of each event type. Names are written in every journal since 0.1.0: add to this
   * table, never change it. Two names differ from their classes: {@code CampaignResumed} is a
   * restart of the process, {@code CampaignUnpaused} the user's resume.
   */
  private static final Map<Class<? extends TombolaEvent>, String> NAMES =
      Map.ofEntries(
          entry(CampaignEvent.CampaignStarted.class, "CampaignStarted"),
          entry(CampaignEvent.CampaignForked.class, "CampaignForked"),
          entry(CampaignEvent.CampaignRestarted.class, "CampaignResumed"),
          entry(CampaignEvent.ReplicateCompleted.class, "ReplicateCompleted"),
          entry(CampaignEvent.ReplicateAbandoned.class, "ReplicateAbandoned"),
          entry(CampaignEvent.CampaignPaused.class, "CampaignPaused"),
          entry(CampaignEvent.CampaignResumed.class, "CampaignUnpaused"),
          entry(CampaignEvent.CampaignCancelled.class, "CampaignCancelled"),
          entry(CampaignEvent.CampaignFinished.class, "CampaignFinished"),
          entry(ReplicateEvent.ReplicateStarted.class, "ReplicateStarted"),
          entry(ReplicateEvent.WeightsInitialized.class, "WeightsInitialized"),
          entry(ReplicateEvent.RewindPointSaved.class, "RewindPointSaved"),
          entry(ReplicateEvent.MaskPruned.class, "MaskPruned"),
          entry(ReplicateEvent.TrialPrepared.class, "TrialPrepared"),
          entry(ReplicateEvent.CheckpointSaved.class, "CheckpointSaved"),
          entry(ReplicateEvent.CheckpointDropped.class, "CheckpointDropped"),
          entry(ReplicateEvent.TrialTrained.class, "TrialTrained"),
          entry(ReplicateEvent.TrialEvaluated.class, "TrialEvaluated"),
          entry(ReplicateEvent.TrialFailed.class, "TrialFailed"),
          entry(ReplicateEvent.ReplicateFinished.class, "ReplicateFinished"));

  private static final Map<String, Class<? extends TombolaEvent>> TYPES =
      NAMES.entrySet().stream()
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

  private EventCodec() {}

  /** The stored name of an event's type. */
  public static String nameOf(TombolaEvent event) {
    String name = NAMES.get(event.getClass());
    if (name == null) {
      throw new IllegalStateException(
          "expected a stored name for each event type, found none for " + event.getClass());
    }
    return name;
  }

  /** The event as UTF-8 JSON. */
  public static byte[] encode(TombolaEvent event) {
    return Json.bytes(event);
  }

  /**
   * Reads an event back.
   *
   * @throws IllegalArgumentException if this version knows no event of that name
   * @throws UncheckedIOException if the bytes are not that event
   */
  public static TombolaEvent decode(String name, byte[] json) {
    Class<? extends TombolaEvent> type = TYPES.get(name);
    if (type == null) {
      throw new IllegalArgumentException(
          "unknown event '" + name + "': the journal was written by a newer version");
    }
    try {
      return MAPPER.readValue(json, type);
    } catch (IOException e) {
      throw new UncheckedIOException("the journal holds a damaged " + name, e);
    }
  }
}
