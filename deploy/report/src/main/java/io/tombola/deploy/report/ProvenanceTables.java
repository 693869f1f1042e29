package io.tombola.deploy.report;

import io.tombola.deploy.report.HtmlTable.Column;
import io.tombola.deploy.text.NumberText;
import io.tombola.protocol.event.Provenance;
import io.tombola.protocol.state.ReplicateState;
import io.tombola.protocol.state.TrialState;
import io.tombola.protocol.trial.DeviceUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Where results come from: what the campaign ran on, and the artifacts it left. */
record ProvenanceTables(ReportData data) {

  /** The first process in full; of each later one, what differs from the one before. */
  String provenance() {
    List<Provenance> all = data.campaign().provenances();
    if (all.isEmpty()) {
      return Html.paragraph("", "Nothing is recorded.");
    }
    return fork()
        + pairs("What the bytes depend on", all.get(0).determinants())
        + pairs("What they do not depend on", all.get(0).circumstances())
        + resumes(all)
        + devices();
  }

  private String devices() {
    List<DeviceUsage> slots = ReplicateState.slotsOf(data.replicates());
    if (slots.isEmpty()) {
      return "";
    }
    return new HtmlTable(
            "How busy each device was: the time in which it trained or measured, of the time in"
                + " which a trial could have run on it",
            List.of(
                Column.text("Device"),
                Column.number("At work (s)"),
                Column.number("Could have been (s)"),
                Column.number("Share (%)")),
            slots.stream().map(ProvenanceTables::device).toList())
        .html();
  }

  private static List<String> device(DeviceUsage time) {
    return List.of(
        time.device(),
        NumberText.whole(Math.round(time.computingMillis() / 1e3)),
        NumberText.whole(Math.round(time.wantedMillis() / 1e3)),
        NumberText.percent(time.utilisationPercent()));
  }

  private String fork() {
    return data.campaign()
        .fork()
        .map(
            fork ->
                Html.paragraph(
                    "",
                    "Rounds 0 to %d are those of the campaign %s, from which this one was forked."
                        .formatted(fork.round(), fork.from())))
        .orElse("");
  }

  private static String pairs(String caption, SortedMap<String, String> values) {
    List<List<String>> rows =
        values.entrySet().stream().map(e -> List.of(e.getKey(), e.getValue())).toList();
    return new HtmlTable(caption, List.of(Column.text("What"), Column.wrapped("Value")), rows)
        .html();
  }

  private static String resumes(List<Provenance> all) {
    if (all.size() == 1) {
      return Html.paragraph("", "One process did all of it; it was never resumed.");
    }
    List<List<String>> rows =
        IntStream.range(1, all.size())
            .mapToObj(
                i ->
                    List.of(
                        String.valueOf(i),
                        changes(all.get(i - 1).determinants(), all.get(i).determinants()),
                        changes(all.get(i - 1).circumstances(), all.get(i).circumstances())))
            .toList();
    return new HtmlTable(
            "Each time it was resumed: what differs from the process before",
            List.of(
                Column.number("Resume"),
                Column.wrapped("What the bytes depend on"),
                Column.wrapped("What they do not")),
            rows)
        .html();
  }

  private static String changes(SortedMap<String, String> before, SortedMap<String, String> after) {
    TreeSet<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    List<String> changes =
        keys.stream()
            .filter(
                key -> !before.getOrDefault(key, "none").equals(after.getOrDefault(key, "none")))
            .map(
                key ->
                    key
                        + ": "
                        + before.getOrDefault(key, "none")
                        + " → "
                        + after.getOrDefault(key, "none"))
            .toList();
    return changes.isEmpty() ? "nothing" : String.join("; ", changes);
  }

  String artifacts() {
    List<List<String>> initial =
        data.replicates().stream()
            .filter(r -> r.initialWeights().isPresent())
            .map(
                r ->
                    List.of(
                        String.valueOf(r.replicate()), r.initialWeights().orElseThrow().sha256()))
            .toList();
    List<List<String>> trials = new ArrayList<>();
    data.replicates().forEach(r -> r.trials().forEach(t -> trials.add(row(r, t))));
    return new HtmlTable(
                "Initial weights of each replicate",
                List.of(Column.number("Replicate"), Column.hash("Weights (SHA-256)")),
                initial)
            .html()
        + new HtmlTable(
                "Mask and final weights of each trial",
                List.of(
                    Column.number("Replicate"),
                    Column.number("Round"),
                    Column.text("Arm"),
                    Column.hash("Mask (SHA-256)"),
                    Column.hash("Final weights (SHA-256)")),
                trials)
            .html();
  }

  private static List<String> row(ReplicateState replicate, TrialState trial) {
    return Stream.of(
            String.valueOf(replicate.replicate()),
            String.valueOf(trial.round()),
            trial.arm().toString(),
            trial.start().mask().sha256(),
            trial.trained().map(t -> t.weights().sha256()).orElse(""))
        .toList();
  }
}
