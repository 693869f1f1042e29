package io.tombola.training.engine.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tombola.protocol.EngineName;
import io.tombola.training.engine.Device;
import io.tombola.training.engine.Engine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real threads and processes on the cores that there are. */
@EnabledOnOs(OS.LINUX)
class CoreAllocatorTest {

  private static final Path TASKS = Path.of("/proc/self/task");
  private static final Pattern ONE_CORE =
      Pattern.compile("Name:\\s*(.*?)\n.*\nCpus_allowed_list:\\s*\\d+\n.*", Pattern.DOTALL);

  @TempDir Path locks;

  private final List<DeviceThread> slots = new ArrayList<>();
  private List<Integer> all;
  private CoreAllocator cores;

  @BeforeEach
  void needsTwoCoresAndTaskset() throws IOException {
    all = Affinity.allowed();
    cores = new CoreAllocator(locks);
    assumeTrue(all.size() > 1, "one core only");
    try (DeviceThread slot = DeviceThread.start("slot", cores)) {
      assumeTrue(allowed(slot).size() == 1, "no taskset, or it may not");
    }
  }

  @AfterEach
  void closeSlots() {
    slots.forEach(DeviceThread::close);
  }

  @Test
  void eachSlotHasACoreUntilNoneIsLeft() throws IOException {
    startOnAllCores();
    List<Integer> taken = new ArrayList<>();
    for (DeviceThread slot : slots) {
      assertEquals(1, allowed(slot).size());
      taken.addAll(allowed(slot));
    }
    assertEquals(new TreeSet<>(all), new TreeSet<>(taken));
    assertEquals(all, allowed(start()), "one too many runs anywhere");
    assertEquals(all, Affinity.allowed(), "so may the thread that started them");
  }

  @Test
  void aCoreThatIsGivenBackIsTakenAgain() {
    startOnAllCores();
    DeviceThread second = slots.get(1);
    List<Integer> core = allowed(second);
    second.close();
    assertEquals(core, allowed(start()));
    second.close();
    assertEquals(all, allowed(start()), "it was given back once");
  }

  @Test
  void anotherProcessKeepsItsCoreUntilItIsKilled() throws Exception {
    Process other = another("take");
    try (BufferedReader said = other.inputReader(StandardCharsets.UTF_8)) {
      List<Integer> its = List.of(Integer.valueOf(said.readLine()));
      assertNotEquals(its, allowed(start()));
      assertTrue(other.isAlive());
      other.destroyForcibly().waitFor();
      assertEquals(its, allowed(start()));
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void whatTrainsBindsItsOwnThreadAlone() throws Exception {
    Process other = another("train");
    String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals("[tombola-slot-cp]", said.lines().reduce("", (before, last) -> last));
  }

  /** What a process of its own does; it shares the locks. */
  private Process another(String what) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-modules=jdk.incubator.vector",
            "-cp",
            System.getProperty("java.class.path"),
            CoreAllocatorTest.class.getName(),
            what,
            locks.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Arguments: {@code take} or {@code train}, and where the locks are. */
  public static void main(String[] arguments) throws IOException {
    CoreAllocator cores = new CoreAllocator(Path.of(arguments[1]));
    if (arguments[0].equals("take")) {
      takeUntilInputEnds(cores);
    } else {
      train(cores);
    }
  }

  private static void takeUntilInputEnds(CoreAllocator cores) throws IOException {
    try (CoreLease pin = cores.pin()) {
      System.out.println(pin.core().orElseThrow());
      System.in.transferTo(System.out);
    }
  }

  private static void train(CoreAllocator cores) throws IOException {
    Engines engines = Engines.detect(1);
    Device device = engines.devices().get(0);
    try (Engine engine = PinnedEngine.open(device, cores, () -> engines.open(device))) {
      for (EngineName name : EngineName.values()) {
        engine.run(() -> EnginesTest.train(engine, name));
      }
      System.out.println(boundThreads());
    }
  }

  @Test
  void whatCannotBeLockedIsTaken() throws IOException {
    List<Integer> inTurn = Affinity.inTurn(all);
    Path first = locks.resolve("tombola-core-" + inTurn.get(0) + ".lock");
    Files.deleteIfExists(first);
    Files.createDirectory(first);
    assertEquals(inTurn.subList(1, 2), allowed(start()), "the next one");
    Files.delete(first);
    try (FileChannel channel =
        FileChannel.open(first, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      assertTrue(channel.lock().isValid());
      assertNotEquals(inTurn.subList(0, 1), allowed(start()), "locked in this process");
    }
  }

  @Test
  void withoutTheDirectorySlotsRunAnywhere() {
    cores = new CoreAllocator(locks.resolve("missing"));
    assertEquals(all, allowed(start()));
  }

  private void startOnAllCores() {
    all.forEach(core -> start());
  }

  private DeviceThread start() {
    DeviceThread slot = DeviceThread.start("slot-" + slots.size(), cores);
    slots.add(slot);
    return slot;
  }

  private static List<Integer> allowed(DeviceThread slot) {
    return slot.call(
        () -> {
          try {
            return Affinity.allowed();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** Threads of this process that may run on one core only, by the begin of their names. */
  private static List<String> boundThreads() throws IOException {
    List<String> bound = new ArrayList<>();
    try (Stream<Path> tasks = Files.list(TASKS)) {
      for (Path task : tasks.toList()) {
        Matcher status = ONE_CORE.matcher(status(task));
        if (status.matches()) {
          bound.add(status.group(1));
        }
      }
    }
    return bound;
  }

  private static String status(Path task) throws IOException {
    try {
      return Files.readString(task.resolve("status"));
    } catch (NoSuchFileException e) {
      return "it has ended";
    }
  }
}
