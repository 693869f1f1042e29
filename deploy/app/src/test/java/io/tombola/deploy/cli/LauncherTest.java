package io.tombola.deploy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, up to the point where it would build. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

  private static final Path LAUNCHER = Path.of("..", "bin", "tombola").toAbsolutePath().normalize();

  @TempDir Path dir;

  @Test
  void isASoundShellScript() throws Exception {
    assertEquals("", errors(0, Map.of(), "sh", "-n", LAUNCHER.toString()));
    assertTrue(Files.isExecutable(LAUNCHER));
  }

  @Test
  void saysWhereJavaIsMissing() throws Exception {
    assertEquals(
        "tombola: expected a JDK 17 or later, found none at JAVA_HOME=/no/jdk;"
            + " set JAVA_HOME to one\n",
        errors(2, Map.of("JAVA_HOME", "/no/jdk"), LAUNCHER.toString(), "presets"));
  }

  @Test
  void refusesAnOldJavaAlsoWhenStartedThroughALink() throws Exception {
    Path java = Files.createDirectories(dir.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"11.0.2\"' >&2\n");
    assertTrue(java.toFile().setExecutable(true));
    Path link = Files.createSymbolicLink(dir.resolve("link"), LAUNCHER);
    assertEquals(
        "tombola: expected Java 17 or later, found 11 at "
            + java
            + "; install a JDK 17 and set JAVA_HOME to it\n",
        errors(2, Map.of("JAVA_HOME", dir.toString()), link.toString(), "presets"));
  }

  private static String errors(int code, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String text = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(code, process.waitFor(), text);
    return text;
  }
}
