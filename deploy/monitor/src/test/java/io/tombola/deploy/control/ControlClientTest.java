package io.tombola.deploy.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.actors.campaign.ControlCommand;
import io.tombola.deploy.config.ConfigLoader;
import io.tombola.deploy.live.CampaignStatus;
import io.tombola.protocol.event.CampaignEvent.CampaignCancelled;
import io.tombola.protocol.event.CampaignEvent.CampaignFinished;
import io.tombola.protocol.event.CampaignEvent.CampaignPaused;
import io.tombola.protocol.event.CampaignEvent.CampaignStarted;
import io.tombola.protocol.event.EventCodec;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.event.Provenance;
import io.tombola.protocol.event.TombolaEvent;
import io.tombola.storage.NoStoreException;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.journal.JournalReader;
import io.tombola.storage.journal.JournalWriter;
import io.tombola.storage.journal.StoredEvent;
import io.tombola.storage.lock.LockHolder;
import io.tombola.storage.lock.StoreLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sends commands to real stores, with and without a process that holds them. */
@Timeout(60)
class ControlClientTest {

  private static final Duration LONG_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration SHORT_TIMEOUT = Duration.ofMillis(300);
  private static final Instant START = Instant.parse("2026-11-22T09:00:00Z");

  @TempDir Path root;
  private StoreLayout store;
  private ControlClient client;

  @BeforeEach
  void createStore() {
    store = new StoreLayout(root);
    store.create();
    JournalWriter.begin(
        store,
        Map.of(
            JournalId.campaign("unfinished"),
            List.of(started("unfinished")),
            JournalId.campaign("finished"),
            List.of(started("finished"), new CampaignFinished(START.plusSeconds(9)))));
    client = new ControlClient(store, Clock.systemUTC());
  }

  @Test
  void appendsToTheJournalWhileNoProcessHoldsTheStore() throws Exception {
    assertEquals(CampaignStatus.State.PAUSED, send(ControlCommand.PAUSE).state());
    assertEquals(CampaignStatus.State.PAUSED, send(ControlCommand.PAUSE).state(), "already paused");
    assertEquals(CampaignStatus.State.CANCELLED, send(ControlCommand.CANCEL).state());
    assertEquals(CampaignStatus.State.INTERRUPTED, send(ControlCommand.RESUME).state());
    assertEquals(Optional.empty(), send(ControlCommand.RESUME).process());
    assertEquals(
        List.of("CampaignStarted", "CampaignPaused", "CampaignCancelled", "CampaignUnpaused"),
        kinds());
    assertEquals(List.of(), queuedFiles());
  }

  @Test
  void isRejectedWithOneLineWhereTheStateDoesNotAllowIt() throws Exception {
    assertRejected("'finished' is finished; 'tombola results'", "finished", ControlCommand.PAUSE);
    assertRejected("none named 'gone'", "gone", ControlCommand.CANCEL);
    send(ControlCommand.CANCEL);
    assertRejected(
        "'unfinished' is cancelled; 'tombola resume'", "unfinished", ControlCommand.PAUSE);
    StoreLayout nowhere = new StoreLayout(root.resolve("nowhere"));
    assertThrows(
        NoStoreException.class,
        () ->
            new ControlClient(nowhere, Clock.systemUTC())
                .send("unfinished", ControlCommand.PAUSE, LONG_TIMEOUT));
  }

  @Test
  void isWithdrawnIfTheProcessDoesNotReadItsInbox() throws Exception {
    try (StoreLock busy = StoreLock.acquire(store)) {
      CommandTimeoutException timeout =
          assertThrows(
              CommandTimeoutException.class,
              () -> client.send("unfinished", ControlCommand.PAUSE, SHORT_TIMEOUT));
      assertTrue(
          timeout.getMessage().contains("process " + ProcessHandle.current().pid()),
          timeout.getMessage());
      assertTrue(timeout.getMessage().contains("withdrawn"), timeout.getMessage());
      assertEquals(List.of(), queuedFiles());
    }
    assertEquals(List.of("CampaignStarted"), kinds());
  }

  @Test
  void isAppendedBySenderIfTheProcessExitsFirst() throws Exception {
    CompletableFuture<CampaignStatus> given;
    try (StoreLock busy = StoreLock.acquire(store)) {
      given = CompletableFuture.supplyAsync(() -> sendUnchecked(ControlCommand.PAUSE));
      awaitQueuedCommand();
    }
    assertEquals(CampaignStatus.State.PAUSED, given.get().state());
    assertEquals(List.of("CampaignStarted", "CampaignPaused"), kinds());
    assertEquals(List.of(), queuedFiles());
  }

