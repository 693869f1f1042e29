package io.tombola.deploy.report.claims;

import com.fasterxml.jackson.annotation.JsonValue;
import io.tombola.deploy.text.NumberText;
import io.tombola.protocol.record.RoundRecord;
import java.util.Optional;
import java.util.OptionalDouble;

/** What is compared. */
public enum Measure {
  /** The iteration of minimum validation loss. */
  EARLY_STOP("early-stop iteration"),
  /** Percent of the test examples that are right at early stop. */
  ACCURACY("test accuracy at early stop (%)"),
  /** Points of test error that the line to a copy under another data order rises by. */
  ERROR_BARRIER("error barrier (points)");

  private final String title;

  Measure(String title) {
    this.title = title;
  }

  /** Name and unit. */
  @JsonValue
  public String title() {
    return title;
  }

  /** A value as it is shown. */
  public String format(double value) {
    return this == EARLY_STOP ? NumberText.whole(value) : NumberText.percent(value);
  }

  /** A difference as it is shown, with its sign. */
  public String formatMargin(double margin) {
    String size = format(Math.abs(margin));
    boolean none = size.chars().noneMatch(c -> c >= '1' && c <= '9');
    return none ? size : (margin > 0 ? "+" : "-") + size;
  }

  /** The value of a trial, if it has one. */
  Optional<MeasuredValue> of(RoundRecord trial) {
    boolean censored =
        trial.earlyStopIteration().isPresent()
            && trial.earlyStopIteration().getAsInt() == trial.iterations();
    OptionalDouble value =
        switch (this) {
          case EARLY_STOP ->
              trial.earlyStopIteration().isPresent()
                  ? OptionalDouble.of(trial.earlyStopIteration().getAsInt())
                  : OptionalDouble.empty();
          case ACCURACY -> trial.earlyStopTestAccuracyPercent();
          case ERROR_BARRIER -> trial.errorBarrierPercent();
        };
    return value.isPresent()
        ? Optional.of(new MeasuredValue(value.getAsDouble(), censored && this != ERROR_BARRIER))
        : Optional.empty();
  }
}
