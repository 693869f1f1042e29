package io.tombola.storage.journal.sql;

import io.tombola.storage.BadJournalAddressException;
import io.tombola.storage.JournalAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Reads a database's password for each connection; it is never stored. Stateless. */
final class JournalPassword {

  private JournalPassword() {}

  /**
   * The password, from the environment, else from the address's file.
   *
   * @throws BadJournalAddressException if the file holds none
   */
  static Optional<String> of(JournalAddress address, Map<String, String> environment) {
    return Optional.ofNullable(environment.get(JournalAddress.PASSWORD_VARIABLE))
        .filter(password -> !password.isEmpty())
        .or(() -> address.passwordFile().map(JournalPassword::read));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file)
          .lines()
          .findFirst()
          .filter(line -> !line.isEmpty())
          .orElseThrow(() -> wrong(file, "an empty one"));
    } catch (IOException e) {
      throw wrong(file, Files.exists(file) ? "one that cannot be read" : "none");
    }
  }

  private static BadJournalAddressException wrong(Path file, String found) {
    return new BadJournalAddressException(
        "journal.password-file: expected a text file with the password in its first line at "
            + file
            + ", found "
            + found
            + "; write it, or set $"
            + JournalAddress.PASSWORD_VARIABLE);
  }
}
