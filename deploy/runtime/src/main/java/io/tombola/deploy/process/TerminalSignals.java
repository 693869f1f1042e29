package io.tombola.deploy.process;

import java.lang.reflect.Method;

/**
 * Ctrl-C reaches every process of a terminal. A child must outlive it, since its parent still needs
 * it while it stops; it ends with its parent.
 */
public final class TerminalSignals {

  private TerminalSignals() {}

  /**
   * Ignores signals, where this Java can; elsewhere the child ends early.
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
