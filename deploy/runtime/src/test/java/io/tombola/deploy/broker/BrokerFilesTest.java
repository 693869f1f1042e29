package io.tombola.deploy.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The address and port files of a broker, valid and damaged. */
class BrokerFilesTest {

  @TempDir Path folder;

  @Test
  void findsAnAddressWhileTheBrokerAcceptsConnections() throws Exception {
    Path file = folder.resolve("address");
    try (ServerSocket broker = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + broker.getLocalPort();
      BrokerAddress.write(file, address);
      assertEquals(Optional.of(address), BrokerAddress.find(file));
    }
    assertEquals(Optional.empty(), BrokerAddress.find(file));
  }

  @Test
  void aDamagedAddressNamesNoBroker() throws Exception {
    Path file = folder.resolve("address");
    long pid = ProcessHandle.current().pid();
    Files.writeString(file, "127.0.0.1:99999 " + pid + "\n");
    assertEquals(Optional.empty(), BrokerAddress.find(file));
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xc3, 0});
    assertEquals(Optional.empty(), BrokerAddress.find(file));
  }

  @Test
  void damagedPortsAreReplaced() throws Exception {
    Path file = folder.resolve("ports");
    Files.writeString(file, "99999\n1\n");
    assertNotEquals(99999, BrokerPorts.choose(file).broker());
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xc3, 0});
    BrokerPorts chosen = BrokerPorts.choose(file);
    chosen.store(file);
    assertEquals(chosen, BrokerPorts.choose(file));
  }
}
