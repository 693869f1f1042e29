package io.tombola.deploy.report;

import io.tombola.deploy.report.HtmlTable.Column;
import io.tombola.deploy.text.NumberText;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.protocol.state.ReplicateState;
import io.tombola.protocol.trial.MaskDensity;
import io.tombola.protocol.trial.TrialFailure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Tables of all trials, of failed and abandoned ones, and of the density of each layer. */
record ResultTables(ReportData data) {

  String trials() {
    List<Column> columns =
        List.of(
            Column.number("Replicate"),
            Column.number("Round"),
            Column.text("Arm"),
            Column.number("Pm (%)"),
            Column.number("Weights remaining"),
            Column.number("Early-stop iteration"),
            Column.number("Validation loss at early stop (nats)"),
            Column.number("Test accuracy at early stop (%)"),
            Column.number("Final test accuracy (%)"),
            Column.text("Engine"),
            Column.text("Status"));
    return new HtmlTable(
            "One row per trial that has ended",
            columns,
            data.records().stream().map(ResultTables::trial).toList())
        .html();
  }

  private static List<String> trial(RoundRecord r) {
    return List.of(
        String.valueOf(r.replicate()),
        String.valueOf(r.round()),
        r.arm().toString(),
        NumberText.percent(r.remainingPercent()),
        NumberText.whole(r.remainingWeights()),
        r.earlyStopIteration().isPresent()
            ? NumberText.whole(r.earlyStopIteration().getAsInt())
            : "",
        number(r.earlyStopValidationLossNats(), NumberText::nats),
        number(r.earlyStopTestAccuracyPercent(), NumberText::percent),
        number(r.finalTestAccuracyPercent(), NumberText::percent),
        r.engine().toString(),
        r.ending());
  }

  private static String number(OptionalDouble value, DoubleFunction<String> written) {
    return value.isPresent() ? written.apply(value.getAsDouble()) : "";
  }

  /**
   * Failed trials and abandoned replicates with their reasons, or a sentence that there are none.
   */
  String failures() {
    List<List<String>> rows = new ArrayList<>();
    data.campaign()
        .abandoned()
        .forEach(
            (replicate, failure) ->
                rows.add(failed(String.valueOf(replicate), "all that were left", "", failure)));
    for (ReplicateState replicate : data.replicates()) {
      replicate
          .trials()
          .forEach(
              t ->
                  t.failure()
                      .ifPresent(
                          failure ->
                              rows.add(
                                  failed(
                                      String.valueOf(replicate.replicate()),
                                      String.valueOf(t.round()),
                                      t.arm().toString(),
                                      failure))));
    }
    if (rows.isEmpty()) {
      return Html.paragraph("", "None: every trial that has ended has a result.");
    }
    return new HtmlTable(
            "Abandoned replicates and failed trials",
            List.of(
                Column.number("Replicate"),
                Column.text("Round"),
                Column.text("Arm"),
                Column.text("Reason"),
                Column.wrapped("What happened")),
            rows)
        .html();
  }

  private static List<String> failed(
      String replicate, String round, String arm, TrialFailure failure) {
    String kind = failure.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return List.of(replicate, round, arm, kind, failure.message());
  }

  /** Percent of each layer's weights that each round's mask keeps. */
  String layers() {
    Optional<ReplicateState> longest =
        data.replicates().stream()
            .filter(r -> !r.masks().isEmpty())
            .max(
                Comparator.<ReplicateState>comparingInt(r -> r.masks().size())
                    .thenComparing(ReplicateState::replicate, Comparator.reverseOrder()));
    return longest
        .map(ResultTables::layers)
        .orElseGet(() -> Html.paragraph("", "There are no masks yet."));
  }

  private static String layers(ReplicateState replicate) {
    List<MaskDensity.Layer> dense = replicate.masks().get(0).density().layers();
    List<Column> columns =
        Stream.concat(
                Stream.of(
                    Column.number("Round"), Column.number("Pm (%)"), Column.number("Weights")),
                dense.stream()
                    .map(
                        layer ->
                            Column.number(
                                layer.name() + " (% of " + NumberText.whole(layer.total()) + ")")))
            .toList();
    List<List<String>> rows =
        IntStream.range(0, replicate.masks().size())
            .mapToObj(round -> layerRow(round, replicate.masks().get(round).density()))
            .toList();
    return new HtmlTable(
            "Weights that remain, in all and in each layer; masks of replicate "
                + replicate.replicate(),
            columns,
            rows)
        .html();
  }

  private static List<String> layerRow(int round, MaskDensity density) {
    return Stream.concat(
            Stream.of(
                String.valueOf(round),
                NumberText.percent(density.remainingPercent()),
                NumberText.whole(density.remaining())),
            density.layers().stream()
                .map(layer -> NumberText.percent(100.0 * layer.remaining() / layer.total())))
        .toList();
  }
}
