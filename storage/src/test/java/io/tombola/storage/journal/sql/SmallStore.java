package io.tombola.storage.journal.sql;

import static io.tombola.storage.Samples.completions;

import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.event.CampaignEvent;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.event.TombolaEvent;
import io.tombola.protocol.state.CampaignState;
import io.tombola.storage.Samples;
import io.tombola.storage.StoreId;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.artifact.ArtifactStore;
import io.tombola.storage.journal.JournalWriter;
import io.tombola.storage.journal.akka.JournalClient;
import io.tombola.storage.journal.akka.StoreConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of a store in memory, so that a test can write them many times.
 *
 * @param files content by path relative to the root of the store
 * @param events acknowledged events by id
 */
record SmallStore(SortedMap<String, byte[]> files, SortedMap<String, List<TombolaEvent>> events) {

  static final String DATABASE = "journal/tombola.db";
  static final String LOG = "journal/tombola.db-wal";

  private static final String CAMPAIGN = JournalId.campaign("one");
  private static final String REPLICATE = JournalId.replicate(new ReplicateId("one", 1));

  /**
   * Creates a store as a killed process leaves it, with part of its journal in the database and
   * part in the write-ahead log.
   *
   * @param more events of the campaign itself, with a snapshot after every tenth
   */
  static SmallStore killed(Path root, int pageBytes, int more) throws Exception {
    SortedMap<String, List<TombolaEvent>> events = begin(new StoreLayout(root), pageBytes);
    try (JournalClient client = new JournalClient(StoreConfig.of(new StoreLayout(root)))) {
      append(client, events, more);
      // Read while it is open: the last connection to close copies the log into the database.
      return new SmallStore(read(root), events);
    }
  }

  /** Creates a store as a process leaves it that closed it: the journal is in the database. */
  static SmallStore closed(Path root, int pageBytes, int more) throws Exception {
    SortedMap<String, List<TombolaEvent>> events = begin(new StoreLayout(root), pageBytes);
    try (JournalClient client = new JournalClient(StoreConfig.of(new StoreLayout(root)))) {
      append(client, events, more);
    }
    return new SmallStore(read(root), events);
  }

  private static SortedMap<String, List<TombolaEvent>> begin(StoreLayout store, int pageBytes)
      throws SQLException {
    store.create();
    StoreId.of(store);
    ArtifactStore artifacts = new ArtifactStore(store);
    Samples.artifacts().subList(0, 2).forEach(artifacts::put);
    artifacts.put(Samples.CHECKPOINT);
    try (Connection connection = DriverManager.getConnection(store.journalUrl());
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA page_size = " + pageBytes);
      statement.execute("PRAGMA journal_mode = WAL");
    }
    SortedMap<String, List<TombolaEvent>> events = new TreeMap<>();
    events.put(CAMPAIGN, new ArrayList<>(List.of(Samples.started("one", Samples.NOON))));
    // In the middle of its training, so that a checkpoint is needed.
    events.put(REPLICATE, List.copyOf(Samples.replicate("one", 1).subList(0, 5)));
    JournalWriter.begin(store, events);
    return events;
  }

  private static void append(
      JournalClient client, SortedMap<String, List<TombolaEvent>> events, int more) {
    List<TombolaEvent> campaign = events.get(CAMPAIGN);
    for (CampaignEvent event : completions(3, more)) {
      campaign.add(event);
      client.write("w", CAMPAIGN, campaign.size(), List.of(event));
      if (campaign.size() % 10 == 0) {
        client.save(CAMPAIGN, campaign.size(), state(campaign));
      }
    }
    client.save(CAMPAIGN, campaign.size(), state(campaign));
  }

  /** Writes the files into an empty directory, or again into the same one. */
  StoreLayout writeTo(Path root) throws IOException {
    return writeTo(root, files);
  }

  /** Writes the files with one of them changed. */
  StoreLayout writeTo(Path root, String file, byte[] content) throws IOException {
    SortedMap<String, byte[]> changed = new TreeMap<>(files);
    changed.put(file, content);
    return writeTo(root, changed);
  }

  private static StoreLayout writeTo(Path root, Map<String, byte[]> files) throws IOException {
    StoreLayout store = new StoreLayout(root);
    for (String left : List.of("-shm", "-wal")) {
      Files.deleteIfExists(store.journal().resolveSibling("tombola.db" + left));
    }
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = root.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    return store;
  }

  private static CampaignState state(List<TombolaEvent> events) {
    CampaignState state = CampaignState.EMPTY;
    for (TombolaEvent event : events) {
      state = state.apply((CampaignEvent) event);
    }
    return state;
  }

  private static SortedMap<String, byte[]> read(Path root) throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      paths
          .filter(Files::isRegularFile)
          .filter(path -> !path.toString().endsWith("-shm"))
          .forEach(path -> files.put(root.relativize(path).toString(), bytes(path)));
    }
    return files;
  }

  private static byte[] bytes(Path path) {
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
