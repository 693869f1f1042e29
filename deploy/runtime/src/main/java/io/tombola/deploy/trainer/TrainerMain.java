package io.tombola.deploy.trainer;

import io.tombola.actors.DatasetCache;
import io.tombola.actors.WorkerResources;
import io.tombola.actors.device.child.TrainerHost;
import io.tombola.deploy.process.JavaSerialization;
import io.tombola.deploy.process.TerminalSignals;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.artifact.ArtifactStore;
import io.tombola.training.data.DataSources;
import io.tombola.training.data.Datasets;
import io.tombola.training.engine.Device;
import io.tombola.training.engine.Engine;
import io.tombola.training.engine.device.CoreAllocator;
import io.tombola.training.engine.device.Engines;
import io.tombola.training.engine.device.PinnedEngine;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channel;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The child process: {@code TrainerMain STORE DEVICE SLOTS PIN-CORES}. Reads requests from standard
 * input and exits when it closes, which also happens when its parent is killed.
 */
public final class TrainerMain {

  private static final Logger LOG = LoggerFactory.getLogger(TrainerMain.class);

  private TrainerMain() {}

  public static void main(String[] args) {
    JavaSerialization.disable();
    // Signals to the whole process group are for the parent, which stops its trainers cleanly.
    TerminalSignals.ignore("INT", "HUP", "TERM");
    OomScoreAdjuster.raise();
    InputStream requests = System.in;
    OutputStream responses = new FileOutputStream(FileDescriptor.out);
    System.setOut(System.err);
    StoreLayout store = new StoreLayout(Path.of(args[0]));
    try (Channel lock = TrainerLock.acquire(store)) {
      LOG.info("training on {} as process {}", args[1], ProcessHandle.current().pid());
      TrainerHost.serve(
          settings(store, args[1], () -> open(args[1], Integer.parseInt(args[2]), args[3])),
          requests,
          responses,
          TrainerMain::die);
      LOG.debug("the parent has closed the connection; lock held: {}", lock.isOpen());
      // Immediately: the parent would not receive another checkpoint.
      Runtime.getRuntime().halt(0);
    } catch (IOException | RuntimeException | Error e) {
      LOG.error("the trainer failed", e);
      die();
    }
  }

  private static TrainerHost.Settings settings(
      StoreLayout store, String device, Supplier<Engine> engine) {
    // The parent has downloaded and verified the data, so that nothing is downloaded here.
    DataSources sources =
        new DataSources(
            DataSources.cacheOf(System.getenv(), Path.of(System.getProperty("user.home"))),
            Map.of(),
            progress -> {});
    DatasetCache data = new DatasetCache(dataset -> Datasets.load(dataset, sources));
    WorkerResources resources =
        new WorkerResources(new ArtifactStore(store), data, Clock.systemUTC());
    return new TrainerHost.Settings(resources, device, engine);
  }

  private static Engine open(String id, int slots, String pinCores) {
    Engines engines = Engines.detect(slots);
    Device device =
        engines.devices().stream()
            .filter(found -> found.id().equals(id))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "expected one of %s, found %s".formatted(engines.devices(), id)));
    return Boolean.parseBoolean(pinCores)
        ? PinnedEngine.open(device, CoreAllocator.ofMachine(), () -> engines.open(device))
        : engines.open(device);
  }

  private static void die() {
    Runtime.getRuntime().halt(1);
  }
}
