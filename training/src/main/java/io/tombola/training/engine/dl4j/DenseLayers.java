package io.tombola.training.engine.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;

/** The weights of a stack of dense layers in the backend's memory, and where they belong. */
final class DenseLayers implements AutoCloseable {

  /**
   * One layer.
   *
   * @param weightOffset where its weights start in the canonical layout
   * @param weights [fanIn][fanOut]
   */
  record Layer(int fanIn, int fanOut, int weightOffset, Matrix weights) {

    int weightCount() {
      return fanIn * fanOut;
    }

    int biasOffset() {
      return weightOffset + weightCount();
    }
  }

  private final List<Layer> layers;

  private DenseLayers(List<Layer> layers) {
    this.layers = layers;
  }

  static DenseLayers of(MultiLayerConfiguration configuration) {
    List<Layer> layers = new ArrayList<>();
    int offset = 0;
    for (int l = 0; l < configuration.getConfs().size(); l++) {
      FeedForwardLayer conf = (FeedForwardLayer) configuration.getConf(l).getLayer();
      int fanIn = (int) conf.getNIn();
      int fanOut = (int) conf.getNOut();
      layers.add(new Layer(fanIn, fanOut, offset, new Matrix(fanIn, fanOut)));
      offset += fanIn * fanOut + fanOut;
    }
    return new DenseLayers(List.copyOf(layers));
  }

  int size() {
    return layers.size();
  }

  Layer get(int layer) {
    return layers.get(layer);
  }

  int inputs() {
    return layers.get(0).fanIn();
  }

  int outputs() {
    return layers.get(layers.size() - 1).fanOut();
  }

  /** Copies every layer's weights from the canonical layout. */
  void write(float[] parameters) {
    for (Layer layer : layers) {
      layer.weights().write(0, parameters, layer.weightOffset(), layer.weightCount());
    }
  }

  @Override
  public void close() {
    layers.forEach(layer -> layer.weights().close());
  }
}
