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
 * Shows how data is fetched: a line at the start and the end of each file; on a terminal, one line
 * in between that is rewritten as bytes arrive.
 */
final class FetchDisplay implements FetchListener {

  private static final String CLEAR_LINE = "\r\u001b[2K";

  private final PrintWriter out;
  private final boolean live;
  private Optional<URI> begun = Optional.empty();

  /**
   * Shows fetching.
   *
   * @param live whether {@code out} is a terminal
   */
  FetchDisplay(PrintWriter out, boolean live) {
    this.out = out;
    this.live = live;
  }

  @Override
  public void on(FetchProgress news) {
    if (news instanceof Advanced advanced) {
      rewrite(advanced);
    } else if (news instanceof Began began) {
      begun = Optional.of(began.from());
      line(
          "fetching "
              + began.from()
              + (began.bytes() > 0 ? ", on from " + size(began.bytes()) : ""));
    } else if (news instanceof Ended ended) {
      line("fetched " + ended.from() + ", " + size(ended.bytes()));
    } else if (news instanceof Failed failed && begun.equals(Optional.of(failed.from()))) {
      // Of a mirror that never began the reason is in the final error, if it comes to that.
      line("not fetched: " + failed.from() + ": " + failed.reason());
    } else if (news instanceof Waiting waiting) {
      line("waiting for another process that fetches into " + waiting.folder());
    }
    out.flush();
  }

  private void rewrite(Advanced news) {
    if (!live) {
      return;
    }
    out.print(CLEAR_LINE + size(news.bytes()));
    if (news.total().isPresent()) {
      long total = Math.max(1, news.total().getAsLong());
      out.print(
          String.format(
              Locale.ROOT,
              " of %s, %3d %%",
              size(total),
              Math.min(100, 100 * news.bytes() / total)));
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
