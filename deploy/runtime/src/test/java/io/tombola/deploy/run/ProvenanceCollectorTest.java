package io.tombola.deploy.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tombola.protocol.EngineName;
import io.tombola.protocol.event.Provenance;
import io.tombola.protocol.spec.DatasetSpec;
import io.tombola.protocol.spec.DatasetSpec.Normalization;
import io.tombola.training.data.DataSources;
import io.tombola.training.data.Dataset;
import io.tombola.training.data.Datasets;
import io.tombola.training.engine.device.Engines;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ProvenanceCollectorTest {

  private static final Engines ENGINES = Engines.detect(1);
  private static final Set<EngineName> DL4J = EnumSet.of(EngineName.DL4J);

  @Test
  void normalizationIsRecordedWithItsNumbers() {
    Provenance plain = ProvenanceCollector.of(ENGINES, DL4J, data(Normalization.NONE));
    Provenance normalized = ProvenanceCollector.of(ENGINES, DL4J, data(Normalization.PER_CHANNEL));
    assertEquals("none", plain.determinants().get("data.normalization"));
    String numbers = normalized.determinants().get("data.normalization");
    assertEquals("mean 0.286, deviation 0.353", numbers.replaceAll("(\\.\\d{3})\\d*", "$1"));
    assertEquals(
        List.of("data.normalization was none, is " + numbers),
        ProvenanceCollector.difference(plain, normalized));
  }

  private static Dataset data(Normalization normalization) {
    return Datasets.load(
        new DatasetSpec(
            "fashion-mnist",
            Optional.empty(),
            normalization,
            5_000,
            Optional.empty(),
            Optional.empty()),
        new DataSources(Path.of("no-cache"), Map.of(), news -> {}));
  }
}
