package io.tombola.deploy.process;

import java.util.List;
import java.util.Map;

/**
 * The archives of loaded classes that the build wrote for this JDK, with which a child process
 * starts faster. Java ignores an archive that does not match its class path.
 */
public final class ClassArchives {

  /** Set by the launcher: the path of the archives up to their object alignment. */
  public static final String VARIABLE = "TOMBOLA_CLASS_ARCHIVES";

  private ClassArchives() {}

  /**
   * Java's options for a child process with the default object alignment.
   *
   * @param environment of this process
   * @return empty where there are no archives
   */
  public static List<String> options(Map<String, String> environment) {
    String archives = environment.get(VARIABLE);
    return archives == null
        ? List.of()
        : List.of("-XX:SharedArchiveFile=" + archives + "-8.jsa", "-Xlog:cds=off");
  }
}
