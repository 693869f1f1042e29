package io.tombola.deploy.config;

import io.tombola.protocol.spec.CampaignSpec;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The differences between two campaigns; a stored campaign is never silently changed. */
public final class SpecDifference {

  private SpecDifference() {}

  /**
   * One line for each key that differs, such as {@code training.iterations: stored 2000, asked
   * 3000}; none for equal campaigns. The engine {@code auto} equals any stored engine.
   */
  public static List<String> between(CampaignSpec stored, CampaignSpec asked) {
    Map<String, String> before = CampaignSettings.of(stored);
    Map<String, String> after = CampaignSettings.of(asked.asBegun(stored));
    Set<String> keys = new LinkedHashSet<>(before.keySet());
    keys.addAll(after.keySet());
    return keys.stream()
        // Files may be moved: the data set is compared by its hash.
        .filter(key -> !key.equals(DatasetKeys.DIR.typed()))
        .filter(key -> !shown(before, key).equals(shown(after, key)))
        .map(key -> key + ": stored " + shown(before, key) + ", asked " + shown(after, key))
        .toList();
  }

  private static String shown(Map<String, String> values, String key) {
    return values.getOrDefault(key, "none");
  }
}
