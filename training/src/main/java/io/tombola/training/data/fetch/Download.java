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

/** One request for a file, or for what is missing of it, and where the answer goes. */
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
   * @param part grows by what arrives, or starts over if the server sends all of it
   * @param have bytes that {@code part} has
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

  /** Whether the server sends what was asked for. */
  boolean accepted() {
    return accepted;
  }

  /** Bytes that the whole file has, once the server said so. */
  OptionalLong total() {
    return total;
  }

  /** Throws unless what arrived was asked for. */
  void check(int status) throws IOException {
    // Nothing comes after the end of a part that is whole already; the content check decides.
    boolean whole = status == RANGE_NOT_SATISFIABLE && have > 0;
    if (!accepted && !whole) {
      throw new IOException(
          status == PARTIAL_CONTENT ? "another part than asked for" : "HTTP " + status);
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
