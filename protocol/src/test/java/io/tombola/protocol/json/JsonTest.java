package io.tombola.protocol.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  private record Numbers(
      double plain,
      float single,
      Double boxed,
      OptionalDouble optional,
      Optional<Double> boxedOptional,
      List<Float> list,
      Map<String, Double> map) {

    static Numbers all(double n) {
      float f = (float) n;
      return new Numbers(n, f, n, OptionalDouble.of(n), Optional.of(n), List.of(f), Map.of("k", n));
    }
  }

  private static final String NULLS =
      "{'plain':null,'single':null,'boxed':null,'optional':null,'boxedOptional':null,"
          + "'list':[null],'map':{'k':null}}";

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void writesNullWhereANumberIsNotFinite(double number) throws IOException {
    Numbers numbers = Numbers.all(number);
    assertEquals(NULLS.replace('\'', '"'), Json.MAPPER.writeValueAsString(numbers));
    JsonNode tree = Json.MAPPER.valueToTree(numbers);
    assertEquals(NULLS.replace('\'', '"'), Json.MAPPER.writeValueAsString(tree));
    assertEquals(
        Json.MAPPER.readTree(NULLS.replace('\'', '"')),
        Json.MAPPER.readTree(
            Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(numbers)));
  }

  @Test
  void writesNullWithinArrays() throws IOException {
    double[] doubles = {1, Double.NaN, Double.NEGATIVE_INFINITY};
    float[] floats = {1, Float.NaN, Float.POSITIVE_INFINITY};
    assertEquals("[1.0,null,null]", Json.MAPPER.writeValueAsString(doubles));
    assertEquals("[1.0,null,null]", Json.MAPPER.writeValueAsString(floats));
  }

  @Test
  void writesFiniteNumbersAsTheyAre() throws IOException {
    assertEquals(
        "[0.1,1.7976931348623157E308,1.5]",
        Json.MAPPER.writeValueAsString(List.of(0.1, Double.MAX_VALUE, 1.5f)));
  }
}
