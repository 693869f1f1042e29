package io.tombola.protocol.spec;

import static io.tombola.protocol.spec.InvalidSpecException.require;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.tombola.protocol.Arm;
import io.tombola.protocol.TrialId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * One question: a network, a data set, a recipe, a pruning schedule, controls and replicates.
 *
 * @param name letters, digits, dots, dashes and underscores; names the campaign in the store
 * @param seed every random number of the campaign derives from it
 * @param replicates independent ticket chains, at least 1
 * @param network a preset's name, such as {@code lenet-300-100}
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
    ControlsSpec controls) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /** Checks the name and the number of replicates. */
  public CampaignSpec {
    require(
        NAME.matcher(name).matches(),
        "name",
        "1 to 64 letters, digits, '.', '_' or '-', the first a letter or digit",
        "'" + name + "'");
    require(replicates >= 1, "replicates", "at least 1", replicates);
  }

  /** The arms of a round in the order of their importance; the dense round has no controls. */
  public List<Arm> arms(int round) {
    List<Arm> arms = new ArrayList<>();
    arms.add(Arm.TICKET);
    if (round > 0) {
      IntStream.rangeClosed(1, controls.reinit()).mapToObj(Arm::reinit).forEach(arms::add);
      IntStream.rangeClosed(1, controls.randomMask()).mapToObj(Arm::random).forEach(arms::add);
    }
    return List.copyOf(arms);
  }

  /** Whether both ask the same question; where the data lies is no part of it. */
  public boolean sameQuestion(CampaignSpec other) {
    return withoutFolder().equals(other.withoutFolder());
  }

  private CampaignSpec withoutFolder() {
    return new CampaignSpec(
        name,
        seed,
        replicates,
        new DatasetSpec(dataset.name(), Optional.empty()),
        network,
        training,
        pruning,
        rewind,
        controls);
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