  @Test
  void isQueuedAgainForTheNextProcess() throws Exception {
    // A command for an earlier process, left over by a sender that timed out.
    String gone = new LockHolder(1, "elsewhere", START).toString();
    new CommandQueue(store, Clock.systemUTC())
        .put(new QueuedCommand(gone, "unfinished", ControlCommand.PAUSE));
    BlockingQueue<String> handled = new LinkedBlockingQueue<>();
    try (StoreLock lock = StoreLock.acquire(store)) {
      CompletableFuture<CampaignStatus> given =
          CompletableFuture.supplyAsync(() -> sendUnchecked(ControlCommand.CANCEL));
      try (ControlInbox inbox =
          ControlInbox.start(
              store,
              (campaign, command) -> {
                handled.add(command + " " + campaign);
                JournalWriter.append(
                    store, JournalId.campaign(campaign), new CampaignCancelled(Instant.now()));
              })) {
        assertEquals("cancel unfinished", handled.poll(1, TimeUnit.MINUTES));
        assertEquals(CampaignStatus.State.CANCELLED, given.get().state());
      }
    }
    assertEquals(0, handled.size(), "a command for another process is discarded");
    assertEquals(List.of("CampaignStarted", "CampaignCancelled"), kinds());
  }

  @Test
  void anUnreadableCommandFileIsIgnored() throws Exception {
    Files.createDirectories(store.commands());
    Files.writeString(store.commands().resolve("0.json"), "{\"to\":");
    BlockingQueue<ControlCommand> handled = new LinkedBlockingQueue<>();
    try (StoreLock lock = StoreLock.acquire(store)) {
      String self = LockHolder.find(store).orElseThrow().toString();
      new CommandQueue(store, Clock.systemUTC())
          .put(new QueuedCommand(self, "unfinished", ControlCommand.PAUSE));
      try (ControlInbox inbox =
          ControlInbox.start(store, (campaign, command) -> handled.add(command))) {
        assertEquals(ControlCommand.PAUSE, handled.poll(1, TimeUnit.MINUTES));
      }
    }
    assertEquals(List.of(), queuedFiles());
  }

  @Test
  void doesNotAppendToAJournalThatLostEvents() throws Exception {
    byte[] older = Files.readAllBytes(store.journal());
    JournalWriter.append(store, JournalId.campaign("unfinished"), new CampaignPaused(START));
    Files.write(store.journal(), older);
    assertRejected(
        "'unfinished' has lost 1 events; 'tombola verify' shows them",
        "unfinished",
        ControlCommand.CANCEL);
    try (JournalReader journal = JournalReader.open(store)) {
      assertEquals(1, journal.lostEvents(), "the loss is still detected");
    }
  }

  private CampaignStatus send(ControlCommand command) throws InterruptedException {
    return client.send("unfinished", command, LONG_TIMEOUT);
  }

  private CampaignStatus sendUnchecked(ControlCommand command) {
    try {
      return send(command);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void assertRejected(String part, String campaign, ControlCommand command) {
    CommandRejectedException rejected =
        assertThrows(
            CommandRejectedException.class, () -> client.send(campaign, command, LONG_TIMEOUT));
    assertTrue(rejected.getMessage().contains(part), rejected.getMessage());
    assertFalse(rejected.getMessage().contains("\n"));
  }

  private void awaitQueuedCommand() {
    while (queuedFiles().isEmpty()) {
      Thread.onSpinWait();
    }
  }

  private List<Path> queuedFiles() {
    if (!Files.isDirectory(store.commands())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(store.commands())) {
      return files.filter(file -> file.toString().endsWith(".json")).toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> kinds() {
    try (JournalReader journal = JournalReader.open(store)) {
      return journal.read(JournalId.campaign("unfinished"), 1, 100).stream()
          .map(StoredEvent::event)
          .map(EventCodec::nameOf)
          .toList();
    }
  }

  private static TombolaEvent started(String name) {
    return new CampaignStarted(
        ConfigLoader.load(Optional.empty(), List.of("name=" + name, "replicates=1")).campaign(),
        new Provenance(new TreeMap<>(), new TreeMap<>()),
        START);
  }
}
