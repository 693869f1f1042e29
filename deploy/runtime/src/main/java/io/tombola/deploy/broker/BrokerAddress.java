package io.tombola.deploy.broker;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file with the address and process id of a running broker, for clients in other processes. A
 * crashed broker leaves it behind, so that {@link #find} also checks the process and the port.
 */
public final class BrokerAddress {

  private static final Pattern LINE = Pattern.compile("([0-9.]+):([0-9]{1,5}) ([0-9]{1,18})\\s*");
  private static final int MAX_PORT = 65_535;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

  private BrokerAddress() {}

  /**
   * The address in {@code file}, if the broker's process is alive and accepts connections.
   *
   * @throws IOException if there is a file that cannot be read
   */
  public static Optional<String> find(Path file) throws IOException {
    Optional<Matcher> written = read(file).filter(line -> isAlive(Long.parseLong(line.group(3))));
    if (written.isEmpty()) {
      return Optional.empty();
    }
    Matcher line = written.get();
    int port = Integer.parseInt(line.group(2));
    return port <= MAX_PORT && accepts(new InetSocketAddress(line.group(1), port))
        ? Optional.of(line.group(1) + ":" + line.group(2))
        : Optional.empty();
  }

  private static Optional<Matcher> read(Path file) throws IOException {
    try {
      // A damaged file may contain any bytes; it then names no broker.
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      return Optional.of(LINE.matcher(text)).filter(Matcher::matches);
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    }
  }

  static void write(Path file, String address) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(temporary, address + " " + ProcessHandle.current().pid() + "\n");
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  private static boolean accepts(InetSocketAddress address) {
    try (Socket probe = new Socket()) {
      probe.connect(address, (int) CONNECT_TIMEOUT.toMillis());
      return true;
    } catch (IOException refused) {
      return false;
    }
  }
}
