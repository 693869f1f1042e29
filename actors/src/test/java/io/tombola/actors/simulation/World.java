package io.tombola.actors.simulation;

import io.tombola.actors.DatasetCache;
import io.tombola.storage.StoreLayout;

/**
 * What outlives the processes of a simulation.
 *
 * @param store where artifacts are
 */
record World(
    Shape shape,
    DatasetCache data,
    StoreLayout store,
    Disk disk,
    Laws laws,
    Faults faults,
    User user,
    Reasons reasons,
    Trace trace,
    SimulatedClock clock) {

  static World of(Shape shape, DatasetCache data, StoreLayout store, Faults faults, User user) {
    Disk disk = new Disk();
    return new World(
        shape,
        data,
        store,
        disk,
        new Laws(shape, disk, store),
        faults,
        user,
        new Reasons(shape, faults),
        new Trace(),
        new SimulatedClock());
  }
}
