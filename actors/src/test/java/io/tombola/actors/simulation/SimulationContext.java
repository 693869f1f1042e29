package io.tombola.actors.simulation;

import io.tombola.actors.DatasetCache;
import io.tombola.storage.StoreLayout;

/**
 * Everything that outlives the processes of a simulation.
 *
 * @param store holds the artifacts
 */
record SimulationContext(
    Scenario scenario,
    DatasetCache data,
    StoreLayout store,
    SimulatedDisk disk,
    Invariants invariants,
    FaultInjector faults,
    SimulatedUser user,
    ExpectedFailures expected,
    Trace trace,
    SimulatedClock clock) {

  static SimulationContext of(
      Scenario scenario,
      DatasetCache data,
      StoreLayout store,
      FaultInjector faults,
      SimulatedUser user) {
    SimulatedDisk disk = new SimulatedDisk();
    return new SimulationContext(
        scenario,
        data,
        store,
        disk,
        new Invariants(scenario, disk, store),
        faults,
        user,
        new ExpectedFailures(scenario, faults),
        new Trace(),
        new SimulatedClock());
  }
}
