package io.tombola.deploy.serve;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * An HTTP response to a request with arbitrary headers, some of which Java's own client does not
 * let a test set.
 *
 * @param headers the response's header lines
 */
record Raw(int status, String headers, String body) {

  static Raw get(int port, String path, String... headers) throws IOException {
    return send(port, "GET " + path, "", headers);
  }

  static Raw post(int port, String path, String... headers) throws IOException {
    return send(port, "POST " + path, "{}", headers);
  }

  private static Raw send(int port, String line, String body, String... headers)
      throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      StringBuilder text = new StringBuilder(line).append(" HTTP/1.1\r\n");
      boolean hasHost = Arrays.stream(headers).anyMatch(h -> h.startsWith("Host:"));
      if (!hasHost) {
        text.append("Host: 127.0.0.1:").append(port).append("\r\n");
      }
      Arrays.stream(headers).forEach(header -> text.append(header).append("\r\n"));
      text.append("Connection: close\r\nContent-Length: ").append(body.length());
      text.append("\r\n\r\n").append(body);
      socket.getOutputStream().write(text.toString().getBytes(StandardCharsets.UTF_8));
      return parse(socket.getInputStream());
    }
  }

  private static Raw parse(InputStream in) throws IOException {
    String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    int end = all.indexOf("\r\n\r\n");
    return new Raw(
        Integer.parseInt(all.split(" ", 3)[1]), all.substring(0, end), all.substring(end + 4));
  }

  Optional<String> header(String name) {
    String prefix = name.toLowerCase(Locale.ROOT) + ":";
    return headers
        .lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
        .map(line -> line.substring(prefix.length()).strip())
        .findFirst();
  }
}
