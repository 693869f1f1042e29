package io.tombola.deploy.cli;

import io.tombola.deploy.config.NearestName;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.storage.NoStoreException;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.journal.JournalReader;
import io.tombola.storage.view.CampaignView;
import java.util.List;
import java.util.Optional;

/** Finds the campaigns of a store by the names that a user types. */
final class CampaignLookup {

  private CampaignLookup() {}

  /**
   * The campaign of that name; all campaigns, the newest last, if no name is given.
   *
   * @throws UsageException if there is no such campaign in the store, or none at all
   */
  static List<CampaignView> of(JournalReader journal, StoreLayout store, Optional<String> name) {
    List<CampaignView> all = CampaignView.all(journal);
    if (all.isEmpty()) {
      throw new UsageException(
          "expected a campaign in " + store.root() + ", found none; start with 'tombola run'");
    }
    if (name.isEmpty()) {
      return all;
    }
    require(all.stream().map(CampaignView::name).toList(), store.root().toString(), name.get());
    return all.stream().filter(view -> view.name().equals(name.get())).toList();
  }

  /**
   * The campaign of that name; the newest if no name is given.
   *
   * @throws UsageException if there is no such campaign in the store, or none at all
   */
  static CampaignView newest(JournalReader journal, StoreLayout store, Optional<String> name) {
    List<CampaignView> found = of(journal, store, name);
    return found.get(found.size() - 1);
  }

  /**
   * Checks that a campaign is one of those in the store.
   *
   * @param store what the store is called
   * @throws UsageException if it is not
   */
  static void require(List<String> names, String store, String name) {
    if (!names.contains(name)) {
      throw unknown(names, store, name);
    }
  }

  /** Warns if the journal lost its last events, which nothing else in a view of it shows. */
  static void warnOfLoss(JournalReader journal, Console console) {
    long lost = journal.lostEvents();
    if (lost > 0) {
      console.err().printf("warning: the last %d events are gone; see 'tombola verify'%n", lost);
      console.err().flush();
    }
  }

  /**
   * The specification of a campaign of the store; empty if there is no such campaign or no store.
   */
  static Optional<CampaignSpec> stored(StoreLayout store, String name) {
    try (JournalReader journal = JournalReader.open(store)) {
      return CampaignView.read(journal, name).flatMap(view -> view.campaign().spec());
    } catch (NoStoreException e) {
      return Optional.empty();
    }
  }

  private static UsageException unknown(List<String> names, String store, String name) {
    String next =
        NearestName.of(name, names)
            .map(near -> "did you mean " + near + "?")
            .orElse("there are: " + String.join(", ", names));
    return new UsageException(
        "expected a campaign in " + store + ", found none named '" + name + "'; " + next);
  }
}
