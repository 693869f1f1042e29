package io.tombola.deploy.report;

import io.tombola.protocol.Arm;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.state.CampaignState;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the results of a campaign say, finished or not.
 *
 * @param summaries by round and kind of arm
 * @param comparisons by round, from 1; only rounds with something to compare
 */
public record Findings(
    CampaignState campaign,
    List<RoundRecord> records,
    List<ArmSummary> summaries,
    List<TicketComparison> comparisons) {

  /** Reads the results of a started campaign; {@code records} in any order. */
  public static Findings of(CampaignState campaign, List<RoundRecord> records) {
    CampaignSpec spec =
        campaign
            .spec()
            .orElseThrow(
                () -> new IllegalArgumentException("findings need a campaign that has started"));
    List<RoundRecord> sorted =
        records.stream().sorted(Comparator.comparing(RoundRecord::trial)).toList();
    Results results = new Results(sorted);
    List<ArmSummary> summaries =
        IntStream.rangeClosed(0, spec.pruning().rounds())
            .boxed()
            .flatMap(
                round -> Stream.of(Arm.Kind.values()).flatMap(k -> results.of(round, k).stream()))
            .toList();
    List<TicketComparison> comparisons =
        IntStream.rangeClosed(1, spec.pruning().rounds())
            .boxed()
            .flatMap(round -> results.compare(round, controlKinds(spec)).stream())
            .toList();
    return new Findings(campaign, sorted, summaries, comparisons);
  }

  /** The round with the fewest weights whose tickets win, on average over the replicates. */
  public Optional<TicketComparison> winner() {
    return comparisons.stream()
        .filter(TicketComparison::wins)
        .min(Comparator.comparingDouble(TicketComparison::remainingPercent));
  }

  /** The round with the most accurate tickets at early stop; of equals, the sparsest. */
  public Optional<TicketComparison> mostAccurate() {
    return comparisons.stream()
        .max(
            Comparator.<TicketComparison>comparingDouble(
                    c -> c.ticket().earlyStopTestAccuracyPercent().mean())
                .thenComparing(TicketComparison::remainingPercent, Comparator.reverseOrder()));
  }

  /** The summary of a round and kind of arm, if one of its trials has a result. */
  public Optional<ArmSummary> summary(int round, Arm.Kind kind) {
    return summaries.stream().filter(s -> s.round() == round && s.kind() == kind).findFirst();
  }

  /** The finding in plain words, most important first; never empty. */
  public List<String> sentences() {
    return new FindingSentences(this).sentences();
  }

  /** What the campaign's arms are called in figures and tables. */
  public String nameOf(Arm.Kind kind) {
    return ArmNames.of(kind, campaign.spec().orElseThrow().pruning().schedule());
  }

  /** The kinds of control that the campaign asks for, of the two that the paper has. */
  static List<Arm.Kind> controlKinds(CampaignSpec spec) {
    return spec.arms(1).stream()
        .map(Arm::kind)
        .filter(k -> k == Arm.Kind.REINIT || k == Arm.Kind.RANDOM)
        .distinct()
        .toList();
  }

  /** Records, sought by round, kind and replicate. */
  private record Results(List<RoundRecord> records) {

    Optional<ArmSummary> of(int round, Arm.Kind kind) {
      return ArmSummary.of(
          records.stream().filter(r -> r.round() == round && r.arm().kind() == kind).toList());
    }

    Results only(Predicate<RoundRecord> keep) {
      return new Results(records.stream().filter(keep).toList());
    }

    Optional<TicketComparison> compare(int round, List<Arm.Kind> controls) {
      List<Results> comparable =
          records.stream()
              .map(RoundRecord::replicate)
              .distinct()
              .map(replicate -> only(r -> r.replicate() == replicate))
              .filter(own -> own.complete(round, controls))
              .toList();
      if (comparable.isEmpty()) {
        return Optional.empty();
      }
      long holds = comparable.stream().filter(own -> own.means(round, controls, 0).wins()).count();
      Set<RoundRecord> all =
          comparable.stream().flatMap(own -> own.records().stream()).collect(Collectors.toSet());
      return Optional.of(only(all::contains).means(round, controls, Math.toIntExact(holds)));
    }

    private boolean complete(int round, List<Arm.Kind> controls) {
      return of(0, Arm.Kind.TICKET).isPresent()
          && of(round, Arm.Kind.TICKET).isPresent()
          && controls.stream().allMatch(kind -> of(round, kind).isPresent());
    }

    private TicketComparison means(int round, List<Arm.Kind> controls, int holdsIn) {
      return new TicketComparison(
          of(0, Arm.Kind.TICKET).orElseThrow(),
          of(round, Arm.Kind.TICKET).orElseThrow(),
          controls.stream().map(kind -> of(round, kind).orElseThrow()).toList(),
          holdsIn);
    }
  }
}
