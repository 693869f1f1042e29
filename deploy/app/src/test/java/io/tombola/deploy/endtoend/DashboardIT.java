package io.tombola.deploy.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.event.JournalId;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.journal.JournalReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The dashboard of real campaigns in a real browser. */
final class DashboardIT {

  private static final String CAMPAIGN =
      """
      campaign {
        name = seen
        replicates = 2
        network = "dense 20, dense 10"
        dataset { train-limit = 3000, test-limit = 500, validation = 500 }
        training { iterations = %d, evaluate-every = 100, checkpoint-every = 200 }
        pruning.rounds = 2
        controls.reinit = 1
      }
      kafka.mode = off
      """;

  private static final String STATE =
      "document.getElementById('state').textContent === arguments[0]";

  /** Pixels of the plot that have a line's colour. */
  private static final String PAINTED =
      """
      const plot = document.querySelector("#fig-accuracy canvas");
      const wanted = getComputedStyle(document.documentElement).getPropertyValue("--ticket").trim();
      const { data } = plot.getContext("2d").getImageData(0, 0, plot.width, plot.height);
      let painted = 0;
      for (let i = 0; i < data.length; i += 4) {
        const color = [0, 1, 2].map((c) => data[i + c].toString(16).padStart(2, "0")).join("");
        if ("#" + color === wanted && data[i + 3] === 255) painted++;
      }
      return painted;
      """;

  @TempDir Path folder;
  private Path store;
  private Browser browser;

  @BeforeEach
  void open() {
    store = folder.resolve("store");
    browser = Browser.start(folder.resolve("profile"));
    browser.look(1280, 900, "light");
  }

  @AfterEach
  void close() {
    browser.close();
  }

  @Test
  void followsAKilledAndRestartedRunWithoutReload() throws Exception {
    String file = campaign(2000);
    String url;
    try (TombolaProcess run = serveWith("run", file, "--serve=0")) {
      url = TombolaProcess.dashboard(run);
      browser.open(url);
      browser.script("window.notReloaded = true");
      browser.await("Number(document.getElementById('ladders').dataset.points) >= 1");
      assertTrue((Long) browser.script(PAINTED) > 0, "a result is a point on the plot");
      assertEquals("live", browser.text("#connection"));
      run.killAfter(0);
    }
    browser.await("document.getElementById('connection').textContent === 'reconnecting'");

    String port = url.replaceFirst(".*:(\\d+)/$", "$1");
    try (TombolaProcess again = serveWith("run", file, "--serve=" + port)) {
      browser.await("document.getElementById('connection').textContent === 'live'");
      assertEquals(0, again.end().exitCode());
      assertEquals("Finding", browser.text("#finding-title"));
      assertFalse(browser.text("#finding").contains("Unfinished"), browser.text("#finding"));
    }
    try (TombolaProcess after = serveWith("serve", "--port", port)) {
      TombolaProcess.dashboard(after);
      browser.await(STATE, "finished");
      showsExactlyTheContentOfTheStore();
    }
    assertEquals(true, browser.script("return window.notReloaded"));
    assertEquals(List.of(), browser.complaints());
  }

  private void showsExactlyTheContentOfTheStore() throws Exception {
    Map<String, JsonNode> rows = Rows.of(store);
    assertEquals(10, rows.size());
    browser.await("document.querySelectorAll('#rows tbody tr').length === 10");
    assertEquals(
        rows.values().stream().map(DashboardIT::row).sorted().toList(),
        texts("#rows tbody tr", "[...e.cells].map((c) => c.textContent).join(' ')"));
    assertEquals("10", browser.script("return document.getElementById('ladders').dataset.points"));
    browser.click("#checkpoints");
    assertEquals(journalEvents(), texts("#events li", "e.dataset.event"));
    assertTrue(
        (Long)
                browser.script(
                    "return document.querySelectorAll('[data-incidents~=resumed]').length")
            > 0,
        "a running round was resumed by a later process");
    browser.await("document.querySelectorAll('#finding p').length > 0");
  }

  /** A row of the results as the page writes it. */
  private static String row(JsonNode r) {
    return String.format(
        "%s %d %d %s %s %,d %.2f %.2f",
        r.get("arm").asText(),
        r.get("replicate").asInt(),
        r.get("round").asInt(),
        r.get("round").asInt() == 0 ? "100" : String.format("%.1f", pm(r)),
        r.get("status").asText(),
        r.get("early_stop_iteration").asInt(),
        r.get("early_stop_test_accuracy_percent").asDouble(),
        r.get("final_test_accuracy_percent").asDouble());
  }

  private static double pm(JsonNode row) {
    return row.get("remaining_percent").asDouble();
  }

  /** The ids of all events in the journal. */
  private List<String> journalEvents() {
    List<String> events = new ArrayList<>();
    try (JournalReader journal = JournalReader.open(new StoreLayout(store))) {
      Stream.concat(
              Stream.of(Map.entry("campaign", JournalId.campaign("seen"))),
              IntStream.of(1, 2)
                  .mapToObj(
                      r -> Map.entry("" + r, JournalId.replicate(new ReplicateId("seen", r)))))
          .forEach(
              log ->
                  journal
                      .read(log.getValue(), 1, 10_000)
                      .forEach(stored -> events.add(log.getKey() + "/" + stored.sequence())));
    }
    return events.stream().sorted().toList();
  }

  @SuppressWarnings("unchecked")
  private List<String> texts(String selector, String of) {
    return ((List<String>)
            browser.script(
                "return [...document.querySelectorAll(arguments[0])].map((e) => " + of + ")",
                selector))
        .stream().sorted().toList();
  }

