package io.tombola.deploy.trainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has Linux end this process before its parent when the machine has no memory left: a trainer can
 * be replaced.
 */
final class OomScoreAdjuster {

  private static final Logger LOG = LoggerFactory.getLogger(OomScoreAdjuster.class);
  private static final Path SCORE = Path.of("/proc/self/oom_score_adj");

  /** As if it used that many more thousandths of the memory there is. */
  private static final int MORE = 250;

  private static final int MOST = 1000;

  private OomScoreAdjuster() {}

  static void volunteer() {
    if (!Files.isWritable(SCORE)) {
      return;
    }
    try {
      int score = Integer.parseInt(Files.readString(SCORE).strip());
      Files.writeString(SCORE, Integer.toString(Math.min(MOST, score + MORE)));
    } catch (IOException e) {
      LOG.warn("the system may end the whole run where ending this trainer would do", e);
    }
  }
}
