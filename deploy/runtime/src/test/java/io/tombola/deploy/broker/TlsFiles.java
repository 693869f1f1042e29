package io.tombola.deploy.broker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The keys and certificates of a broker and of one client, self-signed, created by the JDK's
 * keytool.
 *
 * @param folder where they are
 * @param password of both key stores
 */
public record TlsFiles(Path folder, String password) {

  /** The name in the client's certificate. */
  static final String CLIENT = "CN=tombola";

  /** Creates the files; the certificate of the broker is for loopback. */
  public static TlsFiles make(Path folder, String password) throws Exception {
    TlsFiles files = new TlsFiles(folder, password);
    files.pair(files.brokerKeys(), "CN=localhost", "-ext", "SAN=dns:localhost,ip:127.0.0.1");
    files.export(files.brokerKeys(), folder.resolve("ca.pem"));
    files.pair(folder.resolve("client.p12"), CLIENT);
    files.export(folder.resolve("client.p12"), files.trustedClients());
    return files;
  }

  Path brokerKeys() {
    return folder.resolve("broker.p12");
  }

  Path trustedClients() {
    return folder.resolve("clients.pem");
  }

  private void pair(Path store, String name, String... more) throws Exception {
    keytool(
        store,
        List.of("-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", name),
        List.of(more));
  }

  private void export(Path store, Path certificate) throws Exception {
    keytool(store, List.of("-exportcert", "-rfc", "-file", certificate.toString()), List.of());
  }

  private void keytool(Path store, List<String> action, List<String> more) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    builder.command().addAll(action);
    builder.command().addAll(more);
    builder.command().addAll(List.of("-alias", "key", "-storetype", "PKCS12"));
    builder.command().addAll(List.of("-keystore", store.toString(), "-storepass", password));
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("keytool cannot do " + action + ": " + said);
    }
  }
}
