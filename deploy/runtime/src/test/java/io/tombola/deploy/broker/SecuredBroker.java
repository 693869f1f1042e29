package io.tombola.deploy.broker;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.Time;

/**
 * An external broker with TLS: one listener requires a password, another a client certificate, and
 * its ACLs allow clients only what the documentation lists.
 */
public final class SecuredBroker implements AutoCloseable {

  private static final int SCRAM_ITERATIONS = 4096;

  private final KafkaRaftServer server;
  private final BrokerPorts secured;

  private SecuredBroker(KafkaRaftServer server, BrokerPorts secured) {
    this.server = server;
    this.secured = secured;
  }

  /** Starts a broker for one user with a password, and one client with a certificate. */
  public static SecuredBroker start(Path folder, TlsFiles tls, String user, String password)
      throws Exception {
    // Formats the log and chooses free ports.
    EmbeddedBroker.start(folder).close();
    BrokerDirectory directory = new BrokerDirectory(folder);
    BrokerPorts open = BrokerPorts.choose(directory.ports());
    BrokerPorts secured = BrokerPorts.choose(folder.resolve("secured-ports"));
    Properties settings = BrokerSettings.of(directory.log(), open);
    secure(settings, secured, tls);
    SecuredBroker broker =
        new SecuredBroker(
            new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM), secured);
    try {
      broker.server.startup();
      admit(BrokerSettings.address(open), user, password);
    } catch (Exception e) {
      broker.close();
      throw e;
    }
    return broker;
  }

  private static void secure(Properties settings, BrokerPorts secured, TlsFiles tls) {
    String listeners =
        ",PASSWORD://%s,CERTIFICATE://%s".formatted(password(secured), certificate(secured));
    append(settings, "listeners", listeners);
    append(settings, "advertised.listeners", listeners);
    append(settings, "listener.security.protocol.map", ",PASSWORD:SASL_SSL,CERTIFICATE:SSL");
    settings.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
    settings.put(
        "listener.name.password.scram-sha-512.sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required;");
    settings.put("ssl.keystore.type", "PKCS12");
    settings.put("ssl.keystore.location", tls.brokerKeys().toString());
    settings.put("ssl.keystore.password", tls.password());
    settings.put("listener.name.certificate.ssl.client.auth", "required");
    settings.put("listener.name.certificate.ssl.truststore.type", "PEM");
    settings.put(
        "listener.name.certificate.ssl.truststore.location", tls.trustedClients().toString());
    settings.put(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    // Connections without TLS: the broker itself and the test's setup.
    settings.put("super.users", "User:ANONYMOUS");
  }

  private static void append(Properties settings, String key, String more) {
    settings.put(key, settings.getProperty(key) + more);
  }

  private static void admit(String address, String user, String password) throws Exception {
    ScramCredentialInfo scram =
        new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, SCRAM_ITERATIONS);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
      admin
          .alterUserScramCredentials(
              List.of(new UserScramCredentialUpsertion(user, scram, password)))
          .all()
          .get();
      admin.createAcls(rights("User:" + user)).all().get();
      admin.createAcls(rights("User:" + TlsFiles.CLIENT)).all().get();
    }
  }

  /** The ACLs that the document lists for a publisher. */
  private static Collection<AclBinding> rights(String principal) {
    return List.of(
        right(principal, ResourceType.TOPIC, "tombola.", AclOperation.READ),
        right(principal, ResourceType.TOPIC, "tombola.", AclOperation.WRITE),
        right(principal, ResourceType.TOPIC, "tombola.", AclOperation.CREATE),
        right(principal, ResourceType.TRANSACTIONAL_ID, "tombola-publisher-", AclOperation.WRITE),
        right(principal, ResourceType.GROUP, "tombola-publisher-", AclOperation.READ));
  }

  private static AclBinding right(
      String principal, ResourceType type, String prefix, AclOperation operation) {
    return new AclBinding(
        new ResourcePattern(type, prefix, PatternType.PREFIXED),
        new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW));
  }

  /** The listener that requires a password, {@code host:port}. */
  public String passwordAddress() {
    return password(secured);
  }

  /** The listener that requires a certificate, {@code host:port}. */
  public String certificateAddress() {
    return certificate(secured);
  }

  private static String password(BrokerPorts secured) {
    return "127.0.0.1:" + secured.broker();
  }

  private static String certificate(BrokerPorts secured) {
    return "127.0.0.1:" + secured.controller();
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }
}
