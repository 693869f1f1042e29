package io.tombola.storage.view;

import io.tombola.protocol.json.Json;
import io.tombola.protocol.record.RoundRecord;
import java.io.IOException;
import java.util.List;

/** Results as JSON, each an object as it is published. Stateless and thread-safe. */
public final class ResultsJson {

  private ResultsJson() {}

  /** Appends one array, indented, with a line break at its end. */
  public static void write(List<RoundRecord> records, Appendable out) throws IOException {
    out.append(Json.indented(records));
    out.append('\n');
  }
}
