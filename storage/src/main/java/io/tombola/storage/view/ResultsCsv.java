package io.tombola.storage.view;

import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.tombola.protocol.record.RoundRecord;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;

/**
 * Results as comma-separated values, RFC 4180: a header with the names of the JSON properties, a
 * line a trial, an empty cell where there is no number. Stateless and thread-safe.
 */
public final class ResultsCsv {

  private static final CsvMapper MAPPER =
      CsvMapper.builder()
          .addModule(new Jdk8Module())
          .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
          .build();
  private static final CsvSchema SCHEMA =
      MAPPER.schemaFor(RoundRecord.class).withHeader().withLineSeparator("\r\n");

  private ResultsCsv() {}

  /** Appends the header and {@code records} in their order. */
  public static void write(List<RoundRecord> records, Appendable out) throws IOException {
    StringWriter text = new StringWriter();
    MAPPER.writer(SCHEMA).writeValues(text).writeAll(records).close();
    out.append(text.toString());
  }
}
