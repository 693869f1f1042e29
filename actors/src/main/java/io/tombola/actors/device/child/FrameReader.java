package io.tombola.actors.device.child;

import com.fasterxml.jackson.databind.ObjectReader;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads messages of a process and passes over what else is printed between them, within reason. Not
 * thread-safe.
 *
 * @param <T> their type
 */
final class FrameReader<T> {

  private static final int MOST_STRAY_BYTES = 1 << 16;

  private final DataInputStream in;
  private final ObjectReader reader;
  private final Consumer<String> stray;
  private final byte[] mark = FrameCodec.mark();

  /**
   * Reads from {@code in}, which its maker closes.
   *
   * @param stray is given what is no message
   */
  FrameReader(InputStream in, Class<T> type, Consumer<String> stray) {
    this.in = new DataInputStream(new BufferedInputStream(in));
    this.reader = FrameCodec.CBOR.readerFor(type);
    this.stray = stray;
  }

  /**
   * Waits for the next message; empty at the end of the stream.
   *
   * @throws EOFException if the stream ends within a message
   * @throws IOException if what comes is no message, or the stream cannot be read
   */
  Optional<T> read() throws IOException {
    if (!findMark()) {
      return Optional.empty();
    }
    int length = in.readInt();
    if (length < 1 || length > FrameCodec.LONGEST) {
      throw new IOException(
          "expected a message of 1 to %d bytes, found one of %d"
              .formatted(FrameCodec.LONGEST, length));
    }
    byte[] content = new byte[length];
    in.readFully(content);
    return Optional.of(reader.readValue(content));
  }

  /** Reads up to the end of a mark; false at the end of the stream. */
  private boolean findMark() throws IOException {
    ByteArrayOutputStream passed = new ByteArrayOutputStream();
    int matched = 0;
    while (matched < mark.length) {
      int next = in.read();
      if (next < 0) {
        report(passed, passed.size());
        return false;
      }
      passed.write(next);
      matched = (byte) next == mark[matched] ? matched + 1 : (byte) next == mark[0] ? 1 : 0;
      if (passed.size() > MOST_STRAY_BYTES) {
        throw new IOException(
            "expected messages, found %d bytes of something else".formatted(passed.size()));
      }
    }
    report(passed, passed.size() - mark.length);
    return true;
  }

  private void report(ByteArrayOutputStream passed, int length) {
    String text = new String(passed.toByteArray(), 0, length, StandardCharsets.UTF_8);
    text.lines().filter(line -> !line.isBlank()).forEach(stray);
  }
}
