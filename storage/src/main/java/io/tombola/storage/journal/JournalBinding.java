package io.tombola.storage.journal;

import io.tombola.storage.BadJournalAddressException;
import io.tombola.storage.JournalAddress;
import io.tombola.storage.JournalUnavailableException;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.StoredJournalAddress;
import io.tombola.storage.journal.sql.WriteConnection;
import java.nio.file.Files;
import java.util.Optional;

/** Binds a store to one journal: its first run chooses it, and it never changes. Stateless. */
public final class JournalBinding {

  private JournalBinding() {}

  /**
   * Checks that the store's journal can be written to, and stores its address; for the holder of
   * the store's lock.
   *
   * @param requested the address from the configuration; empty: the stored one, else a database
   *     inside the store
   * @throws BadJournalAddressException if the store has another journal, or the database has
   *     another store
   * @throws io.tombola.storage.lock.StoreInUseException if another process writes to the database
   * @throws JournalUnavailableException if the database does not answer
   */
  public static void bind(StoreLayout store, Optional<JournalAddress> requested) {
    Optional<JournalAddress> stored = StoredJournalAddress.find(store);
    requested.ifPresent(address -> requireSame(store, address, stored));
    Optional<JournalAddress> chosen = requested.or(() -> stored);
    chosen.ifPresent(address -> claim(store, address));
    // After the claim, so that a mistyped address is not stored.
    chosen
        .filter(address -> !stored.equals(Optional.of(address)))
        .ifPresent(address -> StoredJournalAddress.write(store, address));
  }

  private static void requireSame(
      StoreLayout store, JournalAddress requested, Optional<JournalAddress> stored) {
    if (stored.isPresent() && !stored.get().place().equals(requested.place())) {
      throw new BadJournalAddressException(
          "journal.url: expected "
              + stored.get().place()
              + ", where the journal of "
              + store.root()
              + " is, found "
              + requested.place()
              + "; leave it out to resume, or give another --store");
    }
    if (stored.isEmpty() && Files.exists(store.journal())) {
      throw new BadJournalAddressException(
          "journal.url: expected none, since the journal of "
              + store.root()
              + " is inside, found "
              + requested.place()
              + "; leave it out to resume, or give another --store");
    }
  }

  private static void claim(StoreLayout store, JournalAddress address) {
    try (WriteConnection journal = WriteConnection.open(store, address)) {
      journal.commit();
    }
  }
}
