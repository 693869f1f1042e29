package io.tombola.deploy.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tombola.protocol.json.Json;

/** Serialises response bodies as JSON on one line. */
final class JsonText {

  private JsonText() {}

  static String of(Object value) {
    try {
      return Json.MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write as JSON: " + value.getClass(), e);
    }
  }
}
