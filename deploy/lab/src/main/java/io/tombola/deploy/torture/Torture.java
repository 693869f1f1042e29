package io.tombola.deploy.torture;

import io.tombola.deploy.config.BuildInfo;
import io.tombola.deploy.run.TrialLine;
import io.tombola.deploy.run.UnpublishedResults;
import io.tombola.deploy.torture.Fault.CrashAt;
import io.tombola.deploy.torture.Fault.Kill;
import io.tombola.deploy.torture.Fault.Terminate;
import io.tombola.deploy.torture.ProcessScenario.ChildKill;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.storage.Failpoint;
import io.tombola.storage.StoreLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Runs a campaign once uninterrupted, then several times under seeded faults, each time from the
 * beginning to the end with all the deaths on the way, and compares the final states.
 */
public final class Torture {

  private static final Duration POLL_INTERVAL = Duration.ofMillis(20);
  private static final int MAX_FINAL_RUNS = 3;
  private static final int DONE = 0;
  private static final int INTERRUPTED = 75;

  private final Request request;
  private final Consumer<String> progress;
  private final TortureStatistics statistics = new TortureStatistics();
  private volatile Optional<ChildRun> current = Optional.empty();
  private volatile boolean stopped;

  /**
   * The parameters of a torture.
   *
   * @param program the main class with the command {@code run}
   * @param directory an existing directory for the stores
   * @param campaign the file that each process runs
   * @param settings for {@code --set}
   * @param spec the campaign of file and settings
   * @param kills the number of deaths
   */
  public record Request(
      Class<?> program,
      Path directory,
      Path campaign,
      List<String> settings,
      CampaignSpec spec,
      int kills,
      long seed) {}

  /** A torture; {@code progress} receives one line per step. */
  public Torture(Request request, Consumer<String> progress) {
    this.request = request;
    this.progress = progress;
  }

  /** Stops the torture soon; {@link #run} then throws. */
  public void stop() {
    stopped = true;
    current.ifPresent(ChildRun::close);
  }

  /**
   * Runs the whole torture.
   *
   * @throws TortureStoppedException after {@link #stop}
   * @throws TortureFailedException if a process fails without any fault, or hangs
   */
  public Certificate run() throws IOException, InterruptedException {
    StoreLayout whole = store("uninterrupted");
    FaultPlan.Pace pace = runWithoutFaults(whole);
    FinalState expected = FinalState.of(whole);
    progress.accept(
        "uninterrupted: %d trials in %.1f s"
            .formatted(expected.rows().size(), pace.whole().toMillis() / 1000.0));
    FaultPlan plan = new FaultPlan(new SplittableRandom(request.seed()), pace);
    int pass = 0;
    while (statistics.deaths() < request.kills()) {
      pass++;
      StoreLayout store = store("pass-" + pass);
      List<Violation> found = new ArrayList<>(runUnderFaults(store, plan));
      found.addAll(Differences.between(expected, FinalState.of(store)));
      progress.accept("pass %d: %s".formatted(pass, found.isEmpty() ? "the same bytes" : found));
      statistics.add(pass, found);
      if (found.isEmpty()) {
        FileTrees.delete(store.root());
      }
    }
    return certificate(expected, pass);
  }

  private Certificate certificate(FinalState expected, int passes) {
    CampaignSpec spec = request.spec();
    return new Certificate(
        BuildInfo.read().toString(),
        "%s: %s on %s, %d replicates, %d rounds, %d trials"
            .formatted(
                spec.name(),
                spec.network(),
                spec.dataset().name(),
                spec.replicates(),
                spec.pruning().rounds(),
                spec.trials().size()),
        request.seed(),
        statistics.deaths(),
        statistics.faults(),
        statistics.deepestRecovery(),
        statistics.longestShutdown().toMillis(),
        passes,
        expected.rows().size(),
        expected.rowsHash(),
        expected.artifacts().size(),
        expected.artifactsHash(),
        expected.topic().size(),
        expected.topicHash(),
        statistics.findings());
  }

  private FaultPlan.Pace runWithoutFaults(StoreLayout store)
      throws IOException, InterruptedException {
    long began = System.nanoTime();
    try (ChildRun run = start(store, Optional.empty())) {
      Duration recovery = Duration.ZERO;
      while (run.runsAfter(Duration.ofNanos(System.nanoTime() - began).plus(POLL_INTERVAL))) {
        if (recovery.isZero() && !outputOf(store).isEmpty()) {
          recovery = Duration.ofNanos(System.nanoTime() - began);
        }
      }
      require(store, run.exitCode());
      return new FaultPlan.Pace(recovery, Duration.ofNanos(System.nanoTime() - began));
    }
  }

