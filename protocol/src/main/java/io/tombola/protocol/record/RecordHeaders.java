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

  /** The same on every run: {@code campaign/replicate/round/arm/trial}. */
  public static final String ID = "ce_id";

  /** What the value is; {@link #ROUND_TYPE}. */
  public static final String TYPE = "ce_type";

  /** {@code tombola/<campaign>}. */
  public static final String SOURCE = "ce_source";

  /** When the journal got the event, as ISO 8601 in UTC. */
  public static final String TIME = "ce_time";

  /** The JSON Schema of the value, {@link #ROUND_SCHEMA}. */
  public static final String DATA_SCHEMA = "ce_dataschema";

  /** The media type of the value, {@link #JSON}. */
  public static final String CONTENT_TYPE = "content-type";

  /**
   * Where the event is in its replicate's journal, from 1, in decimal digits. It grows within a key
   * unless the store lost the end of its journal and trains on from there.
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
    headers.put(SPEC_VERSION, "1.0");
    headers.put(ID, trial + "/trial");
    headers.put(TYPE, ROUND_TYPE);
    headers.put(SOURCE, "tombola/" + trial.campaign());
    headers.put(TIME, at.toString());
    headers.put(DATA_SCHEMA, ROUND_SCHEMA);
    headers.put(CONTENT_TYPE, JSON);
    headers.put(SEQUENCE, Long.toString(sequence));
    headers.put(STORE, store);
    return headers;
  }
}
