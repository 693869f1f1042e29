package io.tombola.deploy.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.tombola.protocol.spec.ValueRange;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * How values of one type are read, checked and written. Immutable and thread-safe.
 *
 * @param name how documents call the type, such as {@code whole number}
 * @param values which of the type's values are accepted; empty for all
 * @param parser reads a value
 * @param writer a value as it is written in a file; empty where it is null
 */
record ConfigKeyType<T>(
    String name, String values, Parser<T> parser, Function<T, Optional<String>> writer) {

  /** Reads a value. */
  @FunctionalInterface
  interface Parser<T> {
    T parse(ConfigValue value) throws UnexpectedValueException;
  }

  static final ConfigKeyType<Integer> WHOLE_NUMBER =
      number("whole number", BigDecimal::intValueExact);

  static final ConfigKeyType<Long> LONG_NUMBER = number("whole number", BigDecimal::longValueExact);

  static final ConfigKeyType<Double> NUMBER = number("number", BigDecimal::doubleValue);

  static final ConfigKeyType<String> TEXT = of("text", "", ConfigKeyType::text);

  static final ConfigKeyType<Boolean> BOOLEAN =
      choice(List.of(true, false), value -> value, value -> value.toString());

  /** A list of texts; a text stands for the list of its parts between commas. */
  static final ConfigKeyType<List<String>> TEXTS = of("list of texts", "", ConfigKeyType::texts);

  /** As {@link #TEXTS}, joined by commas. */
  static final ConfigKeyType<String> LAYERS =
      of("text or list of texts", "", value -> String.join(", ", texts(value)));

  static final ConfigKeyType<List<Integer>> WHOLE_NUMBERS =
      of("list of whole numbers", "", ConfigKeyType::wholeNumbers);

  /** A length of time, such as {@code 500ms}, {@code 1s} or {@code 5 minutes}. */
  static final ConfigKeyType<Duration> DURATION = of("duration", "", ConfigKeyType::duration);

  /** Every value of a block, as text, by its path below the block. */
  static final ConfigKeyType<Map<String, String>> PROPERTIES =
      of("block of properties", "", ConfigKeyType::properties);

  /** A type whose values are written as {@link Object#toString} says. */
  static <T> ConfigKeyType<T> of(String name, String values, Parser<T> parser) {
    return new ConfigKeyType<>(name, values, parser, value -> Optional.of(value.toString()));
  }

  /** A constant of an enum, written in lower case with dashes. */
  static <E extends Enum<E>> ConfigKeyType<E> choice(Class<E> type) {
    return choice(List.of(type.getEnumConstants()), constant -> constant, ConfigKeyType::word);
  }

  /** One of {@code names}. */
  static ConfigKeyType<String> choice(List<String> names) {
    return choice(names, name -> name, name -> name);
  }

  private static <C, T> ConfigKeyType<T> choice(
      List<C> choices, Function<C, T> toValue, Function<T, String> word) {
    List<String> words = choices.stream().map(choice -> word.apply(toValue.apply(choice))).toList();
    String values = words.size() == 1 ? words.get(0) : "one of " + String.join(", ", words);
    return new ConfigKeyType<>(
        "choice",
        values,
        value -> {
          int index = words.indexOf(text(value));
          if (index < 0) {
            throw new UnexpectedValueException(values);
          }
          return toValue.apply(choices.get(index));
        },
        value -> Optional.of(word.apply(value)));
  }

  /** A type whose value can also be null, which is empty. */
  static <T> ConfigKeyType<Optional<T>> optional(ConfigKeyType<T> type) {
    return new ConfigKeyType<>(
        type.name + " or null",
        type.values,
        value ->
            value.valueType() == ConfigValueType.NULL
                ? Optional.empty()
                : Optional.of(type.parser.parse(value)),
        value -> value.flatMap(type.writer));
  }

  /** Those numbers of a type that are in a range. */
  static <N extends Number> ConfigKeyType<N> in(ValueRange range, ConfigKeyType<N> type) {
    return new ConfigKeyType<>(
        type.name,
        range.expected(),
        value -> {
          N number = type.parser.parse(value);
          if (!range.contains().test(number.doubleValue())) {
            throw new UnexpectedValueException(range.expected(), number.toString());
          }
          return number;
        },
        type.writer);
  }

  /**
   * Those values of this type that hold a condition.
   *
   * @param expected the condition, as error messages and documents say it
   */
  ConfigKeyType<T> where(String expected, Predicate<T> condition) {
    return new ConfigKeyType<>(
        name,
        expected,
        value -> {
          T found = parser.parse(value);
          if (!condition.test(found)) {
            throw new UnexpectedValueException(expected);
          }
          return found;
        },
        writer);
  }

  /** The word for an enum constant in files: lower case, with dashes. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static <N extends Number> ConfigKeyType<N> number(
      String name, Function<BigDecimal, N> exact) {
    return of(
        name,
        "",
        value -> {
          if (value.valueType() != ConfigValueType.NUMBER
              && value.valueType() != ConfigValueType.STRING) {
            throw new UnexpectedValueException("a " + name);
          }
          try {
            return exact.apply(new BigDecimal(value.unwrapped().toString().trim()));
          } catch (ArithmeticException | NumberFormatException e) {
            throw new UnexpectedValueException("a " + name);
          }
        });
  }

  private static String text(ConfigValue value) throws UnexpectedValueException {
    if (value.valueType() == ConfigValueType.NULL
        || isContainer(value)
        || value.unwrapped().toString().isBlank()) {
      throw new UnexpectedValueException("a text");
    }
    return value.unwrapped().toString();
  }

  private static List<String> texts(ConfigValue value) throws UnexpectedValueException {
    if (!(value instanceof ConfigList list)) {
      String text = text(value).replaceAll("^\\[|]$", "");
      return text.isBlank()
          ? List.of()
          : Stream.of(text.split(",", -1)).map(ConfigKeyType::singleSpaced).toList();
    }
    if (list.stream().anyMatch(ConfigKeyType::isContainer)) {
      throw new UnexpectedValueException("a list of texts");
    }
    return list.stream().map(text -> singleSpaced(String.valueOf(text.unwrapped()))).toList();
  }

  private static List<Integer> wholeNumbers(ConfigValue value) throws UnexpectedValueException {
    try {
      return texts(value).stream().map(Integer::valueOf).toList();
    } catch (NumberFormatException e) {
      throw new UnexpectedValueException("a list of whole numbers");
    }
  }

  private static Duration duration(ConfigValue value) throws UnexpectedValueException {
    try {
      return value.atKey("value").getDuration("value");
    } catch (ConfigException.BadValue | ConfigException.WrongType | ConfigException.Null e) {
      throw new UnexpectedValueException("a duration");
    }
  }

  private static Map<String, String> properties(ConfigValue value) throws UnexpectedValueException {
    if (!(value instanceof ConfigObject block)) {
      throw new UnexpectedValueException("a block of properties");
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

  private static String singleSpaced(String text) {
    return text.trim().replaceAll("\\s+", " ");
  }

  private static boolean isContainer(ConfigValue value) {
    return value.valueType() == ConfigValueType.OBJECT || value.valueType() == ConfigValueType.LIST;
  }
}
