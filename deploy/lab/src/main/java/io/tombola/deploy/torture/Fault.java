package io.tombola.deploy.torture;

import io.tombola.storage.Failpoint;
import java.time.Duration;

/** What ends a process that runs a campaign. */
public sealed interface Fault {

  /** SIGKILL from outside, {@code after} the process was started. */
  record Kill(Duration after) implements Fault {

    @Override
    public String toString() {
      return "kill -9 after " + after.toMillis() + " ms";
    }
  }

  /** Death at a named point, from inside. */
  record CrashAt(Failpoint.Trigger order) implements Fault {

    @Override
    public String toString() {
      return "death at " + order;
    }
  }

  /** SIGTERM, {@code after} the process was started; it may end in order. */
  record Terminate(Duration after) implements Fault {

    @Override
    public String toString() {
      return "SIGTERM after " + after.toMillis() + " ms";
    }
  }
}
