package io.tombola.deploy.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The loopback ports of an embedded broker.
 *
 * @param broker where clients connect
 * @param controller for the broker itself
 */
record BrokerPorts(int broker, int controller) {

  /** The ports stored in {@code file} if both are free, else two free ones. */
  static BrokerPorts choose(Path file) throws IOException {
    Optional<BrokerPorts> last = read(file);
    if (last.isPresent() && isFree(last.get().broker) && isFree(last.get().controller)) {
      return last.get();
    }
    // Both sockets stay open until both ports are known, so that the ports differ.
    try (ServerSocket first = bind(0);
        ServerSocket second = bind(0)) {
      return new BrokerPorts(first.getLocalPort(), second.getLocalPort());
    }
  }

  void store(Path file) throws IOException {
    Files.writeString(file, broker + "\n" + controller + "\n");
  }

  private static Optional<BrokerPorts> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    // A damaged file may contain any bytes; other ports are used then.
    List<String> lines =
        new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    boolean valid = lines.size() == 2 && lines.stream().allMatch(BrokerPorts::isPort);
    return valid
        ? Optional.of(
            new BrokerPorts(Integer.parseInt(lines.get(0)), Integer.parseInt(lines.get(1))))
        : Optional.empty();
  }

  private static boolean isPort(String text) {
    return text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= 65_535;
  }

  private static boolean isFree(int port) {
    try (ServerSocket probe = bind(port)) {
      return probe.isBound();
    } catch (IOException inUse) {
      return false;
    }
  }

  private static ServerSocket bind(int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
  }
}
