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
 * Where a running broker tells other processes how to reach it: a file with its address and its
 * process. The file of a broker that crashed stays behind, so {@link #find} asks the broker itself.
 */
public final class BrokerAddress {

  private static final Pattern LINE = Pattern.compile("([0-9.]+):([0-9]{1,5}) ([0-9]{1,18})\\s*");
  private static final int LARGEST_PORT = 65_535;
  private static final Duration CONNECT = Duration.ofSeconds(1);

  private BrokerAddress() {}

  /**
   * The address of the broker that {@code file} names, if its process lives and answers there.
   *
   * @throws IOException if there is a file that cannot be read
   */
  public static Optional<String> find(Path file) throws IOException {
    Optional<Matcher> written = read(file).filter(line -> lives(Long.parseLong(line.group(3))));
    if (written.isEmpty()) {
      return Optional.empty();
    }
    Matcher line = written.get();
    int port = Integer.parseInt(line.group(2));
    return port <= LARGEST_PORT && answers(new InetSocketAddress(line.group(1), port))
        ? Optional.of(line.group(1) + ":" + line.group(2))
        : Optional.empty();
  }

  private static Optional<Matcher> read(Path file) throws IOException {
    try {
      // A damaged file may hold any bytes; it then names no broker.
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      return Optional.of(LINE.matcher(text)).filter(Matcher::matches);
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  static void write(Path file, String address) throws IOException {
    Path whole = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(whole, address + " " + ProcessHandle.current().pid() + "\n");
    Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static boolean lives(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  private static boolean answers(InetSocketAddress address) {
    try (Socket probe = new Socket()) {
      probe.connect(address, (int) CONNECT.toMillis());
      return true;
    } catch (IOException silent) {
      return false;
    }
  }
}
