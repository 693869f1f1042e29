package io.tombola.actors.simulation;

/** A kind of fault that a simulation injects. */
enum Fault {
  /** The process is killed between two messages. */
  CRASH(5, 0),
  /** The process is killed in the middle of a training. */
  CRASH_IN_TRAINING(3, 0),
  /** The user interrupts the run. */
  STOP(2, 0),
  /** A write to the journal fails, and nothing is stored. */
  WRITE_LOST(2, 40),
  /** A write to the journal is stored but reported as failed. */
  WRITE_UNCONFIRMED(2, 40),
  /** Events cannot be read back. */
  REPLAY_FAILED(2, 6),
  /** The journal needs some seconds. */
  DISK_SLOW(20, 12),
  /** The journal needs longer than Akka's timeout. */
  DISK_FROZEN(1, 60),
  /** A snapshot is missing. */
  SNAPSHOT_MISSING(4, 2),
  /** A snapshot cannot be read. */
  SNAPSHOT_UNREADABLE(4, 2),
  /** A snapshot cannot be written. */
  SNAPSHOT_UNSAVED(2, 2),
  /** The device has no memory left. */
  OUT_OF_MEMORY(4, 40),
  /** The engine throws an unexpected exception. */
  BUG(4, 40),
  /** The disk is full when a trainer writes. */
  NO_SPACE(1, 60),
  /** An error in a training ends the trainer. */
  TRAINER_DIES(6, 30),
  /** The trainer is killed from outside. */
  TRAINER_KILLED(4, 500),
  /** A device cannot be opened. */
  DEVICE_UNOPENED(6, 3),
  /** Between two runs, a checkpoint is damaged. */
  CHECKPOINT_DAMAGED(2, 2),
  /** The clock jumps by a day. */
  CLOCK_JUMP(4, 300);

  private final int max;
  private final int oneIn;

  Fault(int max, int oneIn) {
    this.max = max;
    this.oneIn = oneIn;
  }

  /** The maximum number in one simulation. */
  int max() {
    return max;
  }

  /** It is injected at one of so many occasions; 0 if {@link FaultInjector#ends} schedules it. */
  int oneIn() {
    return oneIn;
  }
}
