package io.tombola.training.mask;

/** Finds the k-th smallest of many numbers without sorting all of them. */
final class Quickselect {

  private Quickselect() {}

  /**
   * The number that would be at {@code k} (from 0) if {@code keys} were sorted; reorders them
   * (Hoare 1961, "Algorithm 65: Find").
   */
  static long smallest(long[] keys, int k) {
    int left = 0;
    int right = keys.length - 1;
    while (left < right) {
      long pivot = keys[k];
      int i = left;
      int j = right;
      while (i <= j) {
        while (keys[i] < pivot) {
          i++;
        }
        while (keys[j] > pivot) {
          j--;
        }
        if (i <= j) {
          long swapped = keys[i];
          keys[i++] = keys[j];
          keys[j--] = swapped;
        }
      }
      left = j < k ? i : left;
      right = k < i ? j : right;
    }
    return keys[k];
  }
}
