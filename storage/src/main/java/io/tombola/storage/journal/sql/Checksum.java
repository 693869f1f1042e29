package io.tombola.storage.journal.sql;

import io.tombola.protocol.hash.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

/** The SHA-256 of fields in their order, each with its length. Not thread-safe; used once. */
final class Checksum {

  private final MessageDigest digest = Sha256.digest();

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
