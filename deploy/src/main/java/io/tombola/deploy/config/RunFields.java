package io.tombola.deploy.config;

import io.tombola.deploy.config.KafkaSettings.Mode;
import java.util.Optional;
import java.util.OptionalInt;

/** The blocks {@code kafka} and {@code devices}. */
final class RunFields {

  private RunFields() {}

  static KafkaSettings kafka(Fields fields) {
    Mode mode = fields.choice("kafka.mode", Mode.class);
    Optional<String> servers = fields.optionalText("kafka.bootstrap-servers");
    if (mode == Mode.EXTERNAL && servers.isEmpty()) {
      throw fields.complaint(
          "kafka.mode",
          "external needs kafka.bootstrap-servers, found none",
          "name the broker by --set kafka.bootstrap-servers=HOST:PORT");
    }
    if (mode != Mode.EXTERNAL && servers.isPresent()) {
      throw fields.complaint(
          "kafka.bootstrap-servers",
          "expected only with kafka.mode = external, found kafka.mode = " + Fields.word(mode),
          "use that broker by --set kafka.mode=external");
    }
    return new KafkaSettings(mode, servers, fields.properties("kafka.client"));
  }

  static DeviceSettings devices(Fields fields) {
    Optional<Integer> slots = fields.optionalWholeNumber("devices.cpu-slots");
    if (slots.isPresent() && slots.get() < 1) {
      throw fields.wrong("devices.cpu-slots", "at least 1");
    }
    return new DeviceSettings(slots.map(OptionalInt::of).orElseGet(OptionalInt::empty));
  }
}
