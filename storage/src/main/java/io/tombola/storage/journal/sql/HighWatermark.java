package io.tombola.storage.journal.sql;

import io.tombola.protocol.text.ExceptionMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The number of acknowledged events, in a file of its own, so that a journal that lost its end, or
 * all of it, is not mistaken for a younger one. It is written after each commit without fsync: it
 * survives the end of the process, and after a power failure it is a lower bound. For one thread;
 * the caller closes it.
 */
final class HighWatermark implements AutoCloseable {

  /** What the file says. */
  sealed interface Watermark permits None, Unreadable, Events {

    /** The least number of events that were acknowledged. */
    default long atLeast() {
      return this instanceof Events events ? events.count() : 0;
    }
  }

  /** There is no file. */
  record None() implements Watermark {}

  /** The file is not what was written. */
  record Unreadable() implements Watermark {}

  /** The number of events that were acknowledged, over all ids. */
  record Events(long count) implements Watermark {}

  private static final Logger LOG = LoggerFactory.getLogger(HighWatermark.class);
  private static final Pattern TEXT = Pattern.compile("([0-9]{19}) ([A-Za-z0-9+/]{43})\n");

  // A reader may see a write that is not complete.
  private static final int MAX_READS = 3;

  private final Path file;
  private Optional<FileChannel> channel = Optional.empty();
  private long events;
  private boolean warned;

  /** A watermark in {@code file}, which is created when it is first set. */
  HighWatermark(Path file) {
    this.file = file;
  }

  Path file() {
    return file;
  }

  static Watermark read(Path file) {
    for (int reading = 1; reading <= MAX_READS; reading++) {
      try {
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        Matcher parts = TEXT.matcher(text);
        if (parts.matches() && text.equals(text(Long.parseLong(parts.group(1))))) {
          return new Events(Long.parseLong(parts.group(1)));
        }
      } catch (NoSuchFileException e) {
        return new None();
      } catch (NumberFormatException e) {
        return new Unreadable();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + file + ": " + ExceptionMessage.of(e), e);
      }
    }
    return new Unreadable();
  }

  /** Notes that there are {@code count} events in all. */
  void set(long count) {
    events = count;
    write();
  }

  /** Notes that {@code more} events were acknowledged. */
  void advance(long more) {
    set(events + more);
  }

  private void write() {
    try {
      if (channel.isEmpty()) {
        channel =
            Optional.of(
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
      }
      write(channel.get());
    } catch (IOException e) {
      // The events are on the disk; only the watermark is behind.
      if (!warned) {
        LOG.warn("cannot write {}: a later loss of events might not be noticed", file, e);
        warned = true;
      }
    }
  }

  private void write(FileChannel to) throws IOException {
    ByteBuffer text = ByteBuffer.wrap(text(events).getBytes(StandardCharsets.ISO_8859_1));
    long end = text.remaining();
    while (text.hasRemaining()) {
      to.write(text, text.position());
    }
    if (to.size() > end) {
      to.truncate(end);
    }
  }

  private static String text(long events) {
    String digits = "%019d".formatted(events);
    return digits + " " + new Checksum().text(digits).value() + "\n";
  }

  @Override
  public void close() {
    try {
      if (channel.isPresent()) {
        channel.get().close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close " + file + ": " + ExceptionMessage.of(e), e);
    }
  }
}
