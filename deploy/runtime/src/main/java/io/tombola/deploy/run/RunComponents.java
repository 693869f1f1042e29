package io.tombola.deploy.run;

import io.tombola.actors.progress.ProgressListener;
import io.tombola.deploy.live.HeartbeatFile;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;

/**
 * The parts of a run that follow its progress, opened and closed together.
 *
 * @param listener passes progress to all of them
 */
record RunComponents(
    WebhookPublishing webhook,
    KafkaPublishing publishing,
    ProgressDisplay display,
    HeartbeatWriter heartbeats,
    ProgressListener listener)
    implements AutoCloseable {

  static RunComponents open(RunRequest request, CampaignEta eta, PrintWriter err, Clock clock) {
    WebhookPublishing webhook = WebhookPublishing.open(request, clock);
    try {
      KafkaPublishing publishing = KafkaPublishing.open(request, clock);
      ProgressDisplay display = new ProgressDisplay(err, request.live(), eta, clock);
      HeartbeatWriter heartbeats =
          new HeartbeatWriter(new HeartbeatFile(request.store()), eta, publishing::status, clock);
      ProgressListener shown = request.quiet() ? progress -> {} : display;
      // The display and the heartbeats read the ETA, so that it must be updated first.
      return new RunComponents(
          webhook,
          publishing,
          display,
          heartbeats,
          ProgressListener.all(List.of(eta, heartbeats, webhook, shown, publishing)));
    } catch (RuntimeException e) {
      webhook.close();
      throw e;
    }
  }

  @Override
  public void close() {
    // Closes in reverse order, and all of them even if one fails.
    try (webhook;
        publishing;
        display) {
      heartbeats.close();
    }
  }
}
