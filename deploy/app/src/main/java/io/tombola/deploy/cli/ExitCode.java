package io.tombola.deploy.cli;

/** How a command ended, as scripts see it. */
public enum ExitCode {
  /** All that was asked is done. */
  DONE(0),
  /** The command line or the configuration is wrong. */
  USAGE(2),
  /** The campaign failed, or this program has a mistake. */
  FAILED(3),
  /** Another process writes to the store. */
  IN_USE(4),
  /** The store is damaged. */
  DAMAGED(5),
  /** The disk is full. */
  NO_SPACE(6),
  /** Stopped by a signal; the same command again goes on. */
  INTERRUPTED(75);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The process's exit status. */
  public int code() {
    return code;
  }
}
