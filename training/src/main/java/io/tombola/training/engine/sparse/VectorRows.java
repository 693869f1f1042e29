package io.tombola.training.engine.sparse;

import static jdk.incubator.vector.VectorOperators.LSHR;

import io.tombola.training.data.PackedPixels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * What is done to each value, on the Vector API. All vectors of floats have one length: where a
 * process mixes lengths, C2 of Java 17 puts every vector into an object.
 */
abstract class VectorRows implements RowKernels {

  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  static final int LENGTH = SPECIES.length();

  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;

  @Override
  public void toUnitInterval(
      int[] words, int word, int[] images, float[] values, int[] rows, int width) {
    int first = word * PackedPixels.PACKED;
    int a = rows[first];
    int b = rows[first + 1];
    int c = rows[first + 2];
    int d = rows[first + 3];
    for (int e = 0; e < width; e += LENGTH) {
      IntVector four = IntVector.fromArray(INTS, words, word, images, e);
      unitInterval(four.and(0xff)).intoArray(values, a + e);
      unitInterval(four.lanewise(LSHR, 8).and(0xff)).intoArray(values, b + e);
      unitInterval(four.lanewise(LSHR, 16).and(0xff)).intoArray(values, c + e);
      unitInterval(four.lanewise(LSHR, 24)).intoArray(values, d + e);
    }
  }

  private static FloatVector unitInterval(IntVector pixels) {
    FloatVector pixel = (FloatVector) pixels.convertShape(VectorOperators.I2F, SPECIES, 0);
    // A division takes several times as long; what it would leave makes the quotient exact.
    FloatVector quotient = pixel.mul(1 / 255f);
    FloatVector reciprocal = FloatVector.broadcast(SPECIES, 1 / 255f);
    FloatVector rest = quotient.fma(FloatVector.broadcast(SPECIES, -255f), pixel);
    return rest.fma(reciprocal, quotient);
  }

  @Override
  public void rectify(float[] values, int at, int count) {
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int i = at; i < at + count; i += LENGTH) {
      FloatVector.fromArray(SPECIES, values, i).max(zero).intoArray(values, i);
    }
  }

  @Override
  public void maskByActivity(float[] gradient, int at, float[] rectified, int from, int count) {
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int i = 0; i < count; i += LENGTH) {
      VectorMask<Float> active =
          FloatVector.fromArray(SPECIES, rectified, from + i).compare(VectorOperators.GT, 0);
      zero.blend(FloatVector.fromArray(SPECIES, gradient, at + i), active)
          .intoArray(gradient, at + i);
    }
  }

  @Override
  public void multiply(float[] values, int at, float[] factors, int from, int count) {
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector.fromArray(SPECIES, values, at + i)
          .mul(FloatVector.fromArray(SPECIES, factors, from + i))
          .intoArray(values, at + i);
    }
  }

  @Override
  public void raise(float[] largest, int at, float[] candidates, int from, int count) {
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector.fromArray(SPECIES, largest, at + i)
          .max(FloatVector.fromArray(SPECIES, candidates, from + i))
          .intoArray(largest, at + i);
    }
  }

  @Override
  public void take(
      float[] left,
      int at,
      float[] largest,
      float[] candidates,
      int from,
      float[] taken,
      int to,
      int count) {
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int i = 0; i < count; i += LENGTH) {
      FloatVector all = FloatVector.fromArray(SPECIES, left, at + i);
      VectorMask<Float> is =
          FloatVector.fromArray(SPECIES, candidates, from + i)
              .compare(VectorOperators.EQ, FloatVector.fromArray(SPECIES, largest, i));
      zero.blend(all, is).intoArray(taken, to + i);
      all.blend(zero, is).intoArray(left, at + i);
    }
  }
}
