package io.tombola.training;

import io.tombola.training.data.DataSplits;
import io.tombola.training.engine.DivergedException;
import io.tombola.training.engine.Evaluation;
import io.tombola.training.engine.Measurement;
import io.tombola.training.engine.TrainingSession;
import io.tombola.training.network.Network;
import java.util.Optional;
import java.util.function.DoublePredicate;

/**
 * Evaluates a session's weights on validation examples and, where it is due, on test examples, a
 * slice at a time.
 */
final class IncrementalEvaluation {

  private final Measurement validation;
  private final Measurement test;
  private final DoublePredicate testDue;
  private final long multiplications;

  /** Evaluates the test examples if {@code testDue} accepts the validation loss, in nats. */
  IncrementalEvaluation(
      TrainingSession session, DataSplits splits, Network network, DoublePredicate testDue) {
    this.validation = session.measure(splits.validation());
    this.test = session.measure(splits.test());
    this.testDue = testDue;
    this.multiplications = network.multiplications();
  }

  /** Does about the work of a slice. */
  void advance() {
    long work = 0;
    while (!done() && work < SliceBudget.MULTIPLICATIONS) {
      work += multiplications * (validation.done() ? test.next() : validation.next());
    }
  }

  boolean done() {
    return validation.done() && (test.done() || !isTestDue());
  }

  private boolean isTestDue() {
    return testDue.test(validation.result().lossNats());
  }

  /**
   * Checks that the losses are finite: JSON has no other numbers.
   *
   * @throws DivergedException if one is not
   */
  void check(int iteration) {
    check(validation, iteration, "the validation loss");
    if (test.done()) {
      check(test, iteration, "the test loss");
    }
  }

  private static void check(Measurement of, int iteration, String what) {
    if (!Double.isFinite(of.result().lossNats())) {
      throw new DivergedException(iteration, what, of.brokenLayer());
    }
  }

  Evaluation validation() {
    return validation.result();
  }

  /** Empty where it was not due. */
  Optional<Evaluation> test() {
    return test.done() ? Optional.of(test.result()) : Optional.empty();
  }
}
