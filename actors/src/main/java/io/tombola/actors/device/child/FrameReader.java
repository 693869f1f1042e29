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
 * Reads messages of a process and skips a bounded amount of other output between them. Not
 * thread-safe.
 *
 * @param <T> their type
 */
final class FrameReader<T> {

  private static final int MAX_STRAY_BYTES = 1 << 16;

  private final DataInputStream in;
  private final ObjectReader reader;
  private final Consumer<String> stray;
  private final byte[] marker = FrameCodec.marker();

  /**
   * Reads from {@code in}, which the caller closes.
   *
   * @param stray receives each line of other output
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
   * @throws IOException if the input is not a message, or the stream cannot be read
   */
  Optional<T> read() throws IOException {
    if (!findMarker()) {
      return Optional.empty();
    }
    int length = in.readInt();
    if (length < 1 || length > FrameCodec.MAX_LENGTH) {
      throw new IOException(
          "expected a message of 1 to %d bytes, found one of %d"
              .formatted(FrameCodec.MAX_LENGTH, length));
    }
    byte[] content = new byte[length];
    in.readFully(content);
    return Optional.of(reader.readValue(content));
  }

  /** Reads up to the end of a marker; false at the end of the stream. */
  private boolean findMarker() throws IOException {
    ByteArrayOutputStream skipped = new ByteArrayOutputStream();
    int matched = 0;
    while (matched < marker.length) {
      int next = in.read();
      if (next < 0) {
        report(skipped, skipped.size());
        return false;
      }
      skipped.write(next);
      matched = (byte) next == marker[matched] ? matched + 1 : (byte) next == marker[0] ? 1 : 0;
      if (skipped.size() > MAX_STRAY_BYTES) {
        throw new IOException(
            "expected messages, found %d bytes of something else".formatted(skipped.size()));
      }
    }
    report(skipped, skipped.size() - marker.length);
    return true;
  }

  private void report(ByteArrayOutputStream skipped, int length) {
    String text = new String(skipped.toByteArray(), 0, length, StandardCharsets.UTF_8);
    text.lines().filter(line -> !line.isBlank()).forEach(stray);
  }
}
