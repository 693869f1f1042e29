package io.tombola.deploy.torture;

import io.tombola.deploy.config.BuildInfo;
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
 * Runs a campaign once uninterrupted, then again and again under seeded faults, each time from the
 * beginning to the end over as many deaths as it takes, and compares what is left.
 */
public final class Torture {

  private static final Duration LOOK = Duration.ofMillis(20);
  private static final int SETTLINGS = 3;
  private static final int DONE = 0;
  private static final int INTERRUPTED = 75;

  private final Request request;
  private final Consumer<String> news;
  private final TortureStatistics tally = new TortureStatistics();
  private volatile Optional<ChildRun> current = Optional.empty();
  private volatile boolean stopped;

  /**
   * What to do.
   *
   * @param program its command {@code run} is what is tortured
   * @param directory exists; takes the stores of the campaigns
   * @param campaign the file that each process runs
   * @param settings for {@code --set}
   * @param spec what file and settings amount to
   * @param kills deaths to go through
   */
  public record Request(
      Class<?> program,
      Path directory,
      Path campaign,
      List<String> settings,
      CampaignSpec spec,
      int kills,
      long seed) {}

  /** A torture; {@code news} is told what happens, a line at a time. */
  public Torture(Request request, Consumer<String> news) {
    this.request = request;
    this.news = news;
  }

  /** Ends it as soon as may be; {@link #run} then throws. */
  public void stop() {
    stopped = true;
    current.ifPresent(ChildRun::close);
  }

  /**
   * Goes through all of it.
   *
   * @throws TortureStoppedException after {@link #stop}
   * @throws TortureFailedException if a process fails without any fault, or hangs
   */
  public Certificate run() throws IOException, InterruptedException {
    StoreLayout whole = store("uninterrupted");
    FaultPlan.Pace pace = undisturbed(whole);
    FinalState expected = FinalState.of(whole);
    news.accept(
        "uninterrupted: %d trials in %.1f s"
            .formatted(expected.rows().size(), pace.whole().toMillis() / 1000.0));
    FaultPlan plan = new FaultPlan(new SplittableRandom(request.seed()), pace);
    int lap = 0;
    while (tally.deaths() < request.kills()) {
      lap++;
      StoreLayout store = store("lap-" + lap);
      List<Violation> found = new ArrayList<>(lap(store, plan));
      found.addAll(Differences.between(expected, FinalState.of(store)));
      news.accept("lap %d: %s".formatted(lap, found.isEmpty() ? "the same bytes" : found));
      tally.add(lap, found);
      if (found.isEmpty()) {
        FileTrees.delete(store.root());
      }
    }
    return certificate(expected, lap);
  }

