package io.tombola.deploy.trainer;

import io.tombola.deploy.process.JavaOptions;
import io.tombola.protocol.text.ExceptionMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Extracts the cause from the files of a process that exited.
 *
 * @param crash the JVM's error file, which exists after a crash of the JVM
 * @param log the process's log
 * @param begin length of the log at the start of the process
 */
record CrashReport(Path crash, Path log, long begin) {

  private static final int CRASH_LINES = 2;
  private static final int LOG_LINES = 4;
  private static final int MAX_BYTES = 4096;
  private static final int MAX_CHARACTERS = 500;

  /** The most relevant lines as one line, with the file's name; empty if there are none. */
  String text() {
    try {
      if (Files.exists(crash)) {
        List<String> lines = lines(crash, 0);
        return quoted(lines.subList(0, Math.min(CRASH_LINES, lines.size())), crash);
      }
      List<String> lines = lines(log, Math.max(begin, Files.size(log) - MAX_BYTES));
      return quoted(lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()), log);
    } catch (IOException e) {
      return "its log cannot be read: " + ExceptionMessage.of(e);
    }
  }

  private static String quoted(List<String> lines, Path from) {
    String text = String.join("; ", lines);
    String quoted = text.substring(0, Math.min(MAX_CHARACTERS, text.length()));
    return quoted.isEmpty() ? "" : quoted + " (see " + from + ")";
  }

  private static List<String> lines(Path file, long from) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer part = ByteBuffer.allocate(MAX_BYTES);
      channel.read(part, from);
      String text = new String(part.array(), 0, part.position(), StandardCharsets.UTF_8);
      // The JVM starts each line of its error file with a number sign.
      return text.lines()
          .map(line -> line.replaceFirst("^#", "").strip())
          .filter(line -> !line.isEmpty() && !line.equals(JavaOptions.VECTOR_MODULE_WARNING))
          .toList();
    }
  }
}
