package io.tombola.training.engine.dense.dl4j;

import io.tombola.protocol.spec.OptimizerSpec;
import io.tombola.protocol.spec.ScheduleSpec;
import io.tombola.protocol.spec.TrainingSpec;
import io.tombola.training.data.ImageShape;
import io.tombola.training.network.Layer;
import io.tombola.training.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.RampSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * A network and its optimizer as DL4J defines them. DL4J has no heavy-ball momentum; Nesterov's
 * replaces it.
 */
final class Dl4jConfiguration {

  /**
   * DL4J's layers.
   *
   * @param firstOf by layer of the network: index into {@code layers} of the first that it became
   */
  record Plan(List<org.deeplearning4j.nn.conf.layers.Layer> layers, List<Integer> firstOf) {}

  private Dl4jConfiguration() {}

  /** The configuration of a network that is trained as {@code training} says. */
  static MultiLayerConfiguration of(Network network, TrainingSpec training) {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .dataType(DataType.FLOAT)
            .updater(updater(training))
            .l2(training.optimizer().weightDecay())
            .list();
    plan(network).layers().forEach(layers::layer);
    return layers.setInputType(inputType(network)).build();
  }

  /**
   * Whether DL4J's network takes images, [batch][channel][row][column], rather than rows of values
   * in the order that this engine has them in.
   */
  static boolean takesImages(Network network) {
    return network.layers().stream().anyMatch(layer -> layer.accept(new ReadsPixels()));
  }

  private static InputType inputType(Network network) {
    ImageShape input = network.input();
    return takesImages(network)
        ? InputType.convolutional(input.height(), input.width(), input.channels())
        : InputType.feedForward(network.inputs());
  }

  /** DL4J's layers for a network. */
  static Plan plan(Network network) {
    List<org.deeplearning4j.nn.conf.layers.Layer> layers = new ArrayList<>();
    List<Integer> firstOf = new ArrayList<>();
    for (Layer layer : network.layers()) {
      firstOf.add(layers.size());
      layers.addAll(layer.accept(new Dl4jLayers(network)));
    }
    return new Plan(List.copyOf(layers), List.copyOf(firstOf));
  }

  /** Whether a layer reads an image by rows and columns. */
  private static final class ReadsPixels implements Layer.Visitor<Boolean> {

    @Override
    public Boolean convolution(Layer.Convolution convolution) {
      return true;
    }

    @Override
    public Boolean dense(Layer.Dense dense) {
      return false;
    }

    @Override
    public Boolean batchNorm(Layer.BatchNorm norm) {
      return false;
    }

    @Override
    public Boolean pool(Layer.Pool pool) {
      return true;
    }

    @Override
    public Boolean dropout(Layer.Dropout dropout) {
      return false;
    }
  }

  private static IUpdater updater(TrainingSpec training) {
    OptimizerSpec optimizer = training.optimizer();
    ISchedule rates = schedule(training);
    return switch (optimizer.type()) {
      case ADAM -> new Adam(rates);
      case SGD -> new Sgd(rates);
      case MOMENTUM -> new Nesterovs(rates, optimizer.momentum());
    };
  }

  /** The rate of each iteration, as {@link io.tombola.training.engine.LearningRates} has it. */
  static ISchedule schedule(TrainingSpec training) {
    double fullRate = training.optimizer().learningRate();
    ScheduleSpec schedule = training.optimizer().schedule();
    Map<Integer, Double> changes =
        schedule instanceof ScheduleSpec.Step step
            ? changes(fullRate, step)
            : changes(fullRate, schedule, training.iterations());
    ISchedule rates =
        changes.size() == 1
            ? new FixedSchedule(fullRate)
            : new MapSchedule(ScheduleType.ITERATION, changes);
    return schedule.warmUp() == 0 ? rates : new RampSchedule(rates, schedule.warmUp());
  }

  /** Multiplied milestone by milestone: files written since 0.2.0 hold these bytes. */
  private static Map<Integer, Double> changes(double fullRate, ScheduleSpec.Step step) {
    Map<Integer, Double> changes = new TreeMap<>();
    double rate = fullRate;
    changes.put(0, rate);
    for (int milestone : step.milestones()) {
      rate *= step.decay();
      changes.put(milestone, rate);
    }
    return changes;
  }

  /** Each iteration whose rate differs from that of the one before. */
  private static Map<Integer, Double> changes(
      double fullRate, ScheduleSpec schedule, int iterations) {
    Map<Integer, Double> changes = new TreeMap<>();
    double before = Double.NaN;
    for (int iteration = 0; iteration < iterations; iteration++) {
      double rate = fullRate * schedule.factor(iteration, iterations);
      if (rate != before) {
        changes.put(iteration, rate);
      }
      before = rate;
    }
    return changes;
  }
}
