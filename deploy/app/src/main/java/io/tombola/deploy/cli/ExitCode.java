package io.tombola.deploy.cli;

/** The exit code of a command, for scripts. */
public enum ExitCode {
  /** The command succeeded. */
  DONE(0),
  /** The command line or the configuration is wrong. */
  USAGE(2),
  /** The campaign failed, or this program has a defect. */
  FAILED(3),
  /** Another process writes to the store. */
  IN_USE(4),
  /** The store is damaged. */
  DAMAGED(5),
  /** The disk is full. */
  NO_SPACE(6),
  /** A signal stopped the command; the same command resumes. */
  INTERRUPTED(75);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The exit status of the process. */
  public int code() {
    return code;
  }
}
