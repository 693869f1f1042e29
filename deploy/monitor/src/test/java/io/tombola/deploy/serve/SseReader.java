package io.tombola.deploy.serve;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads a stream of server-sent events with Java's own client. */
public final class SseReader implements AutoCloseable {

  /**
   * A message.
   *
   * @param id empty if it has none
   */
  public record Message(Optional<String> id, String event, String data) {}

  private final Stream<String> lines;
  private final Iterator<String> next;

  private SseReader(Stream<String> lines) {
    this.lines = lines;
    this.next = lines.iterator();
  }

  /** Opens a stream, after the message {@code lastId} if given. */
  public static SseReader open(URI stream, Optional<String> lastId)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(stream);
    lastId.ifPresent(id -> request.header("Last-Event-ID", id));
    HttpResponse<Stream<String>> response =
        HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofLines());
    if (response.statusCode() != 200) {
      throw new IOException("status " + response.statusCode());
    }
    return new SseReader(response.body());
  }

  /** The messages in the lines of a stream. */
  public static List<Message> messages(List<String> lines) {
    try (SseReader reader = new SseReader(lines.stream())) {
      return Stream.generate(reader::next)
          .takeWhile(Optional::isPresent)
          .map(Optional::orElseThrow)
          .toList();
    }
  }

  /** The next message; empty at the end of the stream or when the connection breaks. */
  public Optional<Message> next() {
    Optional<String> id = Optional.empty();
    String event = "message";
    try {
      while (true) {
        String line = next.next();
        if (line.startsWith("id: ")) {
          id = Optional.of(line.substring(4));
        } else if (line.startsWith("event: ")) {
          event = line.substring(7);
        } else if (line.startsWith("data: ")) {
          return Optional.of(new Message(id, event, line.substring(6)));
        }
      }
    } catch (NoSuchElementException | java.io.UncheckedIOException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    lines.close();
  }
}
