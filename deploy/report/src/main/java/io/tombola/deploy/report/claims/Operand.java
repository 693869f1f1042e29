package io.tombola.deploy.report.claims;

import io.tombola.protocol.Arm;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** One side of a comparison. */
sealed interface Operand {

  /** The network of round 0. */
  Operand DENSE = mean("dense", Arm.Kind.TICKET).at("dense", 0);

  /** The ticket. */
  Draws TICKET = mean("ticket", Arm.Kind.TICKET);

  /** As people call it. */
  String name();

  /** Its value in a replicate and round, if it has one. */
  Optional<MeasuredValue> read(Trials trials, int replicate, int round, Measure measure);

  /** The mean of a kind's draws. */
  static Draws mean(String name, Arm.Kind kind) {
    return new Draws(name, kind, OptionalInt.empty(), false);
  }

  /** The highest of a kind's draws. */
  static Draws highest(String name, Arm.Kind kind) {
    return new Draws(name, kind, OptionalInt.empty(), true);
  }

  /**
   * Trainings.
   *
   * @param fixed their round, where that is not the round compared
   * @param highest whether the highest of the draws counts, not their mean
   */
  record Draws(String name, Arm.Kind kind, OptionalInt fixed, boolean highest) implements Operand {

    /** These, always of one round. */
    Draws at(String where, int round) {
      return new Draws(where, kind, OptionalInt.of(round), highest);
    }

    @Override
    public Optional<MeasuredValue> read(Trials trials, int replicate, int round, Measure measure) {
      List<MeasuredValue> draws = trials.read(replicate, fixed.orElse(round), kind, measure);
      return highest ? MeasuredValue.highest(draws) : MeasuredValue.mean(draws);
    }
  }

  /** A number of the literature's. */
  record Constant(String name, double value) implements Operand {

    @Override
    public Optional<MeasuredValue> read(Trials trials, int replicate, int round, Measure measure) {
      return Optional.of(new MeasuredValue(value, false));
    }
  }
}
