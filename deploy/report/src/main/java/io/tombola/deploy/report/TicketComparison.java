package io.tombola.deploy.report;

import io.tombola.protocol.Arm;
import java.util.List;
import java.util.stream.Stream;

/**
 * Compares a pruned round's tickets with their own dense networks and controls, over the replicates
 * that have a result for each of them.
 *
 * <p>The definition is that of Frankle and Carbin (ICLR 2019, section 1): a winning ticket reaches
 * its minimum validation loss no later than the dense network, with at least its test accuracy. Its
 * controls make it a finding: the same mask with other weights, or another mask, performs worse.
 *
 * @param controls one for each kind of control that the campaign has
 * @param holdsIn replicates in which the definition holds by itself
 */
public record TicketComparison(
    ArmSummary dense, ArmSummary ticket, List<ArmSummary> controls, int holdsIn) {

  /** Keeps an immutable copy. */
  public TicketComparison {
    controls = List.copyOf(controls);
  }

  /** Whether the ticket's mean early stop is no later than the dense network's. */
  public boolean stopsNoLater() {
    return !ticket.earlyStopIteration().exceeds(dense.earlyStopIteration());
  }

  /** Whether the ticket's mean test accuracy at early stop is no less than the dense network's. */
  public boolean noLessAccurate() {
    return !dense.earlyStopTestAccuracyPercent().exceeds(ticket.earlyStopTestAccuracyPercent());
  }

  /** Whether the ticket's mean test accuracy at early stop is above the control's. */
  public boolean beats(ArmSummary control) {
    return ticket.earlyStopTestAccuracyPercent().exceeds(control.earlyStopTestAccuracyPercent());
  }

  /** Whether the definition holds for the means. */
  public boolean wins() {
    return stopsNoLater() && noLessAccurate() && controls.stream().allMatch(this::beats);
  }

  /** Replicates compared. */
  public int replicates() {
    return ticket.n();
  }

  /** Pm of the ticket. */
  public double remainingPercent() {
    return ticket.remainingPercent();
  }

  /** The arms that the ticket is held against. */
  public List<ArmSummary> others() {
    return Stream.concat(Stream.of(dense), controls.stream()).toList();
  }

  /** Kinds of control that the ticket does not beat. */
  public List<Arm.Kind> unbeaten() {
    return controls.stream().filter(c -> !beats(c)).map(ArmSummary::kind).toList();
  }
}
