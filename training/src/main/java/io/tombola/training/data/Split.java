package io.tombola.training.data;

/** Some examples of a data set, by index; shares the pixels. Immutable and thread-safe. */
public final class Split {

  private final Examples examples;
  private final int[] indices;

  /** Takes over {@code indices}. */
  Split(Examples examples, int[] indices) {
    this.examples = examples;
    this.indices = indices;
  }

  /** How many examples there are. */
  public int size() {
    return indices.length;
  }

  /** The index in the data set of the example at {@code position}. */
  public int index(int position) {
    return indices[position];
  }

  /** The class of the example at {@code position}. */
  public int label(int position) {
    return examples.label(indices[position]);
  }

  /** Writes the example's values to {@code into} from {@code offset} on. */
  public void gather(int position, float[] into, int offset) {
    examples.gather(indices[position], into, offset);
  }

  /** The float of each pixel value, at {@code channel * 256 + pixel}. */
  public float[] pixelValues() {
    return examples.table().clone();
  }

  /** All pixels of the data set that these examples are of, by {@link #index}. */
  public PackedPixels pixels() {
    return examples.pixels();
  }
}
