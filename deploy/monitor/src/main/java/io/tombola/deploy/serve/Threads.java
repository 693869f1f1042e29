package io.tombola.deploy.serve;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads of the server, which keep no process alive. */
final class Threads {

  private Threads() {}

  static ThreadFactory named(String what) {
    AtomicInteger count = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, "tombola-web-" + what + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
