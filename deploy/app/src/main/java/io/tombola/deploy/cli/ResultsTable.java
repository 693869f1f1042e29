package io.tombola.deploy.cli;

import static io.tombola.deploy.text.TextTable.number;
import static io.tombola.deploy.text.TextTable.word;

import io.tombola.deploy.text.TextTable;
import io.tombola.protocol.record.RoundRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Results as an aligned table. */
final class ResultsTable {

  private static final String NONE = "-";

  private ResultsTable() {}

  static TextTable of(List<RoundRecord> records) {
    TextTable table =
        new TextTable(
            List.of(
                word("campaign"),
                number("replicate"),
                number("round"),
                word("arm"),
                number("Pm %"),
                number("early stop"),
                number("val loss"),
                number("val acc %"),
                number("test acc %"),
                number("final test %"),
                word("engine"),
                word("status")));
    records.forEach(record -> table.row(cells(record).toArray()));
    return table;
  }

  private static List<Object> cells(RoundRecord record) {
    List<Object> cells = new ArrayList<>();
    cells.add(record.campaign());
    cells.add(record.replicate());
    cells.add(record.round());
    cells.add(record.arm());
    cells.add(decimal(OptionalDouble.of(record.remainingPercent()), 2));
    cells.add(whole(record.earlyStopIteration()));
    cells.add(decimal(record.earlyStopValidationLossNats(), 4));
    cells.add(decimal(record.earlyStopValidationAccuracyPercent(), 2));
    cells.add(decimal(record.earlyStopTestAccuracyPercent(), 2));
    cells.add(decimal(record.finalTestAccuracyPercent(), 2));
    cells.add(record.engine());
    cells.add(record.ending());
    return cells;
  }

  private static String whole(OptionalInt value) {
    return value.isPresent() ? Integer.toString(value.getAsInt()) : NONE;
  }

  private static String decimal(OptionalDouble value, int digits) {
    return value.isPresent()
        ? String.format(Locale.ROOT, "%." + digits + "f", value.getAsDouble())
        : NONE;
  }
}
