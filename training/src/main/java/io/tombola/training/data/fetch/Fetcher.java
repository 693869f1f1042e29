package io.tombola.training.data.fetch;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Downloads files over HTTP. A file is named {@code NAME.part} until its content is checked; a
 * later attempt resumes what a lost connection or a killed process left there. Thread-safe.
 */
public final class Fetcher {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final long POLL_MILLIS = 200;

  private final FetchListener listener;
  private final Duration timeout;
  private final HttpClient client;
  private final CancellationToken stop = new CancellationToken();

  /** A fetcher that waits up to 30 s for the next byte of a mirror. */
  public Fetcher(FetchListener listener) {
    this(listener, TIMEOUT);
  }

  /**
   * A fetcher.
   *
   * @param timeout the longest wait for the next byte of a mirror
   */
  Fetcher(FetchListener listener, Duration timeout) {
    this.listener = listener;
    this.timeout = timeout;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(timeout)
            .build();
  }

  /** Cancels running and later downloads: they throw {@link FetchStoppedException}. */
  public void stop() {
    stop.request();
  }

  /**
   * Locks {@code folder} against downloads by other processes and other threads.
   *
   * @return the lock; the caller closes it
   */
  public FolderLock lock(Path folder) throws IOException {
    return FolderLock.acquire(folder, stop, () -> listener.on(new FetchProgress.Waiting(folder)));
  }

  /**
   * Downloads a file into {@code folder}; it appears there complete and checked, or not at all.
   *
   * @throws UnavailableException if no mirror has it
   * @throws IOException if {@code folder} cannot be written
   */
  public Path fetch(RemoteFile file, Path folder) throws UnavailableException, IOException {
    Path target = folder.resolve(file.name());
    Path part = folder.resolve(file.name() + ".part");
    List<String> reasons = new ArrayList<>();
    for (URI from : file.addresses()) {
      Optional<String> failure = tryMirrorOrStop(from, part, file.check());
      if (failure.isEmpty()) {
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        return target;
      }
      listener.on(new FetchProgress.Failed(from, failure.get()));
      reasons.add(from + ": " + failure.get());
    }
    throw new UnavailableException(file.name(), reasons);
  }

  private Optional<String> tryMirrorOrStop(URI from, Path part, ContentCheck check)
      throws IOException {
    try {
      return tryMirror(from, part, check);
    } catch (FetchStoppedException e) {
      listener.on(new FetchProgress.Failed(from, "interrupted"));
      throw e;
    }
  }

  /** Why a mirror failed; empty if it did not. */
  private Optional<String> tryMirror(URI from, Path part, ContentCheck check) throws IOException {
    boolean resumed = size(part) > 0;
    Optional<String> failure = download(from, part);
    if (failure.isPresent()) {
      return failure;
    }
    Optional<String> complaint = check.complaint(part);
    if (complaint.isPresent()) {
      Files.delete(part);
      // The resumed part may come from another mirror.
      return resumed ? tryMirror(from, part, check) : complaint.map(c -> "wrong content, " + c);
    }
    sync(part);
    listener.on(new FetchProgress.Ended(from, size(part)));
    return Optional.empty();
  }

  /** Retries after a lost connection, as long as each attempt receives some bytes. */
  private Optional<String> download(URI from, Path part) throws IOException {
    while (true) {
      long before = size(part);
      try {
        transfer(from, part, before);
        return Optional.empty();
      } catch (IOException e) {
        if (e instanceof HttpTimeoutException || size(part) <= before) {
          return Optional.of(reason(e));
        }
      }
    }
  }

  private void transfer(URI from, Path part, long have) throws IOException {
    stop.check();
    Download transfer = new Download(part, have);
    CompletableFuture<HttpResponse<Path>> answer =
        client.sendAsync(transfer.request(from), transfer);
    ProgressReporter telling = new ProgressReporter(from, have);
    long idleMillis = 0;
    while (true) {
      try {
        transfer.check(answer.get(POLL_MILLIS, TimeUnit.MILLISECONDS).statusCode());
        telling.update(transfer, size(part));
        return;
      } catch (TimeoutException e) {
        idleMillis = telling.update(transfer, size(part)) ? 0 : idleMillis + POLL_MILLIS;
        failIfIdle(answer, idleMillis);
      } catch (ExecutionException e) {
        telling.update(transfer, size(part));
        throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
      } catch (InterruptedException e) {
        answer.cancel(true);
        Thread.currentThread().interrupt();
        throw new FetchStoppedException();
      }
    }
  }

  /** Reports the progress of one download to the listener. */
  private final class ProgressReporter {
    private final URI from;
    private long bytes;
    private boolean begun;

    ProgressReporter(URI from, long have) {
      this.from = from;
      this.bytes = have;
    }

    /** Whether bytes have arrived since the last call. */
    boolean update(Download transfer, long now) {
      if (transfer.accepted() && !begun) {
        begun = true;
        listener.on(new FetchProgress.Began(from, bytes));
      }
      boolean more = now != bytes;
      bytes = now;
      if (more) {
        listener.on(new FetchProgress.Advanced(from, now, transfer.total()));
      }
      return more;
    }
  }

  private void failIfIdle(CompletableFuture<?> answer, long idleMillis) throws IOException {
    if (stop.requested() || idleMillis >= timeout.toMillis()) {
      answer.cancel(true);
      stop.check();
      throw new HttpTimeoutException(
          "no byte within %.0f s".formatted(Math.ceil(timeout.toMillis() / 1e3)));
    }
  }

  private static long size(Path part) throws IOException {
    return Files.exists(part) ? Files.size(part) : 0;
  }

  static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static String reason(IOException e) {
    if (e instanceof ConnectException) {
      return "no connection";
    }
    return e.getMessage() == null ? "connection lost" : e.getMessage();
  }
}
