package io.tombola.training.engine.dense;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.training.data.ImageShape;
import io.tombola.training.engine.RandomParameters;
import io.tombola.training.engine.dense.ParameterGroup.Range;
import io.tombola.training.engine.dense.nd4j.Nd4jBackend;
import io.tombola.training.network.Layer;
import io.tombola.training.network.Network;
import io.tombola.training.network.Networks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneDnnConvolutionTest {

  private static final ImageShape CIFAR = new ImageShape(32, 32, 3);
  private static final int EXAMPLES = 4;
  private static final boolean X86 = System.getProperty("os.arch").matches("amd64|x86_64");

  /** A kernel of oneDNN's that is not made for the processor is many times slower. */
  @ParameterizedTest
  @ValueSource(strings = {"conv-2", "conv-4", "conv-6"})
  void convolutionsDoNotFallBack(String name) {
    Network network = Networks.of(name, CIFAR, 10);
    try (Parameters parameters = new Parameters(network, RandomParameters.draw(network));
        ForwardPass pass = new ForwardPass(parameters, EXAMPLES)) {
      int convolutions = 0;
      for (LayerForward step : pass.steps()) {
        if (step.layer() instanceof Layer.Convolution && !X86) {
          assertInstanceOf(ConvolutionForward.class, step);
          convolutions++;
        } else if (step.layer() instanceof Layer.Convolution) {
          OneDnnConvolution convolution = assertInstanceOf(OneDnnConvolution.class, step);
          for (String kernel : kernels(convolution)) {
            assertTrue(kernel.matches("(jit|brg).*avx.*"), convolution.layer() + ": " + kernel);
          }
          convolutions++;
        }
      }
      assertEquals(Integer.parseInt(name.substring("conv-".length())), convolutions);
    }
  }

  private static List<String> kernels(OneDnnConvolution convolution) {
    try (Activations input = new Activations(EXAMPLES, convolution.layer().input().values());
        Activations below = new Activations(EXAMPLES, convolution.layer().input().values());
        Activations gradient = new Activations(EXAMPLES, convolution.layer().output().values());
        OneDnnConvolutionBackward backward = (OneDnnConvolutionBackward) convolution.backward()) {
      convolution.infer(input);
      backward.run(gradient, Optional.of(below));
      List<String> all = new ArrayList<>(backward.kernels());
      assertEquals(2, all.size());
      all.add(convolution.convolution().kernel());
      return all;
    }
  }

  /** What computes on x86 agrees with what computes elsewhere. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5})
  @EnabledIfSystemProperty(named = "os.arch", matches = "amd64|x86_64")
  void agreesWithProductsOfPatches(int kernel) {
    ImageShape shape = new ImageShape(9, 7, 5);
    Network network = Networks.of("conv 20 %d, dense 3".formatted(kernel), shape, 3);
    Layer.Convolution layer = (Layer.Convolution) network.layers().get(0);
    try (Parameters parameters = new Parameters(network, RandomParameters.draw(network));
        OneDnnConvolution ours = new OneDnnConvolution(layer, parameters, EXAMPLES);
        ConvolutionForward theirs = new ConvolutionForward(layer, parameters, EXAMPLES)) {
      float[][] expected = run(theirs);
      float[][] found = run(ours);
      for (int i = 0; i < expected.length; i++) {
        assertArrayEquals(expected[i], found[i], 1e-4f);
      }
      float[][] again = run(ours);
      for (int i = 0; i < expected.length; i++) {
        assertArrayEquals(found[i], again[i]);
      }
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "os.arch", matches = "amd64|x86_64")
  void twoThreadsAtOnceComputeWhatOneDoes() throws Exception {
    float[][] alone = runLarge();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<float[][]>> both = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        both.add(threads.submit(OneDnnConvolutionTest::runLarge));
      }
      for (Future<float[][]> one : both) {
        float[][] found = one.get();
        for (int i = 0; i < alone.length; i++) {
          assertArrayEquals(alone[i], found[i]);
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static float[][] runLarge() {
    Nd4jBackend.useOneThread();
    Network network = Networks.of("conv 64, dense 10", new ImageShape(16, 16, 64), 10);
    Layer.Convolution layer = (Layer.Convolution) network.layers().get(0);
    try (Parameters parameters = new Parameters(network, RandomParameters.draw(network));
        OneDnnConvolution convolution = new OneDnnConvolution(layer, parameters, EXAMPLES)) {
      return run(convolution);
    }
  }

  /** The output, then the gradients by the input, the weights and the biases. */
  private static float[][] run(LayerForward convolution) {
    int inputs = convolution.layer().input().values();
    try (Activations input = new Activations(EXAMPLES, inputs);
        Activations below = new Activations(EXAMPLES, inputs);
        Activations gradient = new Activations(EXAMPLES, convolution.layer().output().values());
        LayerBackward backward = convolution.backward()) {
      fill(input, 0.37);
      fill(gradient, 0.73);
      float[] output = convolution.infer(input).array().clone();
      backward.run(gradient, Optional.of(below));
      List<float[]> all = new ArrayList<>(List.of(output, below.array()));
      for (ParameterGroup trained : backward.trained()) {
        Range range = trained.range();
        float[] into = new float[range.offset() + range.count()];
        trained.readGradients(0, range.count(), into);
        all.add(into);
      }
      return all.toArray(float[][]::new);
    }
  }

  private static void fill(Activations values, double step) {
    for (int i = 0; i < values.array().length; i++) {
      values.array()[i] = (float) Math.sin(i * step);
    }
    values.changed();
  }
}
