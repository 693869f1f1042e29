package io.tombola.deploy.bench.engines;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tombola.training.data.DataSources;
import io.tombola.training.data.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RawImagesTest {

  @TempDir Path directory;

  @Test
  void holdsTheTrainingSplit() throws IOException {
    DataSources sources = new DataSources(directory, Map.of(), progress -> {});
    BenchData data = new BenchData(directory, Optional.empty(), sources, 7);
    BenchmarkNetwork network = new BenchmarkNetwork("conv-2", 1, 7);
    RawImages raw = data.raw(network);
    byte[] pixels = Files.readAllBytes(raw.pixels());
    byte[] labels = Files.readAllBytes(raw.labels());
    Split train = data.splits(network).train();
    assertEquals(train.size(), labels.length);
    float[] image = new float[3072];
    for (int position = 0; position < 3; position++) {
      train.gather(position, image, 0);
      for (int v = 0; v < 3072; v++) {
        assertEquals(image[v], (pixels[position * 3072 + v] & 0xff) / 255f);
      }
      assertEquals(train.label(position), labels[position]);
    }
  }
}