  private Certificate certificate(FinalState expected, int laps) {
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
        tally.deaths(),
        tally.faults(),
        tally.deepestRecovery(),
        tally.longestFarewell().toMillis(),
        laps,
        expected.rows().size(),
        expected.rowsHash(),
        expected.artifacts().size(),
        expected.artifactsHash(),
        expected.topic().size(),
        expected.topicHash(),
        tally.findings());
  }

  private FaultPlan.Pace undisturbed(StoreLayout store) throws IOException, InterruptedException {
    long began = System.nanoTime();
    try (ChildRun run = start(store, Optional.empty())) {
      Duration recovery = Duration.ZERO;
      while (run.lives(Duration.ofNanos(System.nanoTime() - began).plus(LOOK))) {
        if (recovery.isZero() && !said(store).isEmpty()) {
          recovery = Duration.ofNanos(System.nanoTime() - began);
        }
      }
      require(store, run.exitCode());
      return new FaultPlan.Pace(recovery, Duration.ofNanos(System.nanoTime() - began));
    }
  }

  /** One campaign from its beginning to its end. */
  private List<Violation> lap(StoreLayout store, FaultPlan plan)
      throws IOException, InterruptedException {
    JournalInvariants watch = new JournalInvariants(store);
    boolean finished = false;
    while (!finished && tally.deaths() < request.kills()) {
      ProcessScenario life = plan.next();
      finished = live(store, life);
      watch.look(announced(store));
      news.accept(
          "%d of %d deaths: %s; %d of %d trials"
              .formatted(
                  tally.deaths(),
                  request.kills(),
                  finished ? "finished before " + life.end() : life.end(),
                  watch.ended(),
                  request.spec().trials().size()));
    }
    settle(store);
    watch.look(announced(store));
    return watch.findings();
  }

  /** One process; whether it came to the campaign's end. */
  private boolean live(StoreLayout store, ProcessScenario life)
      throws IOException, InterruptedException {
    Optional<Failpoint.Trigger> order =
        life.end() instanceof CrashAt crash ? Optional.of(crash.order()) : Optional.empty();
    try (ChildRun run = start(store, order)) {
      Optional<Duration> moment = momentOf(life.end());
      Optional<ChildKill> bystander = life.bystander();
      if (bystander.isPresent() && run.lives(bystander.get().after())) {
        run.killBystander(bystander.get().choice()).ifPresent(tally::bystander);
      }
      if (moment.isPresent() && run.lives(moment.get())) {
        return struck(run, life);
      }
      return ended(store, run.exitCode(), life);
    }
  }

  private boolean struck(ChildRun run, ProcessScenario life)
      throws IOException, InterruptedException {
    if (life.end() instanceof Kill) {
      run.kill();
      tally.death(life);
      return false;
    }
    Duration farewell = run.terminate();
    tally.farewell(farewell);
    int code = run.exitCode();
    if (code != INTERRUPTED && code != DONE) {
      tally.unruly("ended with exit code " + code + " after SIGTERM");
    }
    return code == DONE;
  }

  private boolean ended(StoreLayout store, int code, ProcessScenario life) throws IOException {
    if (code == Failpoint.KILLED && life.end() instanceof CrashAt) {
      tally.death(life);
      return false;
    }
    require(store, code);
    return true;
  }

  /** Runs undisturbed until every result is published. */
  private void settle(StoreLayout store) throws IOException, InterruptedException {
    for (int settling = 1; settling <= SETTLINGS; settling++) {
      int before = said(store).size();
      try (ChildRun run = start(store, Optional.empty())) {
        require(store, run.exitCode());
      }
      List<String> said = said(store);
      if (said.subList(before, said.size()).stream().noneMatch(l -> l.contains("not published"))) {
        return;
      }
    }
  }

  private ChildRun start(StoreLayout store, Optional<Failpoint.Trigger> death) throws IOException {
    ChildRun run =
        ChildRun.start(
            new ChildRun.Order(
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
      List<String> said = said(store);
      throw new TortureFailedException(
          "expected 'tombola run' on %s to end with exit code 0, found %d: %s; see %s"
              .formatted(
                  store.root(),
                  code,
                  said.isEmpty() ? "it said nothing" : said.get(said.size() - 1),
                  store.logFile()));
    }
  }

  private static Optional<Duration> momentOf(Fault fault) {
    if (fault instanceof Kill kill) {
      return Optional.of(kill.after());
    }
    return fault instanceof Terminate terminate ? Optional.of(terminate.after()) : Optional.empty();
  }

  /** Trials that some process said have ended. */
  private Set<String> announced(StoreLayout store) throws IOException {
    String prefix = request.spec().name() + "/";
    return said(store).stream()
        .filter(line -> line.startsWith(prefix) && line.contains(" Pm "))
        .map(line -> line.substring(0, line.indexOf(' ')))
        .collect(Collectors.toSet());
  }

  private static List<String> said(StoreLayout store) throws IOException {
    return Files.exists(file(store)) ? Files.readAllLines(file(store)) : List.of();
  }

  private static Path file(StoreLayout store) {
    return store.root().resolveSibling(store.root().getFileName() + ".err");
  }

  private StoreLayout store(String name) {
    return new StoreLayout(request.directory().resolve(name));
  }
}
