package io.tombola.storage;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a journal is kept: in the store's own SQLite database or in one of PostgreSQL. Never holds
 * a password. Immutable and thread-safe.
 *
 * @param url the JDBC address
 * @param user of PostgreSQL; empty: as the address or the driver's default says
 * @param passwordFile holds the user's password; empty: the environment does, or there is none
 */
public record JournalAddress(String url, Optional<String> user, Optional<Path> passwordFile) {

  /** Names the password in the environment. */
  public static final String PASSWORD_VARIABLE = "TOMBOLA_JOURNAL_PASSWORD";

  private static final String POSTGRES = "jdbc:postgresql:";

  private static final String HOST = "(?:\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+)(?::[0-9]{1,5})?";
  private static final Pattern POSTGRES_URL =
      Pattern.compile("(" + POSTGRES + "//" + HOST + "(?:," + HOST + ")*/[^/?&@\\s]+)(?:\\?(.*))?");

  // One unquoted name, so that no search path can lead to the tables of another schema.
  private static final Pattern SCHEMA = Pattern.compile("[a-z_][a-z0-9_]{0,62}");
  private static final String SCHEMA_PARAMETER = "currentSchema";

  /** Makes the path absolute: the next command may run in another directory. */
  public JournalAddress {
    passwordFile = passwordFile.map(file -> file.toAbsolutePath().normalize());
  }

  /** An address without user and password. */
  public static JournalAddress of(String url) {
    return new JournalAddress(url, Optional.empty(), Optional.empty());
  }

  /**
   * Where the journal of {@code store} is, or will be if there is none yet.
   *
   * @throws io.tombola.storage.DamagedJournalException if the store's record of it cannot be read
   */
  public static JournalAddress of(StoreLayout store) {
    return StoredJournalAddress.find(store).orElseGet(() -> of(store.journalUrl()));
  }

  /** Whether the directory of {@code store} shows that it has a journal. */
  public static boolean isKnownTo(StoreLayout store) {
    return Files.exists(store.journalAddress()) || Files.exists(store.journal());
  }

  /**
   * This address, if it is one of PostgreSQL that Tombola can use.
   *
   * @throws BadJournalAddressException saying what is wrong without quoting it, since it may hold a
   *     password
   */
  public JournalAddress checked() {
    requireNoPassword();
    Matcher parts = POSTGRES_URL.matcher(url);
    if (!parts.matches()) {
      throw new BadJournalAddressException(
          "journal.url: expected jdbc:postgresql://HOST[:PORT]/DATABASE[?currentSchema=NAME],"
              + " found something else; leave it out for a journal in the store");
    }
    if (!SCHEMA.matcher(schema()).matches()) {
      throw new BadJournalAddressException(
          "journal.url: expected one schema of small letters, digits and '_', found currentSchema="
              + schema()
              + "; for example ?currentSchema=tombola");
    }
    return this;
  }

  /** Whether it is an address of PostgreSQL. */
  public boolean isPostgres() {
    return url.startsWith(POSTGRES);
  }

  /** The address without parameters, for messages. */
  public String place() {
    int parameters = url.indexOf('?');
    return isPostgres()
        ? (parameters < 0 ? url : url.substring(0, parameters)) + " (schema " + schema() + ")"
        : url;
  }

  /** The schema of PostgreSQL that the journal's tables are in. */
  public String schema() {
    return parameters().getOrDefault(SCHEMA_PARAMETER, "public");
  }

  private void requireNoPassword() {
    int query = url.indexOf('?');
    String authority = query < 0 ? url : url.substring(0, query);
    boolean found =
        authority.contains("@")
            || parameters().keySet().stream()
                .anyMatch(name -> name.toLowerCase(Locale.ROOT).contains("password"));
    if (found) {
      throw new BadJournalAddressException(
          "journal.url: expected an address without a password, found one inside; put it into $"
              + PASSWORD_VARIABLE
              + ", or into a file and name that by journal.password-file");
    }
  }

  private Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    int query = url.indexOf('?');
    if (query >= 0) {
      for (String parameter : url.substring(query + 1).split("[?&]", -1)) {
        int equals = parameter.indexOf('=');
        String name = equals < 0 ? parameter : parameter.substring(0, equals);
        parameters.put(decoded(name), equals < 0 ? "" : decoded(parameter.substring(equals + 1)));
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // The name is not encoded.
      return text;
    }
  }
}
