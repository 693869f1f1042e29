package io.tombola.deploy.report.claims;

import io.tombola.protocol.Arm;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.spec.PruningSpec.Input;
import io.tombola.protocol.spec.PruningSpec.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The claims of the paper and what was asked after it, as far as a campaign has trainings for them.
 *
 * <p>A claim is scored in each replicate by itself and holds in the campaign if it holds in all of
 * them. Which round stands for a claimed Pm: the nearest on a log scale, within {@value
 * PrunedRounds#TOLERANCE} times.
 */
public final class Claims {

  private final CampaignSpec spec;
  private final Trials trials;

  private Claims(CampaignSpec spec, Trials trials) {
    this.spec = spec;
    this.trials = trials;
  }

  /** Scores the results so far; {@code records} of one campaign, in any order. */
  public static List<ClaimScore> score(CampaignSpec spec, List<RoundRecord> records) {
    return new Claims(spec, new Trials(records)).score();
  }

  private List<ClaimScore> score() {
    boolean iterative = spec.pruning().schedule() == Schedule.ITERATIVE;
    List<ClaimScore> scores = new ArrayList<>();
    scores.add(new WinningTicket(trials).score());
    if (iterative) {
      scores.addAll(new TicketClaims(trials).scores());
    }
    if (asksFor(Arm.Kind.REINIT)) {
      scores.addAll(new ControlClaims(trials).reinit());
    }
    if (asksFor(Arm.Kind.RANDOM)) {
      scores.addAll(new ControlClaims(trials).random());
    }
    if (asksFor(Arm.Kind.SHUFFLED)) {
      scores.add(new ControlClaims(trials).shuffled());
    }
    if (asksFor(Arm.Kind.SAME_SIGN)) {
      scores.add(new ControlClaims(trials).sameSign());
    }
    if (asksFor(Arm.Kind.ONE_SHOT)) {
      scores.addAll(new OneShotClaims(trials).beside());
    } else if (!iterative && spec.pruning().criterion().input() == Input.TRAINING) {
      scores.addAll(new OneShotClaims(trials).alone());
    }
    scores.addAll(new ConvClaims(trials, spec.network()).scores());
    scores.addAll(new InstabilityClaims(trials).scores());
    return List.copyOf(scores);
  }

  private boolean asksFor(Arm.Kind kind) {
    return IntStream.rangeClosed(0, spec.pruning().rounds())
        .anyMatch(round -> spec.arms(round).stream().anyMatch(arm -> arm.kind() == kind));
  }
}
