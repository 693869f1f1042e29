package io.tombola.deploy.serve;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * The address to serve at and the access rules.
 *
 * @param host a host name or IP address of this machine
 * @param port 0 for any free one
 * @param token the token that clients must present; generated if none is given and the address is
 *     reachable from other machines
 * @param readOnly whether the server rejects control commands
 */
public record ServeOptions(String host, int port, Optional<Token> token, boolean readOnly) {

  /** The default host: loopback. */
  public static final String DEFAULT_HOST = "127.0.0.1";

  /** The default port. */
  public static final int DEFAULT_PORT = 8420;

  private static final int MAX_PORT = 65535;

  /**
   * Validates the options and generates a token where one is needed.
   *
   * @throws BadServeOptionException if the port or host is invalid
   */
  public ServeOptions {
    if (port < 0 || port > MAX_PORT) {
      throw new BadServeOptionException(
          "expected a port from 0 to " + MAX_PORT + ", found " + port + "; 0 takes a free one");
    }
    if (token.isEmpty() && !address(host).isLoopbackAddress()) {
      token = Optional.of(Token.generate());
    }
  }

  /** The IP address to bind to. */
  InetAddress address() {
    return address(host);
  }

  private static InetAddress address(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new BadServeOptionException(
          "--host: expected a name or an address of this machine, found '"
              + host
              + "'; omit it for "
              + DEFAULT_HOST);
    }
  }
}
