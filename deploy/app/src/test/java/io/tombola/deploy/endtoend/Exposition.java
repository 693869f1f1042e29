package io.tombola.deploy.endtoend;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What was measured in some answers of a store together.
 *
 * @param types of metrics, by name
 * @param labels of metrics, by name
 */
record Exposition(Map<String, String> types, Map<String, Set<String>> labels) {

  private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
  private static final Pattern SAMPLE = Pattern.compile("([a-z_]+)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"[^\"]*\"");

  Exposition() {
    this(new TreeMap<>(), new TreeMap<>());
  }

  /** Adds what an answer holds. */
  void add(String text) {
    TYPE.matcher(text).results().forEach(type -> types.put(type.group(1), type.group(2)));
    text.lines()
        .filter(line -> !line.startsWith("#"))
        .map(Exposition::sample)
        .forEach(
            sample ->
                LABEL
                    .matcher(sample.group(2) == null ? "" : sample.group(2))
                    .results()
                    .forEach(label -> labelsOf(sample.group(1)).add(label.group(1))));
  }

  Set<String> labelsOf(String metric) {
    return labels.computeIfAbsent(metric, none -> new TreeSet<>());
  }

  /** The values of an answer, each with the name and labels it stands behind. */
  static Map<String, Double> values(String text) {
    Map<String, Double> values = new LinkedHashMap<>();
    text.lines()
        .filter(line -> !line.startsWith("#"))
        .map(Exposition::sample)
        .forEach(
            sample ->
                values.put(
                    sample.group().substring(0, sample.start(3) - 1),
                    Double.valueOf(sample.group(3))));
    return values;
  }

  private static Matcher sample(String line) {
    Matcher sample = SAMPLE.matcher(line);
    if (!sample.matches()) {
      throw new IllegalArgumentException("expected a sample, found " + line);
    }
    return sample;
  }
}
