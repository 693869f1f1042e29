package io.tombola.deploy.config;

import static io.tombola.deploy.config.ConfigKeyType.WHOLE_NUMBER;
import static io.tombola.deploy.config.ConfigKeyType.in;

import io.tombola.protocol.spec.ValueRange;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The block {@code devices}. */
final class DeviceKeys {

  static final ConfigKey<Optional<Integer>> CPU_SLOTS =
      ConfigKey.nullable("devices.cpu-slots", in(ValueRange.POSITIVE, WHOLE_NUMBER), "2")
          .doc("Trainings at a time; each slot is one core. null: one for each core.");

  static final ConfigKey<Boolean> PIN_CORES =
      ConfigKey.of("devices.pin-cores", ConfigKeyType.BOOLEAN, "true")
          .doc(
              """
              Whether each slot of the processor stays on a core that no other slot has, of this run
              or of others on the machine. This needs Linux with taskset, from util-linux. Where it
              is missing, or no core is left, slots run on any core. Results are the same bytes.
              """);

  static final List<ConfigEntry> ENTRIES =
      List.of(new ConfigBlock("devices", "What to train on."), CPU_SLOTS, PIN_CORES);

  private DeviceKeys() {}

  static DeviceSettings read(ConfigReader config) {
    return new DeviceSettings(
        config.get(CPU_SLOTS).map(OptionalInt::of).orElseGet(OptionalInt::empty),
        config.get(PIN_CORES));
  }
}
