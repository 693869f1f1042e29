package io.tombola.deploy.process;

import java.io.ObjectInputFilter;

/** Java serialization, which can instantiate any class that the bytes name. */
public final class JavaSerialization {

  private JavaSerialization() {}

  /**
   * Rejects all Java deserialization in this process, also in libraries. Call it once per process.
   */
  public static void disable() {
    ObjectInputFilter.Config.setSerialFilter(bytes -> ObjectInputFilter.Status.REJECTED);
  }
}
