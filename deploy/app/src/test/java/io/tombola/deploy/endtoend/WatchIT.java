package io.tombola.deploy.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tombola.deploy.live.CampaignSnapshot;
import io.tombola.deploy.live.CampaignStatus;
import io.tombola.deploy.live.StoreMonitor;
import io.tombola.storage.NoStoreException;
import io.tombola.storage.StoreLayout;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Watches a real run that is killed and restarted. */
final class WatchIT {

  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final String CAMPAIGN =
      """
      campaign {
        name = seen
        replicates = 1
        network = "dense 20, dense 10"
        dataset { train-limit = 3000, test-limit = 500, validation = 500 }
        training { iterations = 4000, evaluate-every = 100, checkpoint-every = 200 }
        pruning.rounds = 1
        controls.reinit = 1
      }
      kafka.mode = off
      """;

  @TempDir Path folder;

  @Test
  void showsBusyDevicesAndContinuesAfterAKill() throws Exception {
    String file = Files.writeString(folder.resolve("seen.conf"), CAMPAIGN).toString();
    StoreLayout store = new StoreLayout(folder.resolve("store"));
    try (TombolaProcess run = run(file, store);
        StoreMonitor watch = watch(store)) {
      CampaignSnapshot busy = await(watch, WatchIT::isBusy);
      assertEquals(CampaignStatus.State.RUNNING, busy.status().state());
      assertEquals(run.pid(), busy.live().orElseThrow().pid());
      run.killAfter(0);

      CampaignSnapshot dead = await(watch, seen -> seen.live().isEmpty());
      assertEquals(CampaignStatus.State.INTERRUPTED, dead.status().state());

      try (TombolaProcess again = run(file, store)) {
        CampaignSnapshot back = await(watch, WatchIT::isBusy);
        assertEquals(again.pid(), back.live().orElseThrow().pid());
        assertEquals(0, again.end().exitCode());
      }
      CampaignSnapshot end =
          await(watch, seen -> seen.status().state() == CampaignStatus.State.FINISHED);
      assertEquals(3, end.results().size());
      assertEquals(3, end.events().stream().filter(e -> e.kind().equals("TrialEvaluated")).count());
      assertEquals(
          1, end.events().stream().filter(e -> e.kind().equals("CampaignResumed")).count());
      assertFalse(
          Files.exists(store.heartbeat()), "the heartbeat file is deleted at the end of a run");
    }
    printsOnceAndRunsOnATerminal(store);
  }

  /** Without a terminal it prints once; on a terminal it uses the alternate screen. */
  private void printsOnceAndRunsOnATerminal(StoreLayout store) throws Exception {
    TombolaProcess.Ended once = TombolaProcess.run("watch", "--store", store.root().toString());
    assertEquals(0, once.exitCode(), once.err());
    assertTrue(once.out().contains("\nfinished [##############################] 100 %  3 of 3"));
    assertTrue(once.out().contains("campaign finished"), once.out());

    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/script")),
        "script, which makes a terminal, is missing");
    String screen = onATerminal(List.of("--store", store.root().toString()), List.of());
    assertTrue(screen.contains("finished [###"), screen);
    assertTrue(screen.indexOf("\u001b[?1049h") < screen.indexOf("finished ["), screen);
    assertTrue(screen.lastIndexOf("\u001b[?1049l") > screen.lastIndexOf("q: quit"), screen);
    keepsTheLastSnapshotWhenTheServerStops(store);
  }

  private void keepsTheLastSnapshotWhenTheServerStops(StoreLayout store) throws Exception {
    try (TombolaProcess server =
        TombolaProcess.start("serve", "--port", "0", "--store", store.root().toString())) {
      String url = TombolaProcess.dashboard(server);
      String screen =
          onATerminal(
              List.of("--url", url),
              List.of(new Scene("q: quit", server::close), new Scene("(no answer)", () -> {})));
      assertTrue(screen.indexOf("finished [###") < screen.indexOf("(no answer)"), screen);
    }
  }

  /** What is to appear on the screen, and what is done then. */
  private record Scene(String sight, Runnable then) {}

  /** Watches until every scene has come in turn, then quits. */
  private String onATerminal(List<String> options, List<Scene> scenes)
      throws IOException, InterruptedException {
    String command =
        "stty rows 40 cols 100; exec '"
            + String.join("' '", TombolaProcess.command())
            + "' watch '"
            + String.join("' '", options)
            + "'";
    ProcessBuilder builder =
        new ProcessBuilder("/usr/bin/script", "-q", "-e", "-c", command, "/dev/null")
            .redirectErrorStream(true);
    TombolaProcess.environment(builder.environment());
    builder.environment().put("TERM", "xterm-256color");
    builder.environment().put("JAVA_TOOL_OPTIONS", "-Dtombola.terminal=true");
    builder.environment().remove("NO_COLOR");
    Process terminal = builder.start();
    try {
      StringBuilder screen = new StringBuilder();
      byte[] some = new byte[8192];
      boolean typed = false;
      Deque<Scene> ahead = new ArrayDeque<>(scenes);
      for (int n = terminal.getInputStream().read(some);
          n >= 0;
          n = terminal.getInputStream().read(some)) {
        screen.append(new String(some, 0, n, StandardCharsets.UTF_8));
        while (!ahead.isEmpty() && screen.indexOf(ahead.getFirst().sight()) >= 0) {
          ahead.removeFirst().then().run();
        }
        if (!typed && ahead.isEmpty() && screen.indexOf("q: quit") >= 0) {
          OutputStream keys = terminal.getOutputStream();
          keys.write('q');
          keys.flush();
          typed = true;
        }
      }
      assertTrue(terminal.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS));
      assertEquals(0, terminal.exitValue(), screen.toString());
      return screen.toString();
    } finally {
      terminal.destroyForcibly();
    }
  }

  private static TombolaProcess run(String file, StoreLayout store) throws IOException {
    return TombolaProcess.start("run", file, "--store", store.root().toString());
  }

  private static boolean isBusy(CampaignSnapshot campaign) {
    return campaign.live().stream()
        .flatMap(live -> live.slots().stream())
        .flatMap(slot -> slot.training().stream())
        .anyMatch(training -> training.iterationsPerSecond().isPresent());
  }

  private static StoreMonitor watch(StoreLayout store) {
    return soon(
        () -> {
          try {
            return Optional.of(new StoreMonitor(store, Clock.systemUTC()));
          } catch (NoStoreException e) {
            return Optional.empty();
          }
        });
  }

  private static CampaignSnapshot await(StoreMonitor watch, Predicate<CampaignSnapshot> wanted) {
    return soon(() -> look(watch).stream().filter(wanted).findFirst());
  }

  private static List<CampaignSnapshot> look(StoreMonitor watch) {
    try {
      return watch.poll().campaigns();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> T soon(Supplier<Optional<T>> question) {
    return Awaitility.await()
        .atMost(TIMEOUT)
        .until(question::get, Optional::isPresent)
        .orElseThrow();
  }
}
