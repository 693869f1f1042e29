package io.tombola.deploy.cli;

import io.tombola.actors.campaign.CampaignOutcome;
import io.tombola.deploy.config.RunConfig;
import io.tombola.deploy.run.CampaignRun;
import io.tombola.deploy.run.RunRequest;
import io.tombola.deploy.run.RunResult;
import io.tombola.deploy.run.UnpublishedResults;
import io.tombola.deploy.text.DeviceUtilisation;
import io.tombola.protocol.trial.TrialFailure;
import io.tombola.storage.StoreLayout;
import java.time.Clock;
import java.util.Map;

/** Carries a campaign out on this machine and says what came of it. */
final class RunExecution implements RunCommand.CampaignRunner {

  private final SignalHandler interruption;

  RunExecution(SignalHandler interruption) {
    this.interruption = interruption;
  }

  @Override
  public ExitCode run(RunConfig config, StoreLayout store, Console console) {
    store.create();
    LogFile.to(store.logFile());
    RunRequest request = new RunRequest(store, config, console.color(), console.quiet());
    RunResult result =
        new CampaignRun(request, console.err(), Clock.systemUTC()).run(interruption::stopWith);
    tell(result, store, console);
    ExitCode code = codeOf(result.outcome());
    boolean brokerFull = result.undelivered().filter(UnpublishedResults::outOfSpace).isPresent();
    return code == ExitCode.DONE && brokerFull ? ExitCode.NO_SPACE : code;
  }

  @Override
  public void stopWith(Runnable stop) {
    interruption.stopWith(stop);
  }

  private static void tell(RunResult result, StoreLayout store, Console console) {
    CampaignOutcome outcome = result.outcome();
    outcome
        .state()
        .abandoned()
        .forEach(
            (replicate, failure) ->
                console
                    .err()
                    .println("replicate " + replicate + " was given up: " + failure.message()));
    switch (outcome.kind()) {
      case FINISHED -> result.finding().forEach(line -> console.print(line + "\n"));
      case INTERRUPTED -> console.err().println(interrupted(outcome));
      case CANCELLED ->
          console
              .err()
              .println("cancelled; 'tombola resume " + campaign(outcome) + "' takes that back");
      case PAUSED ->
          console
              .err()
              .println("paused: " + outcome.failure().map(TrialFailure::message).orElse(""));
    }
    if (!result.slots().isEmpty()) {
      console.say(DeviceUtilisation.line(result.slots()));
    }
    console.say("report: " + result.report());
    console.say("results: tombola results --store " + store.root());
    console.err().flush();
  }

  private static String interrupted(CampaignOutcome outcome) {
    return outcome.state().hold().isPresent()
        ? "interrupted; it stays paused: 'tombola resume "
            + campaign(outcome)
            + "' and the same command again go on"
        : "interrupted; run the same command again to go on";
  }

  private static String campaign(CampaignOutcome outcome) {
    return outcome.state().spec().orElseThrow().name();
  }

  private static ExitCode codeOf(CampaignOutcome outcome) {
    return switch (outcome.kind()) {
      case INTERRUPTED -> ExitCode.INTERRUPTED;
      case CANCELLED -> ExitCode.FAILED;
      case PAUSED -> outcome.failure().map(RunExecution::codeOf).orElse(ExitCode.FAILED);
      case FINISHED -> codeOf(outcome.state().abandoned());
    };
  }

  private static ExitCode codeOf(Map<Integer, TrialFailure> abandoned) {
    return abandoned.values().stream()
        .map(RunExecution::codeOf)
        .max((a, b) -> Integer.compare(a.code(), b.code()))
        .orElse(ExitCode.DONE);
  }

  private static ExitCode codeOf(TrialFailure failure) {
    return switch (failure.kind()) {
      case CORRUPT_ARTIFACT -> ExitCode.DAMAGED;
      case NO_SPACE -> ExitCode.NO_SPACE;
      case BAD_DATA -> ExitCode.USAGE;
      case DIVERGED, OUT_OF_MEMORY, DEVICE_LOST, BUG -> ExitCode.FAILED;
    };
  }
}
