package io.tombola.deploy.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Typed values of a merged and resolved configuration; whatever is wrong names its place. */
final class ConfigReader {

  private final ConfigObject root;
  private final ConfigObject defaults;

  /**
   * Reads from {@code root}.
   *
   * @param defaults the values that error messages show as an example
   */
  ConfigReader(ConfigObject root, ConfigObject defaults) {
    this.root = root;
    this.defaults = defaults;
  }

  int wholeNumber(String key) {
    return number(key, "a whole number", BigDecimal::intValueExact);
  }

  long longNumber(String key) {
    return number(key, "a whole number", BigDecimal::longValueExact);
  }

  double decimal(String key) {
    return number(key, "a number", BigDecimal::doubleValue);
  }

  Optional<Double> optionalDecimal(String key) {
    return isNull(key) ? Optional.empty() : Optional.of(decimal(key));
  }

  /** True or false. */
  boolean yes(String key) {
    return choice(key, List.of("true", "false")).equals("true");
  }

  /** A length of time, such as {@code 500ms}, {@code 1s} or {@code 5 minutes}. */
  Duration duration(String key) {
    try {
      return at(key).atKey("value").getDuration("value");
    } catch (ConfigException.BadValue | ConfigException.WrongType | ConfigException.Null e) {
      throw wrong(key, "a duration");
    }
  }

  /** The texts of a list; a text stands for the list of its parts between commas. */
  List<String> list(String key) {
    if (!(at(key) instanceof ConfigList list)) {
      String text = text(key).replaceAll("^\\[|]$", "");
      return text.isBlank()
          ? List.of()
          : Stream.of(text.split(",", -1))
              .map(part -> part.trim().replaceAll("\\s+", " "))
              .toList();
    }
    if (list.stream().anyMatch(ConfigReader::isContainer)) {
      throw wrong(key, "a list of texts");
    }
    return list.stream()
        .map(value -> String.valueOf(value.unwrapped()).trim().replaceAll("\\s+", " "))
        .toList();
  }

  /** Whole numbers, as {@link #list} finds them. */
  List<Integer> wholeNumbers(String key) {
    try {
      return list(key).stream().map(Integer::valueOf).toList();
    } catch (NumberFormatException e) {
      throw wrong(key, "a list of whole numbers");
    }
  }

  Optional<Integer> optionalWholeNumber(String key) {
    return isNull(key) ? Optional.empty() : Optional.of(wholeNumber(key));
  }

  String text(String key) {
    ConfigValue value = at(key);
    if (value.valueType() == ConfigValueType.NULL || isContainer(value)) {
      throw wrong(key, "a text");
    }
    String text = value.unwrapped().toString();
    if (text.isBlank()) {
      throw wrong(key, "a text");
    }
    return text;
  }

  Optional<String> optionalText(String key) {
    return isNull(key) ? Optional.empty() : Optional.of(text(key));
  }

  /** A constant of {@code type}, written in lower case with dashes. */
  <E extends Enum<E>> E choice(String key, Class<E> type) {
    String text = text(key);
    List<E> all = List.of(type.getEnumConstants());
    return all.stream()
        .filter(constant -> word(constant).equals(text))
        .findFirst()
        .orElseThrow(() -> wrong(key, oneOf(all.stream().map(ConfigReader::word).toList())));
  }

  /** One of {@code names}. */
  String choice(String key, List<String> names) {
    String text = text(key);
    if (!names.contains(text)) {
      throw wrong(key, oneOf(names));
    }
    return text;
  }

  /** Every value under {@code key}, as text, by its path below it. */
  Map<String, String> properties(String key) {
    if (!(at(key) instanceof ConfigObject block)) {
      throw wrong(key, "a block of properties");
    }
    Map<String, String> properties = new TreeMap<>();
    block
        .toConfig()
        .entrySet()
        .forEach(
            entry ->
                properties.put(
                    String.join(".", ConfigUtil.splitPath(entry.getKey())),
                    entry.getValue().unwrapped().toString()));
    return properties;
  }

  /** The complaint that the value at {@code key} is not {@code expected}. */
  BadConfigException wrong(String key, String expected) {
    return complaint(key, "expected " + expected + ", found " + ValueText.text(at(key)));
  }

  /** A complaint about the value at {@code key}, with its place and an example. */
  BadConfigException complaint(String key, String complaint) {
    return complaint(key, complaint, example(key));
  }

  BadConfigException complaint(String key, String complaint, String next) {
    return BadConfigException.line(
        OriginText.subject(at(key).origin(), ConfigUtil.splitPath(key))
            + ": "
            + complaint
            + "; "
            + next);
  }

  /** The word of an enum constant in files: lower case, with dashes. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private <T> T number(String key, String expected, Function<BigDecimal, T> exact) {
    ConfigValue value = at(key);
    if (value.valueType() != ConfigValueType.NUMBER
        && value.valueType() != ConfigValueType.STRING) {
      throw wrong(key, expected);
    }
    try {
      return exact.apply(new BigDecimal(value.unwrapped().toString().trim()));
    } catch (ArithmeticException | NumberFormatException e) {
      throw wrong(key, expected);
    }
  }

  private String example(String key) {
    ConfigValue known = at(defaults, key);
    String value =
        switch (key) {
          case "campaign.dataset.dir" -> "data/mnist";
          case "campaign.dataset.train-limit", "campaign.dataset.test-limit" -> "10000";
          case "campaign.training.test-every" -> "500";
          case "campaign.pruning.target-percent" -> "3.5";
          case "kafka.client-file" -> "client.properties";
          case "journal.url" -> "\"jdbc:postgresql://localhost/tombola\"";
          case "journal.user" -> "tombola";
          case "journal.password-file" -> "journal-password";
          case "kafka.bootstrap-servers" -> "\"localhost:9092\"";
          case "devices.cpu-slots" -> "2";
          case "notify.url" -> "\"https://example.org/hook\"";
          case "notify.secret-file" -> "webhook-secret";
          default -> known.unwrapped().toString();
        };
    if (OriginText.isSet(at(key).origin())) {
      String typed = key.startsWith("campaign.") ? key.substring("campaign.".length()) : key;
      return "for example --set " + typed + "=" + value.replace("\"", "");
    }
    List<String> path = ConfigUtil.splitPath(key);
    return "for example " + path.get(path.size() - 1) + " = " + value;
  }

  private static String oneOf(List<String> words) {
    return words.size() == 1 ? words.get(0) : "one of " + String.join(", ", words);
  }

  private boolean isNull(String key) {
    return at(key).valueType() == ConfigValueType.NULL;
  }

  private static boolean isContainer(ConfigValue value) {
    return value.valueType() == ConfigValueType.OBJECT || value.valueType() == ConfigValueType.LIST;
  }

  private ConfigValue at(String key) {
    return at(root, key);
  }

  private static ConfigValue at(ConfigObject from, String key) {
    ConfigValue value = from;
    for (String name : ConfigUtil.splitPath(key)) {
      value = ((ConfigObject) value).get(name);
    }
    return value;
  }
}
