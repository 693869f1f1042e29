package io.tombola.deploy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.storage.StoreLayout;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each command says of a journal that lost its end, or all of it. */
class LostEventsTest {

  @TempDir Path dir;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private StoreLayout store;

  @BeforeEach
  void loseTheEnd() throws IOException {
    store = new StoreLayout(dir);
    StoredCampaigns campaigns = new StoredCampaigns(store).add("kept");
    byte[] younger = Files.readAllBytes(store.journal());
    campaigns.add("lost", "pruning.rounds=1");
    Files.write(store.journal(), younger);
  }

  @Test
  void readersSayThatItIsNotAllThereIs() {
    for (String command : List.of("status", "results", "report")) {
      err.getBuffer().setLength(0);
      assertEquals(0, tombola(command));
      assertTrue(err.toString().contains("warning: the last "), command + ": " + err);
      assertTrue(err.toString().contains(" events are gone; see 'tombola verify'"), command);
    }
    assertFalse(out.toString().contains("lost"), out.toString());
  }

  @Test
  void verifyNamesIt() {
    assertEquals(5, tombola("verify"));
    assertTrue(out.toString().contains("lost events: the last "), out.toString());
  }

  @Test
  void nothingIsTakenForAnEmptyStore() throws IOException {
    Files.delete(store.journal());
    for (String command : List.of("status", "results", "report", "verify")) {
      out.getBuffer().setLength(0);
      err.getBuffer().setLength(0);
      assertEquals(5, tombola(command), command);
      String said = command.equals("verify") ? out.toString() : err.toString();
      assertTrue(said.contains("the database is missing or empty"), command + ": " + said);
    }
  }

  private int tombola(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    Collections.addAll(all, "--store", dir.toString());
    return Tombola.execute(
        (config, layout, console) -> {
          throw new AssertionError("nothing is to be run");
        },
        new PrintWriter(out),
        new PrintWriter(err),
        all.toArray(String[]::new));
  }
}
