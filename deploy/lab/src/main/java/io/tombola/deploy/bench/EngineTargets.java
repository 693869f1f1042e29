package io.tombola.deploy.bench;

import io.tombola.protocol.EngineName;
import io.tombola.protocol.spec.EngineChoice;
import io.tombola.training.data.DataSplits;
import io.tombola.training.engine.DataOrder;
import io.tombola.training.engine.Device;
import io.tombola.training.engine.Engine;
import io.tombola.training.engine.EngineProvider;
import io.tombola.training.engine.EngineSelection;
import io.tombola.training.engine.Engines;
import io.tombola.training.engine.LearningRates;
import io.tombola.training.engine.OptimizerState;
import io.tombola.training.engine.SessionSpec;
import io.tombola.training.engine.TrainingPosition;
import io.tombola.training.engine.TrainingSession;
import io.tombola.training.network.GlorotNormal;
import io.tombola.training.seed.Seeds;
import java.util.List;
import java.util.ServiceLoader;

/**
 * The engines on the class path, all on the first device. Confined to the thread that opens it,
 * which closes it.
 */
final class EngineTargets implements AutoCloseable {

  private final Engine slot;
  private final List<EngineName> engines;

  /** Opens the first device. */
  EngineTargets() {
    Engines found = Engines.detect(1);
    Device device = found.devices().get(0);
    slot = found.open(device);
    engines = on(device);
  }

  private static List<EngineName> on(Device device) {
    return ServiceLoader.load(EngineProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.worksOn(device))
        .map(EngineProvider::name)
        .sorted()
        .toList();
  }

  /** The engines that work on the first device, without opening it. */
  static List<EngineName> present() {
    return on(Engines.detect(1).devices().get(0));
  }

  /** Those that work on the device. */
  List<EngineName> engines() {
    return engines;
  }

  /** A session on the device; the caller closes it. */
  TrainingSession open(SessionSpec session) {
    return slot.open(session);
  }

  /** What a workload trains, from its first iteration. */
  static SessionSpec session(EngineName engine, BenchmarkNetwork workload, DataSplits splits) {
    Seeds seeds = new Seeds(workload.seed(), 1);
    return new SessionSpec(
        workload.training(),
        splits,
        new TrainingPosition(
            0,
            GlorotNormal.draw(workload.network(), seeds.stream("initialisation")),
            OptimizerState.FRESH),
        workload.mask(),
        new DataOrder(seeds, 0),
        LearningRates.of(workload.training()),
        engine);
  }

  /**
   * An engine at a workload.
   *
   * @throws io.tombola.protocol.spec.InvalidSpecException if it does not take the network
   */
  BenchmarkTarget training(EngineName engine, BenchmarkNetwork workload, DataSplits splits) {
    return new Training(engine.toString(), started(engine, workload, splits));
  }

  /**
   * An engine that evaluates a workload's network on the validation examples.
   *
   * @throws io.tombola.protocol.spec.InvalidSpecException if it does not take the network
   */
  BenchmarkTarget evaluation(EngineName engine, BenchmarkNetwork workload, DataSplits splits) {
    return new Evaluation(engine.toString(), started(engine, workload, splits), splits);
  }

  private TrainingSession started(EngineName engine, BenchmarkNetwork workload, DataSplits splits) {
    EngineSelection.check(EngineChoice.valueOf(engine.name()), workload.network());
    return open(session(engine, workload, splits));
  }

  private record Training(String name, TrainingSession session) implements BenchmarkTarget {

    @Override
    public TimedWindow run(int units) {
      return CpuStopwatch.time(units, () -> session.advance(units));
    }

    @Override
    public void close() {
      session.close();
    }
  }

  private record Evaluation(String name, TrainingSession session, DataSplits splits)
      implements BenchmarkTarget {

    @Override
    public TimedWindow run(int units) {
      return CpuStopwatch.time(
          units,
          () -> {
            for (int i = 0; i < units; i++) {
              session.evaluate(splits.validation());
            }
          });
    }

    @Override
    public void close() {
      session.close();
    }
  }

  @Override
  public void close() {
    slot.close();
  }
}
