package io.tombola.deploy.run;

import io.tombola.actors.progress.Progress;
import io.tombola.actors.progress.ProgressListener;
import io.tombola.deploy.notify.Notifier;
import java.time.Clock;
import java.util.Optional;

/** Keeps the notifier informed, if somebody wants to be told. Thread-safe. */
record Notification(Optional<Notifier> notifier) implements ProgressListener, AutoCloseable {

  static Notification of(RunRequest request, Clock clock) {
    String campaign = request.config().campaign().name();
    return new Notification(
        request
            .config()
            .webhook()
            .map(settings -> Notifier.start(request.store(), campaign, settings, clock)));
  }

  @Override
  public void on(Progress news) {
    notifier.ifPresent(Notifier::hear);
    if (news instanceof Progress.TrialEnded) {
      notifier.ifPresent(Notifier::wake);
    }
  }

  @Override
  public void close() {
    notifier.ifPresent(Notifier::close);
  }
}
