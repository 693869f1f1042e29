package io.tombola.training.engine.dense.dl4j;

import io.tombola.training.network.Layer;
import io.tombola.training.network.Network;
import io.tombola.training.network.Network.Kind;
import io.tombola.training.network.Network.PrunableLayer;
import java.util.List;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer.PoolingType;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The layers of DL4J's network that a layer becomes, in their order; the first has parameters. */
record Dl4jLayers(Network network)
    implements Layer.Visitor<List<org.deeplearning4j.nn.conf.layers.Layer>> {

  @Override
  public List<org.deeplearning4j.nn.conf.layers.Layer> convolution(Layer.Convolution convolution) {
    return List.of(
        new ConvolutionLayer.Builder(convolution.kernel(), convolution.kernel())
            .name(weights(convolution).name())
            .nIn(convolution.input().channels())
            .nOut(convolution.filters())
            .stride(1, 1)
            .convolutionMode(ConvolutionMode.Same)
            .activation(activation(convolution))
            .build());
  }

  @Override
  public List<org.deeplearning4j.nn.conf.layers.Layer> dense(Layer.Dense dense) {
    return List.of(weights(dense).kind() == Kind.OUTPUT ? output(dense) : hidden(dense));
  }

  private DenseLayer hidden(Layer.Dense dense) {
    return new DenseLayer.Builder()
        .name(weights(dense).name())
        .nIn(dense.input().values())
        .nOut(dense.units())
        .activation(activation(dense))
        .build();
  }

  private OutputLayer output(Layer.Dense dense) {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .name(weights(dense).name())
        .nIn(dense.input().values())
        .nOut(dense.units())
        .activation(Activation.SOFTMAX)
        .build();
  }

  @Override
  public List<org.deeplearning4j.nn.conf.layers.Layer> batchNorm(Layer.BatchNorm norm) {
    BatchNormalization normalization =
        new BatchNormalization.Builder()
            .decay(Layer.BatchNorm.DECAY)
            .eps(Layer.BatchNorm.EPSILON)
            .useLogStd(false)
            .build();
    // DL4J's batch normalisation ignores an activation of its own.
    return norm.rectified()
        ? List.of(normalization, new ActivationLayer.Builder().activation(Activation.RELU).build())
        : List.of(normalization);
  }

  @Override
  public List<org.deeplearning4j.nn.conf.layers.Layer> pool(Layer.Pool pool) {
    PoolingType type =
        switch (pool.kind()) {
          case MAX -> PoolingType.MAX;
        };
    return List.of(
        new SubsamplingLayer.Builder(type)
            .kernelSize(pool.size(), pool.size())
            .stride(pool.size(), pool.size())
            .convolutionMode(ConvolutionMode.Truncate)
            .build());
  }

  @Override
  public List<org.deeplearning4j.nn.conf.layers.Layer> dropout(Layer.Dropout dropout) {
    return List.of(new DropoutLayer.Builder(1 - dropout.rate()).build());
  }

  private PrunableLayer weights(Layer.Weighted layer) {
    return network.prunableLayers().get(layer.index());
  }

  private static Activation activation(Layer layer) {
    return layer.rectified() ? Activation.RELU : Activation.IDENTITY;
  }
}
