package io.tombola.deploy.run;

import io.tombola.training.data.fetch.FetchListener;
import io.tombola.training.data.fetch.FetchProgress;
import io.tombola.training.data.fetch.FetchProgress.Advanced;
import io.tombola.training.data.fetch.FetchProgress.Began;
import io.tombola.training.data.fetch.FetchProgress.Ended;
import io.tombola.training.data.fetch.FetchProgress.Failed;
import io.tombola.training.data.fetch.FetchProgress.Waiting;
import java.io.PrintWriter;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Shows downloads: a line at the start and the end of each file; on a terminal also a progress line
 * that is rewritten as bytes arrive. Not thread-safe.
 */
final class FetchDisplay implements FetchListener {

  private static final String CLEAR_LINE = "\r\u001b[2K";

  private final PrintWriter out;
  private final boolean live;
  private Optional<URI> current = Optional.empty();

  /**
   * Shows downloads.
   *
   * @param live whether {@code out} is a terminal
   */
  FetchDisplay(PrintWriter out, boolean live) {
    this.out = out;
    this.live = live;
  }

  @Override
  public void on(FetchProgress progress) {
    if (progress instanceof Advanced advanced) {
      rewrite(advanced);
    } else if (progress instanceof Began began) {
      current = Optional.of(began.from());
      line(
          "fetching "
              + began.from()
              + (began.bytes() > 0 ? ", resuming at " + size(began.bytes()) : ""));
    } else if (progress instanceof Ended ended) {
      line("fetched " + ended.from() + ", " + size(ended.bytes()));
    } else if (progress instanceof Failed failed && current.equals(Optional.of(failed.from()))) {
      // Failures before the download started are in the final error message.
      line("not fetched: " + failed.from() + ": " + failed.reason());
    } else if (progress instanceof Waiting waiting) {
      line("waiting for another process that downloads into " + waiting.folder());
    }
    out.flush();
  }

  private void rewrite(Advanced progress) {
    if (!live) {
      return;
    }
    out.print(CLEAR_LINE + size(progress.bytes()));
    if (progress.total().isPresent()) {
      long total = Math.max(1, progress.total().getAsLong());
      out.print(
          String.format(
              Locale.ROOT,
              " of %s, %3d %%",
              size(total),
              Math.min(100, 100 * progress.bytes() / total)));
    }
  }

  private void line(String text) {
    out.println((live ? CLEAR_LINE : "") + text);
  }

  private static String size(long bytes) {
    return bytes < 1e6
        ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
