package io.tombola.storage.journal;

import io.tombola.storage.BadJournalAddressException;
import io.tombola.storage.JournalAddress;
import io.tombola.storage.JournalUnavailableException;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.StoredJournalAddress;
import io.tombola.storage.journal.sql.WriteConnection;
import java.nio.file.Files;
import java.util.Optional;

/** Which journal a store has: chosen by its first run, and the same ever after. Stateless. */
public final class JournalBinding {

  private JournalBinding() {}

  /**
   * Sees to it that the store's journal can be written to, and that the store knows where it is;
   * for the holder of the store's lock.
   *
   * @param asked the address asked for; empty: the one the store has, else a database inside
   * @throws BadJournalAddressException if the store has another journal, or the database has
   *     another store
   * @throws io.tombola.storage.lock.StoreInUseException if another process writes to the database
   * @throws JournalUnavailableException if the database does not answer
   */
  public static void settle(StoreLayout store, Optional<JournalAddress> asked) {
    Optional<JournalAddress> recorded = StoredJournalAddress.find(store);
    asked.ifPresent(address -> requireSame(store, address, recorded));
    Optional<JournalAddress> chosen = asked.or(() -> recorded);
    chosen.ifPresent(address -> claim(store, address));
    // After the claim, so that a mistyped address is not kept.
    chosen
        .filter(address -> !recorded.equals(Optional.of(address)))
        .ifPresent(address -> StoredJournalAddress.write(store, address));
  }

  private static void requireSame(
      StoreLayout store, JournalAddress asked, Optional<JournalAddress> recorded) {
    if (recorded.isPresent() && !recorded.get().place().equals(asked.place())) {
      throw new BadJournalAddressException(
          "journal.url: expected "
              + recorded.get().place()
              + ", where the journal of "
              + store.root()
              + " is, found "
              + asked.place()
              + "; leave it out to go on, or give another --store");
    }
    if (recorded.isEmpty() && Files.exists(store.journal())) {
      throw new BadJournalAddressException(
          "journal.url: expected none, since the journal of "
              + store.root()
              + " is inside, found "
              + asked.place()
              + "; leave it out to go on, or give another --store");
    }
  }

  private static void claim(StoreLayout store, JournalAddress address) {
    try (WriteConnection journal = WriteConnection.open(store, address)) {
      journal.commit();
    }
  }
}
