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

/** Orders to real stores, with and without somebody who works on them. */
@Timeout(60)
class ControlClientTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Instant START = Instant.parse("2026-11-22T09:00:00Z");

  @TempDir Path root;
  private StoreLayout store;
  private ControlClient desk;

  @BeforeEach
  void begin() {
    store = new StoreLayout(root);
    store.create();
    JournalWriter.begin(
        store,
        Map.of(
            JournalId.campaign("begun"),
            List.of(started("begun")),
            JournalId.campaign("done"),
            List.of(started("done"), new CampaignFinished(START.plusSeconds(9)))));
    desk = new ControlClient(store, Clock.systemUTC());
  }

  @Test
  void isEnteredWhereNobodyHasTheStore() throws Exception {
    assertEquals(CampaignStatus.State.PAUSED, give(ControlCommand.PAUSE).state());
    assertEquals(
        CampaignStatus.State.PAUSED, give(ControlCommand.PAUSE).state(), "it is so already");
    assertEquals(CampaignStatus.State.CANCELLED, give(ControlCommand.CANCEL).state());
    assertEquals(CampaignStatus.State.INTERRUPTED, give(ControlCommand.RESUME).state());
    assertEquals(Optional.empty(), give(ControlCommand.RESUME).process());
    assertEquals(
        List.of("CampaignStarted", "CampaignPaused", "CampaignCancelled", "CampaignUnpaused"),
        kinds());
    assertEquals(List.of(), letters());
  }

  @Test
  void isRefusedInOneLineWhereItCannotBeFollowed() throws Exception {
    assertRefused("'done' is finished; 'tombola results'", "done", ControlCommand.PAUSE);
    assertRefused("none named 'gone'", "gone", ControlCommand.CANCEL);
    give(ControlCommand.CANCEL);
    assertRefused("'begun' is cancelled; 'tombola resume'", "begun", ControlCommand.PAUSE);
    StoreLayout nowhere = new StoreLayout(root.resolve("nowhere"));
    assertThrows(
        NoStoreException.class,
        () ->
            new ControlClient(nowhere, Clock.systemUTC())
                .give("begun", ControlCommand.PAUSE, LONG));
  }

  @Test
  void isWithdrawnWhereWhoHasTheStoreTakesNoOrders() throws Exception {
    try (StoreLock busy = StoreLock.acquire(store)) {
      CommandTimeoutException unanswered =
          assertThrows(
              CommandTimeoutException.class, () -> desk.give("begun", ControlCommand.PAUSE, SHORT));
      assertTrue(
          unanswered.getMessage().contains("process " + ProcessHandle.current().pid()),
          unanswered.getMessage());
      assertTrue(unanswered.getMessage().contains("withdrawn"), unanswered.getMessage());
      assertEquals(List.of(), letters());
    }
    assertEquals(List.of("CampaignStarted"), kinds());
  }

  @Test
  void isEnteredByItsGiverIfWhoHasTheStoreIsGoneFirst() throws Exception {
    CompletableFuture<CampaignStatus> given;
    try (StoreLock busy = StoreLock.acquire(store)) {
      given = CompletableFuture.supplyAsync(() -> giveQuietly(ControlCommand.PAUSE));
      awaitLetter();
    }
    assertEquals(CampaignStatus.State.PAUSED, given.get().state());
    assertEquals(List.of("CampaignStarted", "CampaignPaused"), kinds());
    assertEquals(List.of(), letters());
  }

  @Test
  void isGivenAnewToWhoHasTheStoreNext() throws Exception {
    // As a process that is gone left it, for somebody who gave up.
    String gone = new LockHolder(1, "elsewhere", START).toString();
    new CommandQueue(store, Clock.systemUTC())
        .put(new QueuedCommand(gone, "begun", ControlCommand.PAUSE));
    BlockingQueue<String> followed = new LinkedBlockingQueue<>();
    try (StoreLock lock = StoreLock.acquire(store)) {
      CompletableFuture<CampaignStatus> given =
          CompletableFuture.supplyAsync(() -> giveQuietly(ControlCommand.CANCEL));
      try (ControlInbox intake =
          ControlInbox.start(
              store,
              (campaign, order) -> {
                followed.add(order + " " + campaign);
                JournalWriter.append(
                    store, JournalId.campaign(campaign), new CampaignCancelled(Instant.now()));
              })) {
        assertEquals("cancel begun", followed.poll(1, TimeUnit.MINUTES));
        assertEquals(CampaignStatus.State.CANCELLED, given.get().state());
      }
    }
    assertEquals(0, followed.size(), "an order to another process is nobody's");
    assertEquals(List.of("CampaignStarted", "CampaignCancelled"), kinds());
  }

  @Test
  void anUnreadableLetterIsPassedOver() throws Exception {
    Files.createDirectories(store.orders());
    Files.writeString(store.orders().resolve("0.json"), "{\"to\":");
    BlockingQueue<ControlCommand> followed = new LinkedBlockingQueue<>();
    try (StoreLock lock = StoreLock.acquire(store)) {
      String self = LockHolder.find(store).orElseThrow().toString();
      new CommandQueue(store, Clock.systemUTC())
          .put(new QueuedCommand(self, "begun", ControlCommand.PAUSE));
      try (ControlInbox intake = ControlInbox.start(store, (campaign, o) -> followed.add(o))) {
        assertEquals(ControlCommand.PAUSE, followed.poll(1, TimeUnit.MINUTES));
      }
    }
    assertEquals(List.of(), letters());
  }

  @Test
  void aJournalThatLostItsEndIsNotWrittenOver() throws Exception {
    byte[] older = Files.readAllBytes(store.journal());
    JournalWriter.append(store, JournalId.campaign("begun"), new CampaignPaused(START));
    Files.write(store.journal(), older);
    assertRefused(
        "'begun' has lost 1 events; see 'tombola verify'", "begun", ControlCommand.CANCEL);
    try (JournalReader journal = JournalReader.open(store)) {
      assertEquals(1, journal.lostEvents(), "the loss is still told of");
    }
  }

  private CampaignStatus give(ControlCommand order) throws InterruptedException {
    return desk.give("begun", order, LONG);
  }

  private CampaignStatus giveQuietly(ControlCommand order) {
    try {
      return give(order);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void assertRefused(String part, String campaign, ControlCommand order) {
    CommandRejectedException refused =
        assertThrows(CommandRejectedException.class, () -> desk.give(campaign, order, LONG));
    assertTrue(refused.getMessage().contains(part), refused.getMessage());
    assertFalse(refused.getMessage().contains("\n"));
  }

  private void awaitLetter() {
    while (letters().isEmpty()) {
      Thread.onSpinWait();
    }
  }

  private List<Path> letters() {
    if (!Files.isDirectory(store.orders())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(store.orders())) {
      return files.filter(file -> file.toString().endsWith(".json")).toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> kinds() {
    try (JournalReader journal = JournalReader.open(store)) {
      return journal.read(JournalId.campaign("begun"), 1, 100).stream()
          .map(StoredEvent::event)
          .map(event -> event.getClass().getSimpleName())
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