  /** Runs one campaign from its beginning to its end under faults. */
  private List<Violation> runUnderFaults(StoreLayout store, FaultPlan plan)
      throws IOException, InterruptedException {
    JournalInvariants invariants = new JournalInvariants(store);
    boolean finished = false;
    while (!finished && statistics.deaths() < request.kills()) {
      ProcessScenario scenario = plan.next();
      finished = runProcess(store, scenario);
      invariants.check(announced(store));
      progress.accept(
          "%d of %d deaths: %s; %d of %d trials"
              .formatted(
                  statistics.deaths(),
                  request.kills(),
                  finished ? "finished before " + scenario.end() : scenario.end(),
                  invariants.ended(),
                  request.spec().trials().size()));
    }
    finish(store);
    invariants.check(announced(store));
    return invariants.findings();
  }

  /** Runs one process; returns whether it finished the campaign. */
  private boolean runProcess(StoreLayout store, ProcessScenario scenario)
      throws IOException, InterruptedException {
    Optional<Failpoint.Trigger> order =
        scenario.end() instanceof CrashAt crash ? Optional.of(crash.order()) : Optional.empty();
    try (ChildRun run = start(store, order)) {
      Optional<Duration> delay = delayOf(scenario.end());
      Optional<ChildKill> childKill = scenario.childKill();
      if (childKill.isPresent() && run.runsAfter(childKill.get().after())) {
        run.killChild(childKill.get().choice()).ifPresent(statistics::childKill);
      }
      if (delay.isPresent() && run.runsAfter(delay.get())) {
        return inject(run, scenario);
      }
      return ended(store, run.exitCode(), scenario);
    }
  }

  private boolean inject(ChildRun run, ProcessScenario scenario)
      throws IOException, InterruptedException {
    if (scenario.end() instanceof Kill) {
      run.kill();
      statistics.death(scenario);
      return false;
    }
    Duration shutdown = run.terminate();
    statistics.shutdown(shutdown);
    int code = run.exitCode();
    if (code != INTERRUPTED && code != DONE) {
      statistics.badShutdown("ended with exit code " + code + " after SIGTERM");
    }
    return code == DONE;
  }

  private boolean ended(StoreLayout store, int code, ProcessScenario scenario) throws IOException {
    if (code == Failpoint.KILLED && scenario.end() instanceof CrashAt) {
      statistics.death(scenario);
      return false;
    }
    require(store, code);
    return true;
  }

  /** Runs without faults until every result is published. */
  private void finish(StoreLayout store) throws IOException, InterruptedException {
    for (int attempt = 1; attempt <= MAX_FINAL_RUNS; attempt++) {
      int before = outputOf(store).size();
      try (ChildRun run = start(store, Optional.empty())) {
        require(store, run.exitCode());
      }
      List<String> output = outputOf(store);
      if (output.subList(before, output.size()).stream().noneMatch(UnpublishedResults::isNamedIn)) {
        return;
      }
    }
  }

  private ChildRun start(StoreLayout store, Optional<Failpoint.Trigger> death) throws IOException {
    ChildRun run =
        ChildRun.start(
            new ChildRun.Command(
                request.program(), request.campaign(), request.settings(), store, file(store)),
            death);
    current = Optional.of(run);
    if (stopped) {
      run.close();
    }
    return run;
  }

  private void require(StoreLayout store, int code) throws IOException {
    if (stopped) {
      throw new TortureStoppedException();
    }
    if (code != DONE) {
      List<String> output = outputOf(store);
      throw new TortureFailedException(
          "expected 'tombola run' on %s to end with exit code 0, found %d: %s; see %s"
              .formatted(
                  store.root(),
                  code,
                  output.isEmpty() ? "no output" : output.get(output.size() - 1),
                  store.logFile()));
    }
  }

  private static Optional<Duration> delayOf(Fault fault) {
    if (fault instanceof Kill kill) {
      return Optional.of(kill.after());
    }
    return fault instanceof Terminate terminate ? Optional.of(terminate.after()) : Optional.empty();
  }

  /** The trials whose end some process printed. */
  private Set<String> announced(StoreLayout store) throws IOException {
    String prefix = request.spec().name() + "/";
    return outputOf(store).stream()
        .flatMap(line -> TrialLine.trialOf(line).stream())
        .filter(trial -> trial.startsWith(prefix))
        .collect(Collectors.toSet());
  }

  private static List<String> outputOf(StoreLayout store) throws IOException {
    return Files.exists(file(store)) ? Files.readAllLines(file(store)) : List.of();
  }

  private static Path file(StoreLayout store) {
    return store.root().resolveSibling(store.root().getFileName() + ".err");
  }

  private StoreLayout store(String name) {
    return new StoreLayout(request.directory().resolve(name));
  }
}
