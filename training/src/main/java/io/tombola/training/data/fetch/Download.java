package io.tombola.training.data.fetch;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;

/** One HTTP request for a file or for its missing rest, and the partial file that it fills. */
final class Download implements BodyHandler<Path> {

  private static final int OK = 200;
  private static final int PARTIAL_CONTENT = 206;
  private static final int RANGE_NOT_SATISFIABLE = 416;

  private final Path part;
  private final long have;
  private volatile OptionalLong total = OptionalLong.empty();
  private volatile boolean accepted;

  /**
   * A request.
   *
   * @param part the partial file; grows, or starts again if the server sends the whole file
   * @param have the size of {@code part} in bytes
   */
  Download(Path part, long have) {
    this.part = part;
    this.have = have;
  }

  HttpRequest request(URI from) {
    HttpRequest.Builder request = HttpRequest.newBuilder(from);
    if (have > 0) {
      request.header("Range", "bytes=" + have + "-");
    }
    return request.build();
  }

  @Override
  public BodySubscriber<Path> apply(ResponseInfo answer) {
    OptionalLong length = answer.headers().firstValueAsLong("Content-Length");
    if (answer.statusCode() == OK) {
      accepted = true;
      total = length;
      return BodySubscribers.ofFile(
          part,
          StandardOpenOption.CREATE,
          StandardOpenOption.WRITE,
          StandardOpenOption.TRUNCATE_EXISTING);
    }
    if (answer.statusCode() == PARTIAL_CONTENT && continues(answer)) {
      accepted = true;
      total = length.isPresent() ? OptionalLong.of(have + length.getAsLong()) : length;
      return BodySubscribers.ofFile(part, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }
    return BodySubscribers.replacing(part);
  }

  /** Whether the server sends the requested range. */
  boolean accepted() {
    return accepted;
  }

  /** The size of the whole file in bytes, if the server announces it. */
  OptionalLong total() {
    return total;
  }

  /** Throws if the response is not the requested file or range. */
  void check(int status) throws IOException {
    // A partial file that is complete already has no rest; the content check decides.
    boolean whole = status == RANGE_NOT_SATISFIABLE && have > 0;
    if (!accepted && !whole) {
      throw new IOException(
          status == PARTIAL_CONTENT ? "another range than requested" : "HTTP " + status);
    }
  }

  private boolean continues(ResponseInfo answer) {
    return answer
        .headers()
        .firstValue("Content-Range")
        .filter(range -> range.startsWith("bytes " + have + "-"))
        .isPresent();
  }
}
