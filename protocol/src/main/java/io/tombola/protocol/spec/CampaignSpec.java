package io.tombola.protocol.spec;

import static io.tombola.protocol.spec.InvalidSpecException.require;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.tombola.protocol.Arm;
import io.tombola.protocol.Arm.Kind;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.TrialRef;
import io.tombola.protocol.spec.PruningSpec.Input;
import io.tombola.protocol.spec.PruningSpec.Schedule;
import io.tombola.protocol.spec.RewindSpec.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What a campaign trains: a network, a data set, a recipe, a pruning schedule, controls and
 * replicates.
 *
 * @param name letters, digits, dots, dashes and underscores; names the campaign in the store
 * @param seed every random number of the campaign derives from it
 * @param replicates independent ticket chains, at least 1
 * @param network a preset's name, such as {@code lenet-300-100}, or its layers, such as {@code conv
 *     64, max-pool 2, dense 10}
 */
public record CampaignSpec(
    String name,
    long seed,
    int replicates,
    DatasetSpec dataset,
    String network,
    TrainingSpec training,
    PruningSpec pruning,
    RewindSpec rewind,
    ControlsSpec controls,
    AnalysisSpec analysis) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /** Checks the name, the number of replicates, and the conditions between blocks. */
  public CampaignSpec {
    analysis = analysis == null ? AnalysisSpec.NONE : analysis;
    require(
        NAME.matcher(name).matches(),
        "name",
        "1 to 64 letters, digits, '.', '_' or '-', the first a letter or digit",
        "'" + name + "'");
    ValueRange.POSITIVE.check("replicates", replicates);
    require(
        rewind.to() < training.iterations(),
        "rewind.to",
        "fewer than training.iterations = " + training.iterations(),
        rewind.to());
    boolean atInitialisation = pruning.criterion().input() == Input.INITIALISATION;
    require(
        !atInitialisation || rewind.mode() == Mode.WEIGHTS,
        "rewind.mode",
        "weights, since " + pruning.criterion() + " prunes the initialisation",
        rewind.mode());
    require(
        !atInitialisation || rewind.to() == 0,
        "rewind.to",
        "0, since " + pruning.criterion() + " prunes the initialisation",
        rewind.to());
    require(
        rewind.mode() != Mode.CONTINUED || pruning.schedule() == Schedule.ITERATIVE,
        "rewind.mode",
        "another with pruning.schedule = one-shot, which trains no chain",
        "continued");
    require(
        !analysis.earlyBird() || !atInitialisation,
        "analysis.early-bird",
        "false, since this criterion takes no mask from a training",
        true);
    require(
        !controls.oneShot() || pruning.schedule() == Schedule.ITERATIVE,
        "controls.one-shot",
        "false with pruning.schedule = one-shot, whose tickets are that already",
        true);
  }

  /** A campaign without further analysis. */
  public CampaignSpec(
      String name,
      long seed,
      int replicates,
      DatasetSpec dataset,
      String network,
      TrainingSpec training,
      PruningSpec pruning,
      RewindSpec rewind,
      ControlsSpec controls) {
    this(
        name,
        seed,
        replicates,
        dataset,
        network,
        training,
        pruning,
        rewind,
        controls,
        AnalysisSpec.NONE);
  }

  /**
   * The arms of a round in the order of their importance. The dense round has no controls; the last
   * has no chain to continue.
   */
  public List<Arm> arms(int round) {
    List<Arm> arms = new ArrayList<>();
    arms.add(Arm.TICKET);
    if (round > 0) {
      if (rewind.mode() == Mode.CONTINUED && round < pruning.rounds()) {
        arms.add(Arm.CONTINUED);
      }
      if (controls.oneShot()) {
        arms.add(Arm.ONE_SHOT);
      }
      arms.addAll(draws(Kind.REINIT, controls.reinit()));
      arms.addAll(draws(Kind.RANDOM, controls.randomMask()));
      arms.addAll(draws(Kind.SHUFFLED, controls.layerShuffle()));
      arms.addAll(draws(Kind.SAME_SIGN, controls.sameSign()));
    }
    arms.addAll(draws(Kind.ORDER, analysis.instability().copies(round)));
    return List.copyOf(arms);
  }

  /** The arm of a round that the next round's mask is taken from. */
  public Arm chain(int round) {
    return rewind.mode() == Mode.CONTINUED && round > 0 ? Arm.CONTINUED : Arm.TICKET;
  }

  /**
   * The training that the mask of a round is derived from; empty for masks that nothing is trained
   * for: that of round 0, and all masks of a criterion that scores the initialisation.
   */
  public Optional<TrialRef> maskSource(int round) {
    if (round == 0 || pruning.criterion().input() == Input.INITIALISATION) {
      return Optional.empty();
    }
    int source =
        switch (pruning.schedule()) {
          case ITERATIVE -> round - 1;
          case ONE_SHOT -> 0;
        };
    return Optional.of(new TrialRef(source, chain(source)));
  }

  /** Whether the next round's mask is derived from what {@code arm} of a round trains. */
  public boolean prunedNext(int round, Arm arm) {
    return round < pruning.rounds()
        && maskSource(round + 1).equals(Optional.of(new TrialRef(round, arm)));
  }

  private static List<Arm> draws(Kind kind, int count) {
    return IntStream.rangeClosed(1, count).mapToObj(draw -> new Arm(kind, draw)).toList();
  }

  /** Whether both train the same, whatever directory the data is in. */
  public boolean sameQuestion(CampaignSpec other) {
    return withoutFolder().equals(other.withoutFolder());
  }

  /**
   * This campaign as it was started before: the engine {@code auto} becomes the stored one.
   *
   * @param stored the campaign of this name in the store
   */
  public CampaignSpec asBegun(CampaignSpec stored) {
    return training.engine() == EngineChoice.AUTO ? withEngine(stored.training().engine()) : this;
  }

  /** The same campaign, computed by another engine. */
  public CampaignSpec withEngine(EngineChoice engine) {
    return with(dataset, training.withEngine(engine));
  }

  private CampaignSpec withoutFolder() {
    return with(dataset.withoutDir(), training);
  }

  private CampaignSpec with(DatasetSpec otherData, TrainingSpec otherTraining) {
    return new CampaignSpec(
        name,
        seed,
        replicates,
        otherData,
        network,
        otherTraining,
        pruning,
        rewind,
        controls,
        analysis);
  }

  /** Every trial of the campaign, by replicate, round and arm. */
  @JsonIgnore
  public List<TrialId> trials() {
    List<TrialId> trials = new ArrayList<>();
    for (int replicate = 1; replicate <= replicates; replicate++) {
      for (int round = 0; round <= pruning.rounds(); round++) {
        for (Arm arm : arms(round)) {
          trials.add(new TrialId(name, replicate, round, arm));
        }
      }
    }
    return List.copyOf(trials);
  }
}
