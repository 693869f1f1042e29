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

/** Runs a campaign in this process and prints the result. */
final class RunExecution implements CampaignRunner {

  private final StopHook stopHook;

  RunExecution(StopHook stopHook) {
    this.stopHook = stopHook;
  }

  @Override
  public ExitCode run(RunConfig config, StoreLayout store, Console console) {
    store.create();
    LogFile.to(store.logFile());
    RunRequest request = new RunRequest(store, config, console.color(), console.quiet());
    RunResult result =
        new CampaignRun(request, console.err(), Clock.systemUTC()).run(stopHook::onSignal);
    print(result, store, console);
    ExitCode code = codeOf(result.outcome());
    boolean brokerFull = result.unpublished().filter(UnpublishedResults::outOfSpace).isPresent();
    return code == ExitCode.DONE && brokerFull ? ExitCode.NO_SPACE : code;
  }

  private static void print(RunResult result, StoreLayout store, Console console) {
    CampaignOutcome outcome = result.outcome();
    outcome
        .state()
        .abandoned()
        .forEach(
            (replicate, failure) ->
                console.err().println("replicate " + replicate + " failed: " + failure.message()));
    switch (outcome.kind()) {
      case FINISHED -> result.finding().forEach(line -> console.print(line + "\n"));
      case INTERRUPTED -> console.err().println(interrupted(outcome));
      case CANCELLED ->
          console
              .err()
              .println("cancelled; resume with 'tombola resume " + campaign(outcome) + "'");
      case STOPPED_BY_FAILURE ->
          console
              .err()
              .println("stopped: " + outcome.failure().map(TrialFailure::message).orElse(""));
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
        ? "interrupted while paused; resume with 'tombola resume "
            + campaign(outcome)
            + "', then the same command again"
        : "interrupted; run the same command again to resume";
  }

  private static String campaign(CampaignOutcome outcome) {
    return outcome.state().spec().orElseThrow().name();
  }

  private static ExitCode codeOf(CampaignOutcome outcome) {
    return switch (outcome.kind()) {
      case INTERRUPTED -> ExitCode.INTERRUPTED;
      case CANCELLED -> ExitCode.FAILED;
      case STOPPED_BY_FAILURE ->
          outcome.failure().map(RunExecution::codeOf).orElse(ExitCode.FAILED);
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
