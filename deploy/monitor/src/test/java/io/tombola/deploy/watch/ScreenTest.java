package io.tombola.deploy.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.deploy.live.ProcessMetrics;
import io.tombola.deploy.live.StoreSnapshot;
import io.tombola.deploy.live.WatchedStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScreenTest {

  @TempDir Path root;

  @Test
  void showsDevicesAccuracyAndEventsOfARunningCampaign() throws IOException {
    try (WatchedStore store = new WatchedStore(root)) {
      store.campaign("ant").evaluated(0, 87.5).evaluated(1, 88.25).prepared(2);
      store.heartbeat(1500, 4000);
      List<String> lines = lines(store.snapshot(), "", 100, 40);
      assertEquals(40, lines.size());
      assertTrue(
          lines.get(1).startsWith("ant: lenet-300-100 on fashion-mnist, seed "), lines.get(1));
      assertTrue(
          lines.get(2).startsWith("running [#########.....................]  30 %  2 of"),
          lines.get(2));
      assertTrue(lines.get(2).endsWith(", ETA 1 min 15 s"), lines.get(2));
      assertTrue(
          lines.contains(
              "cpu:0  [####........] ant/1/2/ticket               1,500 of 4,000  2,000 it/s"
                  + "  validation 86.50 %"),
          String.join("\n", lines));
      assertTrue(lines.contains("cpu:1  idle"));
      assertTrue(lines.contains("    0    100  87.50 at 1,000 n=1"), String.join("\n", lines));
      assertTrue(lines.contains("    1   80.0  88.25 at 1,000 n=1"));
      assertTrue(
          lines.stream().anyMatch(line -> line.matches(" 88\\.25\\| +o")),
          String.join("\n", lines));
      assertTrue(lines.stream().anyMatch(line -> line.matches(" 87\\.50\\|o")));
      assertTrue(
          lines.stream()
              .anyMatch(
                  line ->
                      line.endsWith(
                          "replicate 1: round 1 ticket: 88.25 % test accuracy at early stop,"
                              + " iteration 1,000")));
      assertTrue(
          lines.stream()
              .anyMatch(
                  line ->
                      line.endsWith("replicate 1: round 2 ticket prepared for the dl4j engine")));
      assertEquals("q: quit", lines.get(39));
    }
  }

  @Test
  void showsAPublishLagOfMoreThanThirtySeconds() throws IOException {
    try (WatchedStore store = new WatchedStore(root)) {
      store.campaign("ant").evaluated(0, 87.5);
      store.withMetrics(publishing(30)).heartbeat(1500, 4000);
      assertFalse(lines(store.snapshot(), "", 100, 30).stream().anyMatch(l -> l.contains("Kafka")));
      store.withMetrics(publishing(185)).heartbeat(1500, 4000);
      assertTrue(
          lines(store.snapshot(), "", 100, 30)
              .contains("Kafka publish lag: 3 min 05 s; the results are safe in the journal"));
    }
  }

  private static ProcessMetrics publishing(double lagSeconds) {
    return new ProcessMetrics(
        0,
        new TreeMap<>(),
        0,
        new ProcessMetrics.Journal(0, 0, 0, Optional.empty()),
        Optional.of(new ProcessMetrics.Publishing(0, OptionalLong.of(1), lagSeconds, 3)));
  }

  @Test
  void fitsEveryTerminal() throws IOException {
    try (WatchedStore store = new WatchedStore(root)) {
      store.campaign("ant").evaluated(0, 87.5).evaluated(1, 88.25);
      StoreSnapshot now = store.snapshot();
      IntStream.of(2, 5, 12, 24, 60)
          .forEach(
              rows ->
                  IntStream.of(5, 20, 80, 200)
                      .forEach(
                          columns -> {
                            List<AttributedString> lines =
                                Screen.of(now, "ant", ZoneOffset.UTC).lines(columns, rows);
                            assertEquals(rows, lines.size());
                            assertTrue(lines.stream().allMatch(l -> l.columnLength() <= columns));
                          }));
    }
  }

  @Test
  void startsWithTheNewestCampaignAndSwitchesBetweenCampaigns() throws IOException {
    try (WatchedStore store = new WatchedStore(root)) {
      store.campaign("ant").campaign("bee");
      Screen newest = Screen.of(store.snapshot(), "", ZoneOffset.UTC);
      assertEquals("bee", newest.at(0));
      assertEquals("ant", newest.at(1));
      assertEquals("ant", newest.at(-1));
      List<String> lines = lines(store.snapshot(), "ant", 100, 20);
      assertTrue(lines.get(1).startsWith("ant: "));
      assertEquals("q: quit   left, right: another campaign (1 of 2)", lines.get(19));
    }
  }

  @Test
  void aKilledRunIsInterruptedDespiteItsLastHeartbeat() throws IOException {
    try (WatchedStore store = new WatchedStore(root)) {
      store.campaign("ant").evaluated(0, 87.5).prepared(1);
      store.heartbeat(1500, 4000);
      assertTrue(showsDevices(lines(store.snapshot(), "", 100, 30)));
      store.kill();
      List<String> lines = lines(store.snapshot(), "", 100, 30);
      assertTrue(lines.get(2).startsWith("interrupted ["), lines.get(2));
      assertEquals("not running; resume with the same 'tombola run' command", lines.get(3));
      assertFalse(showsDevices(lines));
    }
  }

  private static boolean showsDevices(List<String> lines) {
    return lines.stream().anyMatch(line -> line.startsWith("cpu:0"));
  }

  @Test
  void aDamagedHeartbeatFileIsIgnored() throws IOException {
    try (WatchedStore store = new WatchedStore(root)) {
      store.campaign("ant").prepared(0);
      Files.writeString(root.resolve("live.json"), "{\"pid\": 1");
      List<String> lines = lines(store.snapshot(), "", 100, 30);
      assertTrue(lines.get(2).startsWith("running ["), lines.get(2));
    }
  }

  private static List<String> lines(StoreSnapshot store, String campaign, int columns, int rows) {
    return Screen.of(store, campaign, ZoneOffset.UTC).lines(columns, rows).stream()
        .map(line -> line.toString().stripTrailing())
        .toList();
  }
}
