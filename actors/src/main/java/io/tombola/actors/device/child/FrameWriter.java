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

  /** Writes to {@code out}, which its maker closes. */
  FrameWriter(OutputStream out, Class<T> type) {
    this.out = out;
    this.writer = FrameCodec.CBOR.writerFor(type);
  }

  /**
   * Writes one message, in one piece, so that nothing else that writes there gets in between.
   *
   * @throws IOException if nobody reads any more
   */
  void write(T message) throws IOException {
    byte[] content = writer.writeValueAsBytes(message);
    byte[] mark = FrameCodec.mark();
    ByteBuffer frame = ByteBuffer.allocate(mark.length + Integer.BYTES + content.length);
    out.write(frame.put(mark).putInt(content.length).put(content).array());
    out.flush();
  }
}
