package io.tombola.training.data;

/** Labels as the unsigned bytes of files. */
final class Labels {

  private Labels() {}

  /** One more than the highest label of either. */
  static int classes(byte[] train, byte[] test) {
    return 1 + Math.max(highest(train), highest(test));
  }

  private static int highest(byte[] labels) {
    int highest = 0;
    for (byte label : labels) {
      highest = Math.max(highest, label & 0xff);
    }
    return highest;
  }
}
