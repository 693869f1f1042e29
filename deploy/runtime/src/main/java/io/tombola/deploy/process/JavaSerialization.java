package io.tombola.deploy.process;

import java.io.ObjectInputFilter;

/** Java's own serialization, which builds whatever objects the bytes name. */
public final class JavaSerialization {

  private JavaSerialization() {}

  /**
   * Has this process refuse all bytes of Java serialization, in libraries too, from now on. Once a
   * process.
   */
  public static void refuse() {
    ObjectInputFilter.Config.setSerialFilter(bytes -> ObjectInputFilter.Status.REJECTED);
  }
}
