package io.tombola.actors.simulation;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;

/**
 * Hides manifests: a starting actor system reads that of every jar, which takes most of the time.
 */
final class WithoutManifests extends ClassLoader {

  WithoutManifests() {
    super(WithoutManifests.class.getClassLoader());
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    return name.equals("META-INF/MANIFEST.MF")
        ? Collections.emptyEnumeration()
        : super.getResources(name);
  }
}
