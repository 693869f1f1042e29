package io.tombola.deploy.config;

import com.typesafe.config.ConfigUtil;
import io.tombola.protocol.spec.CampaignSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The effective campaign as a HOCON file that configures exactly the same. */
public final class ResolvedConfig {

  private static final Pattern BARE = Pattern.compile("[A-Za-z0-9._-]+");

  private ResolvedConfig() {}

  /**
   * The block {@code campaign} with every key, in the order of the defaults, ending with a newline.
   */
  public static String render(CampaignSpec spec) {
    StringBuilder out = new StringBuilder("campaign {\n");
    List<String> open = new ArrayList<>();
    for (Map.Entry<String, String> entry : CampaignSettings.of(spec).entrySet()) {
      List<String> path = ConfigUtil.splitPath(entry.getKey());
      List<String> blocks = path.subList(0, path.size() - 1);
      while (!startsWith(blocks, open)) {
        open.remove(open.size() - 1);
        indent(out, open.size()).append("}\n");
      }
      for (String block : blocks.subList(open.size(), blocks.size())) {
        indent(out, open.size()).append(block).append(" {\n");
        open.add(block);
      }
      indent(out, open.size())
          .append(path.get(path.size() - 1))
          .append(" = ")
          .append(quoted(entry.getValue()))
          .append('\n');
    }
    while (!open.isEmpty()) {
      open.remove(open.size() - 1);
      indent(out, open.size()).append("}\n");
    }
    return out.append("}\n").toString();
  }

  private static boolean startsWith(List<String> path, List<String> prefix) {
    return prefix.size() <= path.size() && path.subList(0, prefix.size()).equals(prefix);
  }

  private static StringBuilder indent(StringBuilder out, int depth) {
    return out.append("  ".repeat(depth + 1));
  }

  private static String quoted(String value) {
    return BARE.matcher(value).matches() || value.startsWith("[")
        ? value
        : ConfigUtil.quoteString(value);
  }
}
