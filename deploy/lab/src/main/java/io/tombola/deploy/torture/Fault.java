package io.tombola.deploy.torture;

import io.tombola.storage.Failpoint;
import java.time.Duration;

/** A fault that ends a process which runs a campaign. */
public sealed interface Fault {

  /** SIGKILL, {@code after} the start of the process. */
  record Kill(Duration after) implements Fault {

    @Override
    public String toString() {
      return "kill -9 after " + after.toMillis() + " ms";
    }
  }

  /** The process halts itself at a failpoint. */
  record CrashAt(Failpoint.Trigger order) implements Fault {

    @Override
    public String toString() {
      return "death at " + order;
    }
  }

  /** SIGTERM, {@code after} the start of the process, which can shut down in order. */
  record Terminate(Duration after) implements Fault {

    @Override
    public String toString() {
      return "SIGTERM after " + after.toMillis() + " ms";
    }
  }
}
