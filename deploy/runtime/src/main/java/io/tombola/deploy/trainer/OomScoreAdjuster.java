package io.tombola.deploy.trainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes Linux' out-of-memory killer prefer this process over its parent: a trainer can be
 * restarted.
 */
final class OomScoreAdjuster {

  private static final Logger LOG = LoggerFactory.getLogger(OomScoreAdjuster.class);
  private static final Path SCORE = Path.of("/proc/self/oom_score_adj");

  /** As if the process used this many more thousandths of the memory. */
  private static final int INCREASE = 250;

  private static final int MAX_SCORE = 1000;

  private OomScoreAdjuster() {}

  static void raise() {
    if (!Files.isWritable(SCORE)) {
      return;
    }
    try {
      int score = Integer.parseInt(Files.readString(SCORE).strip());
      Files.writeString(SCORE, Integer.toString(Math.min(MAX_SCORE, score + INCREASE)));
    } catch (IOException e) {
      LOG.warn("cannot raise the OOM score: Linux may kill the run instead of this trainer", e);
    }
  }
}
