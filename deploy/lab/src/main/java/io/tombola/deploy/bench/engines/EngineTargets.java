package io.tombola.deploy.bench.engines;

import io.tombola.deploy.bench.measure.BenchmarkTarget;
import io.tombola.deploy.bench.measure.CpuStopwatch;
import io.tombola.deploy.bench.measure.TimedWindow;
import io.tombola.protocol.EngineName;
import io.tombola.protocol.spec.EngineChoice;
import io.tombola.training.data.DataSplits;
import io.tombola.training.engine.DataOrder;
import io.tombola.training.engine.Device;
import io.tombola.training.engine.Engine;
import io.tombola.training.engine.EngineSelection;
import io.tombola.training.engine.LearningRates;
import io.tombola.training.engine.OptimizerState;
import io.tombola.training.engine.SessionSpec;
import io.tombola.training.engine.TrainingPosition;
import io.tombola.training.engine.TrainingSession;
import io.tombola.training.engine.device.Engines;
import io.tombola.training.network.GlorotNormal;
import io.tombola.training.seed.Seeds;
import java.util.List;

/** All engines, on the first device. Confined to the thread that opens it, which closes it. */
public final class EngineTargets implements AutoCloseable {

  private final Engine engine;
  private final List<EngineName> engines;

  /** Opens the first device. */
  public EngineTargets() {
    Engines found = Engines.detect(1);
    Device device = found.devices().get(0);
    engine = found.open(device);
    engines = found.on(device);
  }

  /** The engines that work on the first device, without opening it. */
  public static List<EngineName> present() {
    Engines found = Engines.detect(1);
    return found.on(found.devices().get(0));
  }

  /** The engines that work on the device. */
  public List<EngineName> engines() {
    return engines;
  }

  /** A session on the device; the caller closes it. */
  public TrainingSession open(SessionSpec session) {
    return engine.open(session);
  }

  /** The session that trains a network from its first iteration. */
  public static SessionSpec session(
      EngineName engine, BenchmarkNetwork network, DataSplits splits) {
    Seeds seeds = new Seeds(network.seed(), 1);
    return new SessionSpec(
        network.training(),
        splits,
        new TrainingPosition(
            0,
            GlorotNormal.draw(network.architecture(), seeds.stream("initialisation")),
            OptimizerState.FRESH),
        network.mask(),
        new DataOrder(seeds, 0),
        LearningRates.of(network.training()),
        engine);
  }

  /**
   * Training steps of an engine on a network.
   *
   * @throws io.tombola.protocol.spec.InvalidSpecException if the engine does not support the
   *     network
   */
  public BenchmarkTarget training(EngineName engine, BenchmarkNetwork network, DataSplits splits) {
    return new Training(engine.toString(), start(engine, network, splits));
  }

  /**
   * Evaluations of a network on the validation examples by an engine.
   *
   * @throws io.tombola.protocol.spec.InvalidSpecException if the engine does not support the
   *     network
   */
  public BenchmarkTarget evaluation(
      EngineName engine, BenchmarkNetwork network, DataSplits splits) {
    return new Evaluation(engine.toString(), start(engine, network, splits), splits);
  }

  private TrainingSession start(EngineName engine, BenchmarkNetwork network, DataSplits splits) {
    EngineSelection.check(EngineChoice.valueOf(engine.name()), network.architecture());
    return open(session(engine, network, splits));
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
      return CpuStopwatch.repeat(units, () -> session.evaluate(splits.validation()));
    }

    @Override
    public void close() {
      session.close();
    }
  }

  @Override
  public void close() {
    engine.close();
  }
}
