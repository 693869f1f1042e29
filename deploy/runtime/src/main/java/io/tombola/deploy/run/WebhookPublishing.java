package io.tombola.deploy.run;

import io.tombola.actors.progress.Progress;
import io.tombola.actors.progress.ProgressListener;
import io.tombola.deploy.notify.WebhookNotifier;
import java.time.Clock;
import java.util.Optional;

/** Connects the pipeline's progress to the webhook notifier, if one is configured. Thread-safe. */
record WebhookPublishing(Optional<WebhookNotifier> notifier)
    implements ProgressListener, AutoCloseable {

  static WebhookPublishing open(RunRequest request, Clock clock) {
    String campaign = request.config().campaign().name();
    return new WebhookPublishing(
        request
            .config()
            .webhook()
            .map(settings -> WebhookNotifier.start(request.store(), campaign, settings, clock)));
  }

  @Override
  public void on(Progress progress) {
    if (progress instanceof Progress.CampaignPaused) {
      notifier.ifPresent(WebhookNotifier::recordPause);
    } else {
      notifier.ifPresent(WebhookNotifier::recordProgress);
    }
    if (progress instanceof Progress.TrialEnded) {
      notifier.ifPresent(WebhookNotifier::wake);
    }
  }

  @Override
  public void close() {
    notifier.ifPresent(WebhookNotifier::close);
  }
}
