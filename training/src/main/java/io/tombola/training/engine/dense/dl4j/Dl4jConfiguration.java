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
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.RampSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * A network and its recipe as DL4J defines them. DL4J has no heavy-ball momentum; Nesterov's stands
 * for it.
 */
final class Dl4jConfiguration {

  /**
   * DL4J's layers, and which of them each stage became.
   *
   * @param layerOfStage index into {@code layers} by stage; a ReLU that its layer does itself has
   *     that layer's
   */
  record Plan(List<org.deeplearning4j.nn.conf.layers.Layer> layers, List<Integer> layerOfStage) {}

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
    return network.stages().stream()
        .anyMatch(s -> s instanceof Layer.Convolution || s instanceof Layer.MaxPool);
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
    List<Integer> layerOfStage = new ArrayList<>();
    List<Layer> stages = network.stages();
    for (int s = 0; s < stages.size(); s++) {
      boolean rectified = s + 1 < stages.size() && stages.get(s + 1) instanceof Layer.Relu;
      Activation activation = rectified ? Activation.RELU : Activation.IDENTITY;
      Layer stage = stages.get(s);
      if (stage instanceof Layer.Convolution convolution) {
        layers.add(convolution(network, convolution, activation));
      } else if (stage instanceof Layer.Dense dense) {
        boolean last = s == stages.size() - 1;
        layers.add(last ? output(network, dense) : dense(network, dense, activation));
      } else if (stage instanceof Layer.MaxPool pool) {
        layers.add(maxPool(pool));
      } else if (stage instanceof Layer.Dropout dropout) {
        layers.add(new DropoutLayer.Builder(1 - dropout.rate()).build());
      } else if (stage instanceof Layer.BatchNorm) {
        layers.add(batchNorm());
      } else if (stages.get(s - 1) instanceof Layer.BatchNorm) {
        layers.add(new ActivationLayer.Builder().activation(Activation.RELU).build());
      }
      layerOfStage.add(layers.size() - 1);
    }
    return new Plan(List.copyOf(layers), List.copyOf(layerOfStage));
  }

  private static org.deeplearning4j.nn.conf.layers.Layer convolution(
      Network network, Layer.Convolution convolution, Activation activation) {
    return new ConvolutionLayer.Builder(convolution.kernel(), convolution.kernel())
        .name(network.layers().get(convolution.layer()).name())
        .nIn(convolution.input().channels())
        .nOut(convolution.filters())
        .stride(1, 1)
        .convolutionMode(ConvolutionMode.Same)
        .activation(activation)
        .build();
  }

  private static org.deeplearning4j.nn.conf.layers.Layer dense(
      Network network, Layer.Dense dense, Activation activation) {
    return new DenseLayer.Builder()
        .name(network.layers().get(dense.layer()).name())
        .nIn(dense.input().values())
        .nOut(dense.units())
        .activation(activation)
        .build();
  }

  private static org.deeplearning4j.nn.conf.layers.Layer output(
      Network network, Layer.Dense dense) {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .name(network.layers().get(dense.layer()).name())
        .nIn(dense.input().values())
        .nOut(dense.units())
        .activation(Activation.SOFTMAX)
        .build();
  }

  private static org.deeplearning4j.nn.conf.layers.Layer maxPool(Layer.MaxPool pool) {
    return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
        .kernelSize(pool.size(), pool.size())
        .stride(pool.size(), pool.size())
        .convolutionMode(ConvolutionMode.Truncate)
        .build();
  }

  private static org.deeplearning4j.nn.conf.layers.Layer batchNorm() {
    return new BatchNormalization.Builder()
        .decay(Layer.BatchNorm.DECAY)
        .eps(Layer.BatchNorm.EPSILON)
        .useLogStd(false)
        .build();
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
