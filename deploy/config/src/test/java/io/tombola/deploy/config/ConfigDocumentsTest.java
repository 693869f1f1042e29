package io.tombola.deploy.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Keeps the file of defaults and the reference page equal to the definitions of the keys. To write
 * both anew, in the module of this test:
 *
 * <pre>./mvnw test -pl MODULE -am -Dtest=ConfigDocumentsTest -Dtombola.write-documents=true
 * -Dsurefire.failIfNoSpecifiedTests=false</pre>
 */
class ConfigDocumentsTest {

  private static final boolean WRITE = Boolean.getBoolean("tombola.write-documents");
  private static final int MAX_COLUMNS = 100;

  @Test
  void theDefaultsFileIsWhatTheKeysSay() throws IOException {
    String expected = DefaultsFile.render(ConfigKeys.ALL);
    if (WRITE) {
      Files.writeString(Path.of("src", "main", "resources", "campaign-defaults.conf"), expected);
      return;
    }
    try (InputStream file = ConfigLoader.class.getResourceAsStream("/campaign-defaults.conf")) {
      assertEquals(expected, new String(file.readAllBytes(), StandardCharsets.UTF_8));
    }
    assertTrue(expected.lines().allMatch(line -> line.length() <= MAX_COLUMNS));
  }

  @Test
  void theReferencePageIsWhatTheKeysSay() throws IOException {
    Path page = documents().resolve("configuration.md");
    String expected = ReferencePage.render(ConfigKeys.ALL);
    if (WRITE) {
      Files.writeString(page, expected);
    }
    assertEquals(expected, Files.readString(page));
  }

  /** {@code deploy/docs}, from whichever module the test runs in. */
  private static Path documents() {
    Path here = Path.of("").toAbsolutePath();
    return Stream.iterate(here, folder -> folder != null, Path::getParent)
        .map(folder -> folder.resolve("deploy").resolve("docs"))
        .filter(Files::isDirectory)
        .findFirst()
        .orElseThrow();
  }
}
