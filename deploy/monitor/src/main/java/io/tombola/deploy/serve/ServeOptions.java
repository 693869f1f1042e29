package io.tombola.deploy.serve;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Where to serve, and to whom.
 *
 * @param host a name or an address of this machine
 * @param port 0 for any free one
 * @param token what clients must show; where others than this machine can come, one is drawn if
 *     none is given
 * @param readOnly whether campaigns cannot be paused, resumed or cancelled from here
 */
public record ServeOptions(String host, int port, Optional<Token> token, boolean readOnly) {

  /** Where to serve if nothing else is said. */
  public static final String DEFAULT_HOST = "127.0.0.1";

  /** Where to serve if nothing else is said. */
  public static final int DEFAULT_PORT = 8420;

  private static final int HIGHEST_PORT = 65535;

  /**
   * Checks what was asked for, and draws a token where one is needed.
   *
   * @throws BadServeOptionException if there is no such port, or no such host
   */
  public ServeOptions {
    if (port < 0 || port > HIGHEST_PORT) {
      throw new BadServeOptionException(
          "expected a port from 0 to " + HIGHEST_PORT + ", found " + port + "; 0 takes a free one");
    }
    if (token.isEmpty() && !address(host).isLoopbackAddress()) {
      token = Optional.of(Token.draw());
    }
  }

  /** The address to listen at. */
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
              + "'; leave it out for "
              + DEFAULT_HOST);
    }
  }
}