  @Test
  void pausesResumesAndCancelsWithTheKeyboardAlone() throws Exception {
    try (TombolaProcess run = serveWith("run", campaign(20_000), "--serve=0")) {
      browser.open(TombolaProcess.dashboard(run));
      browser.await(STATE, "running");
      browser.press(Keys.TAB);
      assertTrue(browser.hasFocus(".skip"), "the first focusable element is the skip link");
      browser.press(Keys.ENTER);
      assertTrue(browser.hasFocus("main"));

      browser.tabTo("[data-command=pause]");
      assertNotEquals(
          "none", browser.script("return getComputedStyle(document.activeElement).outlineStyle"));
      browser.press(Keys.ENTER);
      browser.await(STATE, "paused");
      browser.await("document.getElementById('notice').textContent.startsWith('Paused')");
      browser.await("document.activeElement.matches('[data-command=resume]')");
      browser.press(Keys.SPACE);
      browser.await(STATE, "running");

      browser.tabTo("[data-command=cancel]");
      browser.press(Keys.ENTER);
      assertTrue(browser.hasFocus("dialog [value=keep]"), "the harmless answer has the focus");
      browser.press(Keys.ESCAPE);
      browser.await("!document.getElementById('cancel').open");
      assertEquals("running", browser.text("#state"));
      browser.press(Keys.ENTER, Keys.TAB, Keys.ENTER);
      assertEquals(3, run.end().exitCode());
    }
  }

  @Test
  void readsItsFiguresAndRoundsWithTheKeyboardAlone() throws Exception {
    try (TombolaProcess serve = finished()) {
      browser.open(TombolaProcess.dashboard(serve));
      browser.await("document.getElementById('learning').hidden === false");

      browser.tabTo("#fig-accuracy .plot");
      browser.press(Keys.ARROW_RIGHT);
      assertTrue(browser.text("#fig-accuracy .readout").startsWith("Pm 100 %: dense network "));
      browser.tabTo("#fig-accuracy summary");
      browser.press(Keys.ENTER);
      browser.await("document.querySelectorAll('#fig-accuracy details tbody tr').length === 2");

      browser.tabTo("#rounds td");
      browser.press(Keys.ARROW_RIGHT);
      assertEquals("Replicate 1, round 1", browser.text("#cell-events h3"));
      browser.await("document.querySelectorAll('#cell-events li').length === 6");
      assertEquals(List.of(), browser.complaints());
    }
  }

  @Test
  void isAccessibleInBothColourSchemesAndOnAPhone() throws Exception {
    try (TombolaProcess serve = finished()) {
      String url = TombolaProcess.dashboard(serve);
      for (String scheme : List.of("light", "dark")) {
        for (int width : new int[] {1280, 360}) {
          browser.look(width, 800, scheme);
          browser.open(url);
          browser.await("document.getElementById('learning').hidden === false");
          browser.script("document.querySelectorAll('details').forEach((d) => d.open = true)");
          browser.await("document.querySelectorAll('details table').length === 4");
          String where = scheme + ", " + width + " pixels wide";
          assertEquals(List.of(), browser.script(accessibility()), where);
          assertTrue(width() <= width, () -> where + " but the page is " + width());
        }
      }
      assertEquals(List.of(), browser.complaints());
    }
  }

  @Test
  void keepsTheChosenColourScheme() throws Exception {
    try (TombolaProcess serve = finished()) {
      browser.open(TombolaProcess.dashboard(serve));
      browser.await("document.getElementById('state').textContent !== ''");
      Object before = background();
      browser.script(
          "const s = document.getElementById('scheme'); s.value = 'dark';"
              + "s.dispatchEvent(new Event('change'))");
      assertNotEquals(before, background());
      Object dark = background();
      browser.script("location.reload()");
      browser.await("document.getElementById('scheme')?.value === 'dark'");
      assertEquals(dark, background());
    }
  }

  @Test
  void listsTheCampaignsOfAStore() throws Exception {
    for (String name : List.of("first", "second")) {
      run(name);
    }
    try (TombolaProcess serve = serveWith("serve", "--port", "0")) {
      browser.open(TombolaProcess.dashboard(serve));
      browser.await("document.querySelectorAll('#campaign-list tbody tr').length === 2");
      assertEquals(List.of(), browser.script(accessibility()));
      browser.tabTo("[href='#/campaigns/first']");
      browser.press(Keys.ENTER);
      browser.await("document.getElementById('name').textContent === 'first'");
      browser.script("history.back()");
      browser.await("document.getElementById('campaign').hidden");
      assertFalse(browser.text("#campaign-list").isEmpty());
    }
  }

  private Object background() {
    return browser.script("return getComputedStyle(document.body).backgroundColor");
  }

  private long width() {
    return (Long) browser.script("return document.documentElement.scrollWidth");
  }

  private static String accessibility() throws IOException {
    try (InputStream in = DashboardIT.class.getResourceAsStream("accessibility.js")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String campaign(int iterations) throws IOException {
    return Files.writeString(folder.resolve("seen.conf"), CAMPAIGN.formatted(iterations))
        .toString();
  }

  /** Serves a small campaign that has ended. */
  private TombolaProcess finished() throws Exception {
    run("small");
    return serveWith("serve", "--port", "0");
  }

  private void run(String name) throws Exception {
    TombolaProcess.Ended run = TombolaCommand.run(SmallRun.command(store, name, "kafka.mode=off"));
    assertEquals(0, run.exitCode(), run.err());
  }

  private TombolaProcess serveWith(String... command) throws IOException {
    return TombolaProcess.start(
        Stream.concat(Stream.of(command), Stream.of("--store", store.toString()))
            .toArray(String[]::new));
  }
}
