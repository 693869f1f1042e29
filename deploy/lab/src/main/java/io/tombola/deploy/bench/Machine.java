package io.tombola.deploy.bench;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.sun.management.OperatingSystemMXBean;
import io.tombola.deploy.config.BuildInfo;
import io.tombola.deploy.text.CaptionedTable;
import io.tombola.deploy.text.NumberText;
import io.tombola.training.engine.device.Engines;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The machine and program of a benchmark.
 *
 * @param program version and commit
 * @param device description of one device slot
 * @param memoryBytes of the machine
 * @param java virtual machine and version
 * @param javaOptions of this process
 * @param loadAverage of the minute before the benchmark; below 0 where the system does not say
 * @param determinants what the bytes of results depend on
 * @param peer versions of PyTorch; empty without
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Machine(
    String program,
    String commit,
    String device,
    int cores,
    long memoryBytes,
    String os,
    String java,
    List<String> javaOptions,
    double loadAverage,
    SortedMap<String, String> determinants,
    Optional<String> peer) {

  static Machine describe(Optional<String> peer) {
    Engines engines = Engines.detect(1);
    BuildInfo build = BuildInfo.read();
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new Machine(
        build.toString(),
        build.revision(),
        engines.devices().get(0).description(),
        Runtime.getRuntime().availableProcessors(),
        system.getTotalMemorySize(),
        "%s %s %s".formatted(system.getName(), system.getVersion(), system.getArch()),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
        ManagementFactory.getRuntimeMXBean().getInputArguments(),
        system.getSystemLoadAverage(),
        engines.determinants(),
        peer);
  }

  CaptionedTable table() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("program", program));
    rows.add(
        List.of(
            "machine",
            "%d cores, %s; %s GiB of memory"
                .formatted(
                    cores, device, NumberText.significant(memoryBytes / (double) (1L << 30)))));
    rows.add(List.of("system", os));
    rows.add(List.of("Java", java + " " + String.join(" ", javaOptions)));
    for (Map.Entry<String, String> entry : determinants.entrySet()) {
      rows.add(List.of(entry.getKey(), entry.getValue()));
    }
    rows.add(List.of("PyTorch", peer.orElse("not requested, or not installed")));
    rows.add(List.of("load before", NumberText.significant(loadAverage)));
    return new CaptionedTable("Machine", List.of("what", "here"), 2, rows, List.of());
  }
}
