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

/** Tells whether a file is the one that was wanted. */
@FunctionalInterface
public interface ContentCheck {

  /** What is wrong with the file; empty if nothing is. */
  Optional<String> complaint(Path file) throws IOException;

  /** The file's MD5, in hexadecimal; known for archives that have no other hash. */
  static ContentCheck md5(String expected) {
    return file -> difference("MD5", expected, hash("MD5", file, false));
  }

  /** The SHA-256, in hexadecimal, of what a gzip file holds. */
  static ContentCheck sha256Unpacked(String expected) {
    return file -> {
      try {
        return difference("SHA-256", expected, hash("SHA-256", file, true));
      } catch (ZipException | EOFException e) {
        return Optional.of("no whole gzip file");
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
