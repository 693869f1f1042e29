package io.tombola.deploy.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tombola.protocol.trial.TrialFailure;
import io.tombola.storage.StoreLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeartbeatFileTest {

  private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

  @TempDir Path root;
  private HeartbeatFile file;

  @BeforeEach
  void create() {
    StoreLayout store = new StoreLayout(root);
    store.create();
    file = new HeartbeatFile(store);
  }

  @Test
  void readsWhatItWrote() throws IOException {
    ProcessMetrics metrics =
        new ProcessMetrics(
            3,
            new TreeMap<>(Map.of(TrialFailure.Kind.OUT_OF_MEMORY, 2L)),
            1,
            new ProcessMetrics.Journal(
                9, 12, 0.5, Optional.of(new ProcessMetrics.Recent(0.01, 0.2, 0.3))),
            Optional.of(new ProcessMetrics.Publishing(7, OptionalLong.of(2), 1.5, 4)));
    Heartbeat heartbeat =
        new Heartbeat(
            42,
            AT,
            "ant",
            0.25,
            Optional.of(60L),
            List.of(new Heartbeat.Slot("cpu:0", Optional.empty(), 1500)),
            Optional.of(metrics));
    file.write(heartbeat);
    assertEquals(Optional.of(heartbeat), file.read());
  }

  @Test
  void readsAHeartbeatOfAnOlderVersion() throws IOException {
    Files.writeString(
        root.resolve("live.json"),
        """
        {"pid":42,"at":"2026-01-02T03:04:05Z","campaign":"ant","fraction":0.25,"eta_seconds":null,\
        "slots":[{"device":"cpu:0","training":{"trial":"ant/1/2/ticket","iteration":5,\
        "iterations":9,"iterations_per_second":null,"validation_accuracy_percent":86.5}}]}\
        """);
    Heartbeat.Training training =
        new Heartbeat.Training("ant/1/2/ticket", 5, 9, Optional.empty(), Optional.of(86.5));
    assertEquals(
        Optional.of(
            new Heartbeat(
                42,
                AT,
                "ant",
                0.25,
                Optional.empty(),
                List.of(new Heartbeat.Slot("cpu:0", Optional.of(training), 0)),
                Optional.empty())),
        file.read());
  }
}
