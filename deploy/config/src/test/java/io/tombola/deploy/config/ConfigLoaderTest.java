package io.tombola.deploy.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.tombola.actors.failure.FailurePolicy;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.spec.EngineChoice;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {

  @TempDir Path dir;

  @Test
  void everyPresetLoads() {
    for (Presets.Preset preset : Presets.all()) {
      CampaignSpec spec =
          ConfigLoader.load(Optional.of(preset.name()), List.of("dataset.dir=" + dir)).campaign();
      assertEquals(preset.name(), spec.name());
      assertFalse(preset.description().isBlank());
    }
  }

  @Test
  void theDefaultIsTheQuickstart() {
    RunConfig config = ConfigLoader.load(Optional.empty(), List.of());
    assertEquals("quickstart", config.campaign().name());
    assertEquals(2, config.campaign().replicates());
    assertEquals(7, config.campaign().pruning().rounds());
    assertEquals(
        new KafkaSettings(KafkaSettings.Mode.EMBEDDED, Optional.empty(), Map.of()), config.kafka());
    assertEquals(new DeviceSettings(OptionalInt.empty(), true), config.devices());
  }

  @Test
  void aLaterSetWinsOverAnEarlierAndOverTheFile() throws IOException {
    Path file = Files.writeString(dir.resolve("my.conf"), "campaign { name = mine, seed = 5 }");
    CampaignSpec spec =
        ConfigLoader.load(
                Optional.of(file.toString()),
                List.of("seed=6", "campaign.seed=7", "training.iterations=1e3"))
            .campaign();
    assertEquals("mine", spec.name());
    assertEquals(7, spec.seed());
    assertEquals(1000, spec.training().iterations());
    assertEquals(60, spec.training().batchSize());
  }

  @Test
  void kafkaAndDevicesAreSetByTheirFullKeys() {
    RunConfig config =
        ConfigLoader.load(
            Optional.empty(),
            List.of(
                "kafka.mode=external",
                "kafka.bootstrap-servers=a:9092,b:9092",
                "kafka.client.security.protocol=SSL",
                "devices.cpu-slots=3",
                "devices.pin-cores=false"));
    assertEquals(
        new KafkaSettings(
            KafkaSettings.Mode.EXTERNAL,
            Optional.of("a:9092,b:9092"),
            Map.of("security.protocol", "SSL")),
        config.kafka());
    assertEquals(new DeviceSettings(OptionalInt.of(3), false), config.devices());
  }

  @Test
  void retriesHaveDefaultsAndAreNotPartOfTheCampaign() {
    RunConfig plain = ConfigLoader.load(Optional.empty(), List.of());
    assertEquals(new FailurePolicy(0, 4, 1, Duration.ofSeconds(1)), plain.retries());
    RunConfig changed =
        ConfigLoader.load(
            Optional.empty(),
            List.of(
                "retries.diverged=2",
                "retries.device=0",
                "retries.internal=3",
                "retries.first-pause=250ms"));
    assertEquals(new FailurePolicy(2, 0, 3, Duration.ofMillis(250)), changed.retries());
    assertEquals(plain.campaign(), changed.campaign());
  }

  @Test
  void mirrorsHaveDefaultsAndAreSetByTheirFullKeys() {
    Map<String, List<URI>> known = ConfigLoader.load(Optional.empty(), List.of()).data().mirrors();
    assertEquals(
        List.of(
            URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"),
            URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/")),
        known.get("mnist"));
    assertEquals(
        List.of(URI.create("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz")),
        known.get("cifar-10"));
    Map<String, List<URI>> set =
        ConfigLoader.load(
                Optional.empty(), List.of("data.mirrors.mnist=http://a:1/m, https://b/m/"))
            .data()
            .mirrors();
    assertEquals(List.of(URI.create("http://a:1/m"), URI.create("https://b/m/")), set.get("mnist"));
    assertEquals(known.get("cifar-10"), set.get("cifar-10"));
  }

  @Test
  void aNameThatIsFetchedNeedsNoDirectory() {
    for (String name : List.of("mnist", "cifar-10")) {
      CampaignSpec spec =
          ConfigLoader.load(Optional.empty(), List.of("dataset.name=" + name)).campaign();
      assertEquals(name, spec.dataset().name());
      assertEquals(Optional.empty(), spec.dataset().dir());
    }
  }

  @Test
  void aFileMaySubstituteFromTheEnvironment() throws IOException {
    Path file = Files.writeString(dir.resolve("my.conf"), "campaign.dataset.dir = ${PWD}");
    CampaignSpec spec = ConfigLoader.load(Optional.of(file.toString()), List.of()).campaign();
    assertEquals(Optional.of(System.getenv("PWD")), spec.dataset().dir());
  }

  @Test
  void theResolvedCampaignConfiguresTheSame() throws IOException {
    CampaignSpec spec =
        ConfigLoader.load(Optional.empty(), List.of("dataset.dir=" + dir, "seed=9")).campaign();
    Path file = Files.writeString(dir.resolve("again.conf"), ResolvedConfig.render(spec));
    assertEquals(spec, ConfigLoader.load(Optional.of(file.toString()), List.of()).campaign());
  }

  @Test
  void differencesAreListedByKeyExceptTheDataDirectory() {
    CampaignSpec stored = ConfigLoader.load(Optional.empty(), List.of()).campaign();
    CampaignSpec asked =
        ConfigLoader.load(
                Optional.empty(), List.of("training.iterations=3000", "dataset.dir=" + dir))
            .campaign();
    assertEquals(List.of(), SpecDifference.between(stored, stored));
    assertEquals(
        List.of("training.iterations: stored " + stored.training().iterations() + ", asked 3000"),
        SpecDifference.between(stored, asked));
  }

  @Test
  void autoKeepsTheEngineThatTheStoreStartedWith() {
    CampaignSpec auto = ConfigLoader.load(Optional.empty(), List.of()).campaign();
    CampaignSpec dl4j =
        ConfigLoader.load(Optional.empty(), List.of("training.engine=dl4j")).campaign();
    assertEquals(EngineChoice.AUTO, auto.training().engine());
    assertEquals(List.of(), SpecDifference.between(dl4j, auto));
    assertEquals(dl4j, auto.asBegun(dl4j));
    assertEquals(
        List.of("training.engine: stored auto, asked dl4j"), SpecDifference.between(auto, dl4j));
  }

  @Test
  void theBuildNamesItsVersion() {
    assertEquals("0.6.0-SNAPSHOT", BuildInfo.read().version());
    assertFalse(BuildInfo.read().commit().contains("$"));
  }
}
