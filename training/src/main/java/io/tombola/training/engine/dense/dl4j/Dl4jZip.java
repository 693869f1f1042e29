package io.tombola.training.engine.dense.dl4j;

import io.tombola.protocol.spec.TrainingSpec;
import io.tombola.training.network.Weights;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;

/**
 * Writes the file that DL4J's {@code ModelSerializer.restoreMultiLayerNetwork} reads.
 *
 * <p>The network it gives takes [batch][channel][row][column] if it has a convolution or a pooling,
 * else [batch][values], and puts out the probability of each class. It has no mask: what is pruned
 * is 0 in the weights, and DL4J's training would move it.
 */
public final class Dl4jZip {

  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private Dl4jZip() {}

  /**
   * The bytes of the file, without optimizer state; equal weights give equal bytes.
   *
   * @param training what {@code fit} would train with
   */
  public static byte[] encode(Weights weights, TrainingSpec training) {
    MultiLayerNetwork network = Dl4jParameters.networkOf(weights, training);
    // DL4J puts the time of day there; nothing that is drawn is left.
    network.getLayerWiseConfigurations().getConfs().forEach(layer -> layer.setSeed(0));
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try {
      ModelSerializer.writeModel(network, file, false);
      return withoutTimes(file.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to memory", e);
    } finally {
      network.close();
    }
  }

  /** DL4J stamps entries with the time of writing; equal networks should be equal files. */
  private static byte[] withoutTimes(byte[] file) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(file.length);
    try (ZipInputStream from = new ZipInputStream(new ByteArrayInputStream(file));
        ZipOutputStream to = new ZipOutputStream(out)) {
      for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
        ZipEntry timeless = new ZipEntry(entry.getName());
        timeless.setTimeLocal(NO_TIME);
        to.putNextEntry(timeless);
        from.transferTo(to);
        to.closeEntry();
      }
    }
    return out.toByteArray();
  }
}
