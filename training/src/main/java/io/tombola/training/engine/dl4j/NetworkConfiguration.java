package io.tombola.training.engine.dl4j;

import io.tombola.training.network.Network;
import io.tombola.training.network.Network.Layer;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A network and its recipe as DL4J defines them. */
final class NetworkConfiguration {

  private NetworkConfiguration() {}

  static MultiLayerConfiguration of(Network network, double learningRate) {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .dataType(DataType.FLOAT)
            .updater(new Adam(learningRate))
            .list();
    for (Layer layer : network.layers()) {
      layers.layer(layer(layer));
    }
    return layers.build();
  }

  private static org.deeplearning4j.nn.conf.layers.Layer layer(Layer layer) {
    return switch (layer.kind()) {
      case CONV -> throw new UnsupportedOperationException(layer.name());
      case DENSE ->
          new DenseLayer.Builder()
              .name(layer.name())
              .nIn(layer.inputs())
              .nOut(layer.outputs())
              .activation(Activation.RELU)
              .build();
      case OUTPUT ->
          new OutputLayer.Builder(LossFunction.MCXENT)
              .name(layer.name())
              .nIn(layer.inputs())
              .nOut(layer.outputs())
              .activation(Activation.SOFTMAX)
              .build();
    };
  }
}
