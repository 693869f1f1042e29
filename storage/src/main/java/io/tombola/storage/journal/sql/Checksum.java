package io.tombola.storage.journal.sql;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The SHA-256 of fields in their order, each with its length. Not thread-safe; used once. */
final class Checksum {

  private final MessageDigest digest;

  Checksum() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  Checksum text(String field) {
    byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
    return this;
  }

  Checksum number(long field) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(field).array());
    return this;
  }

  /** In Base64 without padding, 43 characters. */
  String value() {
    return Base64.getEncoder().withoutPadding().encodeToString(digest.digest());
  }
}
