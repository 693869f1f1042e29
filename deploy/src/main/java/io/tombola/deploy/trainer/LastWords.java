package io.tombola.deploy.trainer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * What a process appended to a log before it ended.
 *
 * @param begin how long the log was before
 */
record LastWords(Path log, long begin) {

  private static final int LINES = 4;
  private static final int BYTES = 4096;
  private static final int CHARACTERS = 500;

  /** The last few lines on one, with the place where there may be more; empty if there are none. */
  String text() {
    try (FileChannel channel = FileChannel.open(log)) {
      ByteBuffer end = ByteBuffer.allocate(BYTES);
      channel.read(end, Math.max(begin, channel.size() - BYTES));
      String text = new String(end.array(), 0, end.position(), StandardCharsets.UTF_8);
      List<String> lines = text.lines().map(String::strip).filter(LastWords::says).toList();
      String words =
          String.join("; ", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
      String most = words.substring(0, Math.min(CHARACTERS, words.length()));
      return most.isEmpty() ? "" : most + " (see " + log + ")";
    } catch (IOException e) {
      return "what it said cannot be read: " + e.getMessage();
    }
  }

  /** Java frames what it says of its own crash. */
  private static boolean says(String line) {
    return line.chars().anyMatch(Character::isLetterOrDigit);
  }
}
