package io.tombola.deploy.text;

import io.tombola.protocol.trial.DeviceUsage;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Formats device utilisation for users. */
public final class DeviceUtilisation {

  private DeviceUtilisation() {}

  /** One line, such as {@code device utilisation: cpu:0 98.1 %, cpu:1 97.5 %}. */
  public static String line(List<DeviceUsage> slots) {
    return slots.stream()
        .map(
            slot ->
                String.format(Locale.ROOT, "%s %.1f %%", slot.device(), slot.utilisationPercent()))
        .collect(Collectors.joining(", ", "device utilisation: ", ""));
  }
}
