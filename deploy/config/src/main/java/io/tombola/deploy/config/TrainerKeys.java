package io.tombola.deploy.config;

import io.tombola.deploy.config.TrainerSettings.Isolation;
import java.util.List;

/** The block {@code trainers}. */
final class TrainerKeys {

  static final ConfigKey<Isolation> ISOLATION =
      ConfigKey.of("trainers.isolation", ConfigKeyType.choice(Isolation.class), "thread")
          .doc(
              """
              thread: trainings share this process. process: each device has a process of its own, so
              that a crash in native code, or the operating system killing a process that takes too
              much memory, costs one training the work since its last checkpoint and nothing else.
              Each such process can take as much heap as this one and starts in seconds. Results are
              the same bytes.
              """);

  static final List<ConfigEntry> ENTRIES =
      List.of(new ConfigBlock("trainers", "What separates trainings from each other."), ISOLATION);

  private TrainerKeys() {}

  static TrainerSettings read(ConfigReader config) {
    return new TrainerSettings(config.get(ISOLATION));
  }
}
