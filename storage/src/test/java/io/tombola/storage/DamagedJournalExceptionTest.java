package io.tombola.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class DamagedJournalExceptionTest {

  private static final String RESTORE =
      "; see 'tombola verify', and restore the store's directory from a backup";

  @Test
  void reportsTheFirstLineOfTheCause() {
    assertEquals(
        "damaged journal: event 7 of replicate: no number" + RESTORE,
        DamagedJournalException.at("replicate", 7, new IllegalArgumentException("no number\nat 3"))
            .getMessage());
  }

  @Test
  void reportsTheTypeOfACauseWithoutMessage() {
    assertEquals(
        "damaged journal: event 7 of replicate: java.lang.ArithmeticException" + RESTORE,
        DamagedJournalException.at("replicate", 7, new ArithmeticException()).getMessage());
  }
}
