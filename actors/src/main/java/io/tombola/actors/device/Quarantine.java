package io.tombola.actors.device;

import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The devices that rest after a failure. Each is probed after its rest; one that fails its probe
 * rests twice as long, and is given up after {@value #PROBES} in a row. Belongs to the pool.
 */
final class Quarantine {

  /** Failed probes in a row after which a device is given up. */
  static final int PROBES = 5;

  private static final Duration LONGEST_REST = Duration.ofMinutes(5);

  private record Patient(ActorRef<Trainer.Command> trainer, Duration rest, int failedProbes) {}

  private final Map<String, Patient> patients = new HashMap<>();

  void admit(String device, ActorRef<Trainer.Command> trainer, Duration rest) {
    patients.put(device, new Patient(trainer, rest, 0));
  }

  /** The trainer of a device that rests; empty if it does not, or its trainer has died. */
  Optional<ActorRef<Trainer.Command>> trainerOf(String device) {
    return Optional.ofNullable(patients.get(device)).map(Patient::trainer);
  }

  /** The device rests no more; its trainer, if it was there. */
  Optional<ActorRef<Trainer.Command>> discharge(String device) {
    return Optional.ofNullable(patients.remove(device)).map(Patient::trainer);
  }

  /**
   * The device failed a probe.
   *
   * @return its next rest; empty if it is to be given up
   */
  Optional<Duration> failedProbe(String device) {
    Patient before = patients.get(device);
    Duration doubled = before.rest().multipliedBy(2);
    Duration rest = doubled.compareTo(LONGEST_REST) < 0 ? doubled : LONGEST_REST;
    Patient after = new Patient(before.trainer(), rest, before.failedProbes() + 1);
    patients.put(device, after);
    return after.failedProbes() < PROBES ? Optional.of(rest) : Optional.empty();
  }

  /** Whether it has failed one probe and no more. */
  boolean failedFirst(String device) {
    return patients.get(device).failedProbes() == 1;
  }
}
