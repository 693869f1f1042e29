package io.tombola.deploy.trainer;

import io.tombola.deploy.process.JavaOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a process left to say when it ended.
 *
 * @param crash where Java describes its crash, if it does crash
 * @param log what the process appends to
 * @param begin how long the log was before
 */
record CrashReport(Path crash, Path log, long begin) {

  private static final int CRASH_LINES = 2;
  private static final int LOG_LINES = 4;
  private static final int BYTES = 4096;
  private static final int CHARACTERS = 500;

  /** The lines that tell most, as one, and where there may be more; empty if there are none. */
  String text() {
    try {
      if (Files.exists(crash)) {
        List<String> lines = lines(crash, 0);
        return quoted(lines.subList(0, Math.min(CRASH_LINES, lines.size())), crash);
      }
      List<String> lines = lines(log, Math.max(begin, Files.size(log) - BYTES));
      return quoted(lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()), log);
    } catch (IOException e) {
      return "what it said cannot be read: " + e.getMessage();
    }
  }

  private static String quoted(List<String> lines, Path from) {
    String words = String.join("; ", lines);
    String most = words.substring(0, Math.min(CHARACTERS, words.length()));
    return most.isEmpty() ? "" : most + " (see " + from + ")";
  }

  private static List<String> lines(Path file, long from) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer part = ByteBuffer.allocate(BYTES);
      channel.read(part, from);
      String text = new String(part.array(), 0, part.position(), StandardCharsets.UTF_8);
      // Java begins each line that it writes of its crash with this.
      return text.lines()
          .map(line -> line.replaceFirst("^#", "").strip())
          .filter(line -> !line.isEmpty() && !line.equals(JavaOptions.VECTORS_REMARK))
          .toList();
    }
  }
}
