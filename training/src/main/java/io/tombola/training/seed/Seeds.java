package io.tombola.training.seed;

import io.tombola.protocol.hash.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The random streams of a replicate. A stream is named by its purpose and index; drawing from one
 * never changes another.
 *
 * @param campaignSeed the campaign's seed
 * @param replicate from 1
 */
public record Seeds(long campaignSeed, int replicate) {

  /**
   * The stream of this name: SHA-256 over seed, replicate, purpose and indices is the generator's
   * first state.
   *
   * @param purpose such as {@code data-order}
   * @param index tells streams of one purpose apart, such as the epoch
   */
  public RandomStream stream(String purpose, long... index) {
    byte[] name = purpose.getBytes(StandardCharsets.UTF_8);
    int bytes = Long.BYTES + 3 * Integer.BYTES + name.length + index.length * Long.BYTES;
    ByteBuffer key = ByteBuffer.allocate(bytes);
    key.putLong(campaignSeed).putInt(replicate);
    key.putInt(name.length).put(name);
    key.putInt(index.length);
    for (long i : index) {
      key.putLong(i);
    }
    ByteBuffer state = ByteBuffer.wrap(Sha256.of(key.array()));
    return new RandomStream(state.getLong(), state.getLong(), state.getLong(), state.getLong());
  }

  /** The order of {@code examples} training examples in an epoch, counted from 0. */
  public int[] dataOrder(int epoch, int examples) {
    return stream("data-order", epoch).permutation(examples);
  }
}
