package io.tombola.actors.device.child;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/**
 * The frame of a message in a stream: a marker, the length in four bytes, the message in CBOR. The
 * marker never occurs in UTF-8 text, so that a reader can tell a message from what a native library
 * prints to the same standard output.
 */
final class FrameCodec {

  static final int MAX_LENGTH = 1 << 20;

  /** Only types that {@link TrainerRequest} and {@link TrainerResponse} list are ever read. */
  static final ObjectMapper CBOR =
      CBORMapper.builder().addModule(new Jdk8Module()).addModule(new JavaTimeModule()).build();

  private static final byte[] MARKER = {(byte) 0xF5, 'T', 'B', (byte) 0xF6};

  private FrameCodec() {}

  static byte[] marker() {
    return MARKER.clone();
  }
}
