package io.tombola.actors.device.child;

import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * Writes messages to a process. Not thread-safe.
 *
 * @param <T> their type
 */
final class FrameWriter<T> {

  private final OutputStream out;
  private final ObjectWriter writer;

  /** Writes to {@code out}, which the caller closes. */
  FrameWriter(OutputStream out, Class<T> type) {
    this.out = out;
    this.writer = FrameCodec.CBOR.writerFor(type);
  }

  /**
   * Writes one message in a single write, so that other output cannot split it.
   *
   * @throws IOException if the other end is closed
   */
  void write(T message) throws IOException {
    byte[] content = writer.writeValueAsBytes(message);
    byte[] marker = FrameCodec.marker();
    ByteBuffer frame = ByteBuffer.allocate(marker.length + Integer.BYTES + content.length);
    out.write(frame.put(marker).putInt(content.length).put(content).array());
    out.flush();
  }
}
