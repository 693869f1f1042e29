package io.tombola.deploy.run;

import io.tombola.deploy.config.BuildInfo;
import io.tombola.protocol.EngineName;
import io.tombola.protocol.event.Provenance;
import io.tombola.training.data.Dataset;
import io.tombola.training.engine.device.Engines;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Collects the provenance of this process: software, hardware and data. */
final class ProvenanceCollector {

  private ProvenanceCollector() {}

  /**
   * Collects the provenance.
   *
   * @param used the engines that the campaign may use
   */
  static Provenance of(Engines engines, Set<EngineName> used, Dataset data) {
    SortedMap<String, String> determinants = engines.determinants(used);
    determinants.put("data.name", data.name());
    determinants.put("data.sha256", data.contentHash());
    determinants.put("data.normalization", data.normalization().toString());
    BuildInfo build = BuildInfo.read();
    SortedMap<String, String> circumstances = new TreeMap<>();
    circumstances.put("tombola.version", build.version());
    circumstances.put("tombola.commit", build.revision());
    circumstances.put(
        "java", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
    circumstances.put(
        "os",
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"));
    circumstances.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
    return new Provenance(determinants, circumstances);
  }

  /** The determinants in which two processes differ; their results may then differ in bytes. */
  static List<String> difference(Provenance before, Provenance now) {
    Map<String, String> keys = new TreeMap<>(before.determinants());
    keys.putAll(now.determinants());
    List<String> lines = new ArrayList<>();
    for (String key : keys.keySet()) {
      String was = before.determinants().getOrDefault(key, "none");
      String is = now.determinants().getOrDefault(key, "none");
      if (!was.equals(is)) {
        lines.add(key + " was " + was + ", is " + is);
      }
    }
    return lines;
  }
}
