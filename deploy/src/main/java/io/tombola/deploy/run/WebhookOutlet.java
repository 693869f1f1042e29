package io.tombola.deploy.run;

import io.tombola.actors.progress.Progress;
import io.tombola.actors.progress.ProgressListener;
import io.tombola.deploy.notify.Notifier;
import java.time.Clock;
import java.util.Optional;

/** Where the end and the failures of a run are told, if anywhere. Thread-safe. */
record WebhookOutlet(Optional<Notifier> notifier) implements ProgressListener, AutoCloseable {

  static WebhookOutlet open(RunRequest request, Clock clock) {
    String campaign = request.config().campaign().name();
    return new WebhookOutlet(
        request
            .config()
            .webhook()
            .map(settings -> Notifier.start(request.store(), campaign, settings, clock)));
  }

  @Override
  public void on(Progress news) {
    if (news instanceof Progress.CampaignPaused) {
      notifier.ifPresent(Notifier::expectSilence);
    } else {
      notifier.ifPresent(Notifier::hear);
    }
    if (news instanceof Progress.TrialEnded) {
      notifier.ifPresent(Notifier::wake);
    }
  }

  @Override
  public void close() {
    notifier.ifPresent(Notifier::close);
  }
}
