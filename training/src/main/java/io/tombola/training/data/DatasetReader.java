package io.tombola.training.data;

/** Reads one data set from its files, pixels as they are. */
interface DatasetReader {

  /**
   * Reads everything.
   *
   * @throws BadDataException if a file is missing, damaged or does not fit the others
   */
  Dataset read();

  /**
   * Reads no more than it takes to know the shape.
   *
   * @throws BadDataException as {@link #read} does, as far as it looks
   */
  DataShape shape();
}
