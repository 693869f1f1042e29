package io.tombola.deploy.process;

import java.lang.reflect.Method;

/**
 * Signal handling of child processes. Ctrl-C reaches every process of a terminal, but a child must
 * survive it: its parent needs it during shutdown, and the child exits with its parent.
 */
public final class TerminalSignals {

  private TerminalSignals() {}

  /**
   * Ignores signals, if this JVM supports it; otherwise the child exits early.
   *
   * @param names such as {@code INT}
   */
  public static void ignore(String... names) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Method handle = signal.getMethod("handle", signal, handler);
      Object ignored = handler.getField("SIG_IGN").get(null);
      for (String name : names) {
        handle.invoke(null, signal.getConstructor(String.class).newInstance(name), ignored);
      }
    } catch (ReflectiveOperationException e) {
      System.err.println("this Java cannot ignore Ctrl-C: " + e);
    }
  }
}
