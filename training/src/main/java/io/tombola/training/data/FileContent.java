package io.tombola.training.data;

/** A file's unpacked content and what to call the file in errors. */
final class FileContent {

  private final String file;
  private final byte[] bytes;

  /** Takes over {@code bytes}. */
  FileContent(String file, byte[] bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  String file() {
    return file;
  }

  /** The bytes themselves, not a copy. */
  byte[] bytes() {
    return bytes;
  }
}
