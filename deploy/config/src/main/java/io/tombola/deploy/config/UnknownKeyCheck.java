package io.tombola.deploy.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares a configuration with the tree of known keys, which is that of the defaults. */
final class UnknownKeyCheck {

  private static final Comparator<Map.Entry<String, ConfigValue>> BY_LINE =
      Comparator.<Map.Entry<String, ConfigValue>>comparingInt(
              entry -> entry.getValue().origin().lineNumber())
          .thenComparing(Map.Entry::getKey);

  private final ConfigObject known;

  UnknownKeyCheck(ConfigObject known) {
    this.known = known;
  }

  /**
   * Checks that every key is known and that blocks are blocks.
   *
   * @throws BadConfigException for the first that is not
   */
  void check(ConfigObject found) {
    check(found, known, List.of());
  }

  private void check(ConfigObject found, ConfigObject allowed, List<String> above) {
    for (Map.Entry<String, ConfigValue> entry :
        found.entrySet().stream().sorted(BY_LINE).toList()) {
      List<String> path = below(above, entry.getKey());
      ConfigValue schema = allowed.get(entry.getKey());
      if (schema == null) {
        throw unknown(path, entry.getValue(), allowed);
      }
      if (schema instanceof ConfigObject block && !block.isEmpty()) {
        if (!(entry.getValue() instanceof ConfigObject inner)) {
          throw notABlock(path, entry.getValue(), block);
        }
        check(inner, block, path);
      }
    }
  }

  private BadConfigException unknown(List<String> path, ConfigValue value, ConfigObject siblings) {
    String key = path.get(path.size() - 1);
    String next =
        suggestion(path, siblings)
            .map(near -> "did you mean " + near + "?")
            .orElseGet(
                () ->
                    "the keys "
                        + (path.size() == 1 ? "at the top" : "of " + block(path))
                        + " are: "
                        + String.join(", ", siblings.keySet().stream().sorted().toList()));
    return BadConfigException.line(
        OriginText.subject(firstLeaf(value).origin(), path)
            + ": expected a known key, found '"
            + key
            + "'; "
            + next);
  }

  private static BadConfigException notABlock(
      List<String> path, ConfigValue value, ConfigObject block) {
    return BadConfigException.value(
        OriginText.subject(value.origin(), path),
        "a block with the keys " + String.join(", ", block.keySet().stream().sorted().toList()),
        // A text instead of the journal's block may be an address with a password in it.
        path.get(0).equals(JournalKeys.BLOCK) ? "something else" : ValueText.text(value),
        "write " + path.get(path.size() - 1) + " { ... }");
  }

  /** The nearest sibling; else a key of the same name, or nearly so, in another block. */
  private Optional<String> suggestion(List<String> path, ConfigObject siblings) {
    String key = path.get(path.size() - 1);
    Optional<String> sibling =
        NearestName.of(key, siblings.keySet())
            .map(near -> ConfigUtil.joinPath(below(path.subList(0, path.size() - 1), near)));
    if (sibling.isPresent()) {
      return sibling;
    }
    List<List<String>> all = new ArrayList<>();
    collect(known, List.of(), all);
    List<String> names = all.stream().map(UnknownKeyCheck::last).distinct().toList();
    return NearestName.of(key, names)
        .flatMap(near -> all.stream().filter(p -> last(p).equals(near)).findFirst())
        .map(ConfigUtil::joinPath);
  }

  private static void collect(ConfigObject block, List<String> above, List<List<String>> all) {
    for (Map.Entry<String, ConfigValue> entry : block.entrySet()) {
      List<String> path = below(above, entry.getKey());
      all.add(path);
      if (entry.getValue() instanceof ConfigObject inner) {
        collect(inner, path, all);
      }
    }
  }

  /** A block made by {@code --set a.b.c=v} has the option's origin only at its leaf. */
  private static ConfigValue firstLeaf(ConfigValue value) {
    ConfigValue leaf = value;
    while (leaf.valueType() == ConfigValueType.OBJECT && !((ConfigObject) leaf).isEmpty()) {
      leaf = ((ConfigObject) leaf).values().iterator().next();
    }
    return OriginText.isSet(leaf.origin()) ? leaf : value;
  }

  private static String block(List<String> path) {
    return ConfigUtil.joinPath(path.subList(0, path.size() - 1));
  }

  private static String last(List<String> path) {
    return path.get(path.size() - 1);
  }

  private static List<String> below(List<String> above, String key) {
    List<String> path = new ArrayList<>(above);
    path.add(key);
    return List.copyOf(path);
  }
}
