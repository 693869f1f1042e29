package io.tombola.protocol.record;

import io.tombola.protocol.TrialId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The headers of published records: the Kafka protocol binding of CloudEvents 1.0 in binary mode,
 * and where the record comes from: a store and a sequence number in its journal.
 */
public final class RecordHeaders {

  /** The version of CloudEvents, {@code 1.0}. */
  public static final String SPEC_VERSION = "ce_specversion";

  /**
   * Names the record. The same on every run for a trial, {@code
   * campaign/replicate/round/arm/trial}; the same over every repetition for a state, {@code
   * campaign/sequence} or {@code campaign/replicate/sequence}; a different one for each progress
   * record.
   */
  public static final String ID = "ce_id";

  /** What the value is, such as {@link #ROUND_TYPE}. */
  public static final String TYPE = "ce_type";

  /** {@code tombola/<campaign>}. */
  public static final String SOURCE = "ce_source";

  /** When the event was persisted or the progress was reported, as ISO 8601 in UTC. */
  public static final String TIME = "ce_time";

  /** The JSON Schema of the value, such as {@link #ROUND_SCHEMA}. */
  public static final String DATA_SCHEMA = "ce_dataschema";

  /** The media type of the value, {@link #JSON}. */
  public static final String CONTENT_TYPE = "content-type";

  /**
   * Which part of the journal the record tells, in decimal digits: for a trial where its end is in
   * the replicate's events, from 1; for a state how many events it adds up, counted up to the last
   * that shows in it. It grows within a key unless the store lost the end of its journal and trains
   * on from there. News has none.
   */
  public static final String SEQUENCE = "tombola_sequence";

  /** The store that published it: the publisher's own id. */
  public static final String STORE = "tombola_store";

  /** The type of a {@link RoundRecord}. */
  public static final String ROUND_TYPE = "io.tombola.round.v1";

  /** The {@code $id} of {@link #ROUND_SCHEMA_RESOURCE}. */
  public static final String ROUND_SCHEMA = "urn:tombola:schema:round:v1";

  /** The schema's place on the class path, relative to this class. */
  public static final String ROUND_SCHEMA_RESOURCE = "round.v1.schema.json";

  /** The type of a {@link CampaignRecord}. */
  public static final String CAMPAIGN_TYPE = "io.tombola.campaign.v1";

  /** The {@code $id} of {@link #CAMPAIGN_SCHEMA_RESOURCE}. */
  public static final String CAMPAIGN_SCHEMA = "urn:tombola:schema:campaign:v1";

  /** The schema's place on the class path, relative to this class. */
  public static final String CAMPAIGN_SCHEMA_RESOURCE = "campaign.v1.schema.json";

  /** The type of a {@link ProgressRecord}. */
  public static final String PROGRESS_TYPE = "io.tombola.progress.v1";

  /** The {@code $id} of {@link #PROGRESS_SCHEMA_RESOURCE}. */
  public static final String PROGRESS_SCHEMA = "urn:tombola:schema:progress:v1";

  /** The schema's place on the class path, relative to this class. */
  public static final String PROGRESS_SCHEMA_RESOURCE = "progress.v1.schema.json";

  /** The media type of every value. */
  public static final String JSON = "application/json";

  private RecordHeaders() {}

  /**
   * The headers of a trial's {@link RoundRecord}, in the order of the constants.
   *
   * @param at when the journal got it
   * @param sequence its place in the replicate's journal
   * @param store the publisher's id
   */
  public static Map<String, String> ofRound(
      TrialId trial, Instant at, long sequence, String store) {
    Map<String, String> headers = new LinkedHashMap<>();
    event(headers, trial + "/trial", ROUND_TYPE, trial.campaign());
    content(headers, at, ROUND_SCHEMA);
    headers.put(SEQUENCE, Long.toString(sequence));
    headers.put(STORE, store);
    return headers;
  }

  /**
   * The headers of a {@link CampaignRecord}, in the order of the constants.
   *
   * @param sequence how many events of the journal it adds up
   * @param store the publisher's id
   */
  public static Map<String, String> ofCampaign(
      CampaignRecord campaign, long sequence, String store) {
    Map<String, String> headers = new LinkedHashMap<>();
    event(headers, campaign.key() + "/" + sequence, CAMPAIGN_TYPE, campaign.campaign());
    content(headers, campaign.times().updatedAt(), CAMPAIGN_SCHEMA);
    headers.put(SEQUENCE, Long.toString(sequence));
    headers.put(STORE, store);
    return headers;
  }

  /**
   * The headers of a {@link ProgressRecord}, in the order of the constants, without a sequence.
   *
   * @param id the record's own
   * @param store the publisher's id
   */
  public static Map<String, String> ofProgress(ProgressRecord progress, String id, String store) {
    Map<String, String> headers = new LinkedHashMap<>();
    event(headers, id, PROGRESS_TYPE, progress.subject().campaign());
    content(headers, progress.at(), PROGRESS_SCHEMA);
    headers.put(STORE, store);
    return headers;
  }

  private static void event(Map<String, String> headers, String id, String type, String campaign) {
    headers.put(SPEC_VERSION, "1.0");
    headers.put(ID, id);
    headers.put(TYPE, type);
    headers.put(SOURCE, "tombola/" + campaign);
  }

  private static void content(Map<String, String> headers, Instant at, String schema) {
    headers.put(TIME, at.toString());
    headers.put(DATA_SCHEMA, schema);
    headers.put(CONTENT_TYPE, JSON);
  }
}
