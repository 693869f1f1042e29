package io.tombola.deploy.broker;

import java.lang.reflect.Method;

/**
 * Ctrl-C reaches every process of a terminal. The broker must outlive it, since its parent still
 * publishes while it stops; it ends with its parent.
 */
final class TerminalSignals {

  private TerminalSignals() {}

  /** Ignores interrupt and hang-up, where this Java can; elsewhere the broker ends early. */
  static void ignore() {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Method handle = signal.getMethod("handle", signal, handler);
      Object ignored = handler.getField("SIG_IGN").get(null);
      for (String name : new String[] {"INT", "HUP"}) {
        handle.invoke(null, signal.getConstructor(String.class).newInstance(name), ignored);
      }
    } catch (ReflectiveOperationException e) {
      System.err.println("this Java cannot ignore Ctrl-C: " + e);
    }
  }
}
