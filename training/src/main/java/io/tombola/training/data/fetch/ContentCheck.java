package io.tombola.training.data.fetch;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Checks that a downloaded file has the expected content. */
@FunctionalInterface
public interface ContentCheck {

  /** The difference from the expected content; empty if there is none. */
  Optional<String> complaint(Path file) throws IOException;

  /** Checks the MD5, in hexadecimal; for archives whose author publishes no other hash. */
  static ContentCheck md5(String expected) {
    return file -> difference("MD5", expected, hash("MD5", file, false));
  }

  /** Checks the SHA-256, in hexadecimal, of the unpacked content of a gzip file. */
  static ContentCheck sha256Unpacked(String expected) {
    return file -> {
      try {
        return difference("SHA-256", expected, hash("SHA-256", file, true));
      } catch (ZipException | EOFException e) {
        return Optional.of("an incomplete gzip file");
      }
    };
  }

  private static Optional<String> difference(String kind, String expected, String found) {
    return found.equals(expected)
        ? Optional.empty()
        : Optional.of(kind + " " + found + " instead of " + expected);
  }

  private static String hash(String algorithm, Path file, boolean unpack) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has " + algorithm, e);
    }
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        InputStream in = unpack ? new GZIPInputStream(raw, 1 << 16) : raw) {
      new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
