package io.tombola.deploy.config;

import io.tombola.protocol.text.ExceptionMessage;
import io.tombola.storage.BadJournalAddressException;
import io.tombola.storage.JournalAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The block {@code journal}. */
final class JournalKeys {

  static final String BLOCK = "journal";

  static final ConfigKey<Optional<String>> URL =
      ConfigKey.nullable(
              "journal.url", ConfigKeyType.TEXT, "\"jdbc:postgresql://localhost/tombola\"")
          .doc(
              """
              null: in the store, or where the first run of the store put it; otherwise a PostgreSQL
              database, for a new store: jdbc:postgresql://HOST[:PORT]/DATABASE. The store keeps the
              address for all other commands. Each store needs a schema of its own: public, unless
              ?currentSchema=NAME is at the end; it is created if it is missing. Other parameters are
              those of the PostgreSQL JDBC driver, such as sslmode=verify-full. A connection pooler
              in between must not share connections among transactions.
              """);

  static final ConfigKey<Optional<String>> USER =
      ConfigKey.nullable("journal.user", ConfigKeyType.TEXT, "tombola")
          .doc("The database user. null: the one that the address or the operating system names.");

  static final ConfigKey<Optional<String>> PASSWORD_FILE =
      ConfigKey.nullable("journal.password-file", ConfigKeyType.TEXT, "journal-password")
          .doc(
              """
              A text file with the password in its first line; $TOMBOLA_JOURNAL_PASSWORD wins over
              it. The password is never in the address, the store or a log.
              """);

  static final List<ConfigEntry> ENTRIES =
      List.of(new ConfigBlock(BLOCK, "Where the event log is kept."), URL, USER, PASSWORD_FILE);

  private JournalKeys() {}

  static Optional<JournalAddress> read(ConfigReader config) {
    Optional<String> url = config.get(URL);
    Optional<String> user = config.get(USER);
    Optional<String> passwordFile = config.get(PASSWORD_FILE);
    if (url.isEmpty() && user.isPresent()) {
      throw onlyWithUrl(config, USER);
    }
    if (url.isEmpty() && passwordFile.isPresent()) {
      throw onlyWithUrl(config, PASSWORD_FILE);
    }
    try {
      return url.map(text -> new JournalAddress(text, user, passwordFile.map(Path::of)).checked());
    } catch (BadJournalAddressException e) {
      // The message names the key; its place in a file or on the command line could show a
      // password.
      throw BadConfigException.line(ExceptionMessage.of(e));
    }
  }

  private static BadConfigException onlyWithUrl(ConfigReader config, ConfigKey<?> key) {
    return config.error(
        key,
        "expected only with journal.url, found none",
        "name the database by --set journal.url=jdbc:postgresql://HOST/DATABASE");
  }
}
