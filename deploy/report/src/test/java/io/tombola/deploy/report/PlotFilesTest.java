package io.tombola.deploy.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.deploy.report.picture.PlotFiles;
import io.tombola.protocol.spec.ControlsSpec;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PlotFilesTest {

  private static final int TICKET = 0x0072b2;
  private static final int REINIT = 0xd55e00;
  private static final int RANDOM = 0x00805e;

  @Test
  void showsEachArmInItsColour() throws IOException {
    Findings findings = new SampleCampaign(2, 8, new ControlsSpec(2, 0)).finished().findings();
    Map<String, byte[]> files = PlotFiles.of(findings);
    assertEquals(List.of("accuracy", "early-stop"), List.copyOf(files.keySet()));
    for (byte[] png : files.values()) {
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
      assertEquals(1600, image.getWidth());
      assertTrue(pixels(image, TICKET) > 1000);
      assertTrue(pixels(image, REINIT) > 1000);
      assertEquals(0, pixels(image, RANDOM));
    }
    assertArrayEquals(files.get("accuracy"), PlotFiles.of(findings).get("accuracy"));
    assertFalse(Arrays.equals(files.get("accuracy"), files.get("early-stop")));
  }

  @Test
  void thereIsNothingToDrawBeforeTheFirstResult() {
    ReportData partial = new SampleCampaign(2, 8, new ControlsSpec(1, 0)).partial(0);
    ReportData empty =
        new ReportData(partial.campaign(), List.of(), TrialArtifacts.NONE, "file", "command");
    assertEquals(Map.of(), PlotFiles.of(empty.findings()));
  }

  /** Leaves pictures for looking at, of one round too. */
  @Test
  void drawsEveryArmAndASingleRound() throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "reports"));
    for (Map.Entry<String, byte[]> file :
        PlotFiles.of(SampleCampaign.everything().finished().findings()).entrySet()) {
      Files.write(folder.resolve("everything-" + file.getKey() + ".png"), file.getValue());
    }
    Findings dense = new SampleCampaign(1, 8, new ControlsSpec(1, 0)).partial(0).findings();
    assertEquals(2, PlotFiles.of(dense).size());
  }

  private static long pixels(BufferedImage image, int rgb) {
    return Arrays.stream(
            image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
        .filter(pixel -> (pixel & 0xffffff) == rgb)
        .count();
  }
}
