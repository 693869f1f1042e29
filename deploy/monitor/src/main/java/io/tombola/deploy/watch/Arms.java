package io.tombola.deploy.watch;

import io.tombola.deploy.live.CampaignSnapshot;
import io.tombola.deploy.report.ArmNames;
import io.tombola.deploy.report.ArmSummary;
import io.tombola.protocol.Arm;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.protocol.spec.CampaignSpec;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The results so far, by round and kind of arm.
 *
 * @param rounds the rounds that have results, the dense round first
 */
record Arms(CampaignSpec spec, SortedMap<Integer, Map<Arm.Kind, ArmSummary>> rounds) {

  /** The plot symbol of each arm, in display order. */
  private static final Map<Arm.Kind, Character> MARKS = new EnumMap<>(Arm.Kind.class);

  static {
    MARKS.put(Arm.Kind.TICKET, 'o');
    MARKS.put(Arm.Kind.REINIT, 'x');
    MARKS.put(Arm.Kind.RANDOM, '+');
    MARKS.put(Arm.Kind.SHUFFLED, 's');
    MARKS.put(Arm.Kind.SAME_SIGN, '=');
    MARKS.put(Arm.Kind.CONTINUED, 'c');
    MARKS.put(Arm.Kind.ONE_SHOT, '1');
  }

  static Arms of(CampaignSnapshot campaign) {
    SortedMap<Integer, Map<Arm.Kind, List<RoundRecord>>> records = new TreeMap<>();
    campaign.results().stream()
        .filter(record -> MARKS.containsKey(record.arm().kind()))
        .forEach(
            record ->
                records
                    .computeIfAbsent(record.round(), none -> new EnumMap<>(Arm.Kind.class))
                    .computeIfAbsent(record.arm().kind(), none -> new ArrayList<>())
                    .add(record));
    SortedMap<Integer, Map<Arm.Kind, ArmSummary>> rounds = new TreeMap<>();
    records.forEach(
        (round, kinds) ->
            kinds.forEach(
                (kind, own) ->
                    ArmSummary.of(own)
                        .ifPresent(
                            summary ->
                                rounds
                                    .computeIfAbsent(round, none -> new EnumMap<>(Arm.Kind.class))
                                    .put(kind, summary))));
    return new Arms(campaign.spec(), rounds);
  }

  /** The kinds of arm that have results, in display order. */
  List<Arm.Kind> kinds() {
    return MARKS.keySet().stream()
        .filter(kind -> rounds.values().stream().anyMatch(round -> round.containsKey(kind)))
        .toList();
  }

  Optional<ArmSummary> summary(int round, Arm.Kind kind) {
    return Optional.ofNullable(summaries(round).get(kind));
  }

  /** Pm of a round. */
  double remainingPercent(int round) {
    return summaries(round).values().iterator().next().remainingPercent();
  }

  private Map<Arm.Kind, ArmSummary> summaries(int round) {
    return rounds.getOrDefault(round, Map.of());
  }

  String nameOf(Arm.Kind kind) {
    return ArmNames.of(kind, spec.pruning().schedule());
  }

  static char markOf(Arm.Kind kind) {
    return MARKS.getOrDefault(kind, '?');
  }
}
