package io.tombola.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalAddressTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db/tombola",
        "jdbc:postgresql://db.example.org:5433/tombola?currentSchema=second_store",
        "jdbc:postgresql://[::1]:5432/tombola?sslmode=verify-full&user=me",
        "jdbc:postgresql://a:1,b:2/tombola?targetServerType=primary"
      })
  void takesAddressesOfPostgres(String url) {
    JournalAddress address = JournalAddress.of(url);
    assertEquals(address, address.checked());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db/tombola?password=hunter2",
        "jdbc:postgresql://db/tombola?user=me&PASSWORD=hunter2",
        "jdbc:postgresql://db/tombola?pass%77ord=hunter2",
        "jdbc:postgresql://db/tombola?sslpassword=hunter2",
        "jdbc:postgresql://me:hunter2@db/tombola",
        "postgres://me:hunter2@db/tombola"
      })
  void refusesAPasswordInsideWithoutRepeatingIt(String url) {
    String line = refused(url);
    assertTrue(line.contains("$TOMBOLA_JOURNAL_PASSWORD"), line);
    assertTrue(line.contains("journal.password-file"), line);
    assertFalse(line.contains("hunter2"), line);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:mysql://db/hunter2",
        "jdbc:postgresql:hunter2",
        "jdbc:postgresql://db/",
        "jdbc:postgresql://me:hunter2/tombola",
        "jdbc:sqlite:hunter2"
      })
  void refusesOtherAddressesWithoutRepeatingThem(String url) {
    String line = refused(url);
    assertTrue(line.contains("jdbc:postgresql://HOST[:PORT]/DATABASE"), line);
    assertFalse(line.contains("hunter2"), line);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,b", "Upper", "a%20b", "a'b", ""})
  void refusesSchemasThatNeedQuotes(String schema) {
    String line = refused("jdbc:postgresql://db/tombola?currentSchema=" + schema);
    assertTrue(line.contains("?currentSchema=tombola"), line);
  }

  @Test
  void otherParametersDoNotChangeTheDatabase() {
    assertEquals(
        JournalAddress.of("jdbc:postgresql://db/t?currentSchema=public").place(),
        JournalAddress.of("jdbc:postgresql://db/t?sslmode=require").place());
    assertFalse(
        JournalAddress.of("jdbc:postgresql://db/t?currentSchema=a")
            .place()
            .equals(JournalAddress.of("jdbc:postgresql://db/t?currentSchema=b").place()));
  }

  @Test
  void storesTheAbsolutePathOfThePasswordFile() {
    Path relative = Path.of("secrets/journal");
    JournalAddress address =
        new JournalAddress("jdbc:postgresql://db/t", Optional.of("me"), Optional.of(relative));
    assertEquals(Optional.of(relative.toAbsolutePath()), address.passwordFile());
  }

  private static String refused(String url) {
    String line =
        assertThrows(BadJournalAddressException.class, () -> JournalAddress.of(url).checked())
            .getMessage();
    assertEquals(1, line.lines().count());
    return line;
  }
}
