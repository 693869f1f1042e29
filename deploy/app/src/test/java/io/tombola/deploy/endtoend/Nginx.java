package io.tombola.deploy.endtoend;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** A real nginx on loopback, which speaks TLS as {@code lab.example}, and curl as its client. */
final class Nginx implements AutoCloseable {

  private static final String NAME = "lab.example";
  private static final String COOKIES = "cookies";
  private static final String CERTIFICATE = "certificate.pem";
  private static final String KEY = "key.pem";
  private static final String CONFIGURATION =
      """
      daemon off;
      master_process off;
      pid nginx.pid;
      error_log stderr;
      events {}
      http {
        access_log off;
        client_body_temp_path body;
        proxy_temp_path proxy;
        fastcgi_temp_path fastcgi;
        uwsgi_temp_path uwsgi;
        scgi_temp_path scgi;
        server {
          listen 127.0.0.1:%d ssl;
          ssl_certificate %s;
          ssl_certificate_key %s;
          %s
        }
      }
      """;

  private final Path folder;
  private final int port;
  private final RecipeProcess process;

  private Nginx(Path folder, int port, RecipeProcess process) {
    this.folder = folder;
    this.port = port;
    this.process = process;
  }

  /** Starts one that serves {@code locations}, and waits until it listens. */
  static Nginx start(Path folder, String locations) throws Exception {
    Files.createDirectories(folder);
    certify(folder);
    int port = freePort();
    Files.writeString(
        folder.resolve("nginx.conf"), CONFIGURATION.formatted(port, CERTIFICATE, KEY, locations));
    List<String> command =
        List.of(Tool.nginx(), "-e", "stderr", "-p", folder.toString(), "-c", "nginx.conf");
    Nginx nginx = new Nginx(folder, port, start(folder, command));
    nginx.awaitListening();
    return nginx;
  }

  private static void certify(Path folder) throws Exception {
    List<String> command = new ArrayList<>(List.of("openssl", "req", "-x509", "-nodes"));
    command.addAll(List.of("-newkey", "rsa:2048", "-days", "1", "-subj", "/CN=" + NAME));
    command.addAll(List.of("-addext", "subjectAltName=DNS:" + NAME));
    command.addAll(List.of("-keyout", KEY, "-out", CERTIFICATE));
    try (RecipeProcess openssl = start(folder, command)) {
      openssl.end();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    }
  }

  private static RecipeProcess start(Path folder, List<String> command) throws IOException {
    return RecipeProcess.start(
        new ProcessBuilder(command).directory(folder.toFile()),
        folder.resolve(Path.of(command.get(0)).getFileName() + ".err"));
  }

  private void awaitListening() throws IOException {
    Awaitility.await("nginx to listen").until(() -> listens() || !process.isAlive());
    if (!process.isAlive()) {
      throw new IOException("nginx ended: " + Files.readString(folder.resolve("nginx.err")));
    }
  }

  private boolean listens() {
    try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return probe.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  /** What a browser calls it. */
  String origin() {
    return "https://" + NAME + ":" + port;
  }

  /** The response for a path; the client keeps the cookies that it gets. */
  String ask(String path, String... options) throws Exception {
    List<String> command = curl(path);
    command.addAll(List.of("--fail-with-body", "-c", COOKIES));
    command.addAll(List.of(options));
    try (RecipeProcess curl = start(folder, command)) {
      return String.join("\n", curl.end());
    }
  }

  /** The response for a path, unchanged. */
  RecipeProcess follow(String path) throws IOException {
    List<String> command = curl(path);
    command.add("--no-buffer");
    return start(folder, command);
  }

  private List<String> curl(String path) {
    List<String> command = new ArrayList<>(List.of("curl", "-sS", "--cacert", CERTIFICATE));
    command.addAll(List.of("--resolve", NAME + ":" + port + ":127.0.0.1"));
    command.addAll(List.of("-b", COOKIES, origin() + path));
    return command;
  }

  /** The cookies that were got, each as the fields that curl keeps. */
  List<List<String>> cookies() throws IOException {
    return Files.readAllLines(folder.resolve(COOKIES)).stream()
        .map(line -> List.of(line.split("\t")))
        .filter(fields -> fields.size() == 7)
        .toList();
  }

  @Override
  public void close() {
    process.close();
  }
}
