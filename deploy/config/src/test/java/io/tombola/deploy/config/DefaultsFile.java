package io.tombola.deploy.config;

import java.util.ArrayList;
import java.util.List;

/** Writes the file of defaults from the definitions of the keys. */
final class DefaultsFile {

  private final StringBuilder out = new StringBuilder();
  private final List<String> open = new ArrayList<>();

  private DefaultsFile() {}

  static String render(List<ConfigEntry> entries) {
    DefaultsFile file = new DefaultsFile();
    file.comment(
        """
        Every key with its default. A campaign file holds only what differs. Generated from the
        definitions of the keys, with the reference page: ConfigDocumentsTest says how.\
        """);
    entries.forEach(file::add);
    file.close(0);
    return file.out.toString();
  }

  private void add(ConfigEntry entry) {
    List<String> names = entry.names();
    close(names.size() - 1);
    if (out.charAt(out.length() - 2) != '{') {
      out.append('\n');
    }
    comment(entry.doc());
    if (entry instanceof ConfigKey<?> key) {
      String separator = key.defaultValue().startsWith("{") ? " " : " = ";
      line(key.name() + separator + key.defaultValue());
    } else {
      line(entry.name() + " {");
      open.add(entry.name());
    }
  }

  private void close(int depth) {
    while (open.size() > depth) {
      open.remove(open.size() - 1);
      line("}");
    }
  }

  private void comment(String text) {
    text.lines().forEach(line -> line(line.isEmpty() ? "#" : "# " + line));
  }

  private void line(String text) {
    text.lines().forEach(line -> out.append("  ".repeat(open.size())).append(line).append('\n'));
  }
}
