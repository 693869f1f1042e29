package io.tombola.deploy.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Takes the pictures of {@code docs/dashboard.md}, of a real quickstart that is under way, into
 * {@code target/pictures}. Runs when it is asked for: {@code -Dtest=DashboardPictures}.
 */
final class DashboardPictures {

  private static final Path PICTURES = Path.of("target", "pictures");
  private static final int TRIALS_ENDED = 23;

  @TempDir Path folder;

  @Test
  void showTheQuickstartUnderWay() throws Exception {
    Files.createDirectories(PICTURES);
    String store = folder.resolve("tombola-store").toString();
    try (TombolaProcess run =
            TombolaProcess.start("run", "--set", "kafka.mode=off", "--serve=0", "--store", store);
        Browser browser = Browser.start(folder.resolve("profile"))) {
      browser.look(1360, 1240, "light");
      browser.open(TombolaProcess.dashboard(run));
      browser.await(
          "document.querySelectorAll('#rows tbody tr').length >= arguments[0]"
              + " && document.getElementById('learning').hidden === false"
              + " && [...document.querySelectorAll('.devices progress')].every((p) => p.value > 0.2)",
          TRIALS_ENDED);
      // Where the store is, is this machine's own.
      browser.script("document.getElementById('store').textContent = 'tombola-store'");
      for (String scheme : List.of("light", "dark")) {
        browser.look(1360, 1240, scheme);
        browser.picture(PICTURES.resolve(scheme + ".png"));
      }
      assertEquals(0, run.end().exitCode());
    }
  }
}
