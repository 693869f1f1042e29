package io.tombola.deploy.cli;

import static io.tombola.deploy.text.TextTable.number;
import static io.tombola.deploy.text.TextTable.word;

import io.tombola.deploy.live.CampaignStatus;
import io.tombola.deploy.live.NextCommandHint;
import io.tombola.deploy.live.ReplicateStatus;
import io.tombola.deploy.live.ReplicateStatus.InFlight;
import io.tombola.deploy.text.DeviceUtilisation;
import io.tombola.deploy.text.TextTable;
import io.tombola.protocol.trial.DeviceUsage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A campaign's status as plain text. */
final class StatusText {

  private StatusText() {}

  static String of(CampaignStatus status) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s: %s, %d of %d trials, started %s%s%n",
            status.campaign(),
            status.state().name().toLowerCase(Locale.ROOT),
            status.trialsEnded(),
            status.trials(),
            time(status.startedAt()),
            status.finishedAt().map(at -> ", ended " + time(at)).orElse("")));
    status
        .process()
        .ifPresent(
            who ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "  by process %d on %s since %s%n",
                        who.pid(),
                        who.host(),
                        time(who.since()))));
    NextCommandHint.of(status).ifPresent(line -> text.append("  ").append(line).append('\n'));
    if (!status.devices().isEmpty()) {
      List<DeviceUsage> slots = status.devices().stream().map(CampaignStatus.Slot::usage).toList();
      text.append("  ").append(DeviceUtilisation.line(slots)).append('\n');
    }
    return text.append(table(status)).append(failures(status)).toString();
  }

  private static TextTable table(CampaignStatus status) {
    TextTable table =
        new TextTable(
            List.of(
                number("replicate"),
                word("state"),
                number("rounds"),
                number("trials"),
                word("engines"),
                word("in flight")));
    for (ReplicateStatus replicate : status.replicates()) {
      table.row(
          replicate.replicate(),
          replicate.state().name().toLowerCase(Locale.ROOT),
          replicate.roundsEnded() + "/" + replicate.rounds(),
          replicate.trialsEnded() + "/" + replicate.trials(),
          engines(replicate),
          replicate.inFlight().isEmpty()
              ? "-"
              : replicate.inFlight().stream()
                  .map(StatusText::inFlight)
                  .collect(Collectors.joining(", ")));
    }
    return table;
  }

  private static String engines(ReplicateStatus replicate) {
    return replicate.engines().isEmpty()
        ? "-"
        : replicate.engines().entrySet().stream()
            .map(count -> count.getKey() + " " + count.getValue())
            .collect(Collectors.joining(", "));
  }

  private static String inFlight(InFlight trial) {
    return trial.round()
        + "/"
        + trial.arm()
        + " on "
        + trial.engine()
        + " at "
        + trial.checkpointIteration()
        + " of "
        + trial.iterations();
  }

  private static String failures(CampaignStatus status) {
    return status.replicates().stream()
        .flatMap(
            replicate ->
                replicate.failures().stream()
                    .map(line -> "replicate " + replicate.replicate() + ", " + line + "\n"))
        .collect(Collectors.joining());
  }

  private static String time(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
