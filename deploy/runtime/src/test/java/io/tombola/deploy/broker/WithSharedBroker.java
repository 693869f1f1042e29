package io.tombola.deploy.broker;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** A broker that the tests of a class share; each test has its own campaign and store. */
abstract class WithSharedBroker {

  @TempDir static Path folder;

  static BrokerFixture broker;
  static String address;
  String campaign;
  JournalFixture journal;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = BrokerFixture.start(folder);
    address = broker.address();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void nameCampaign(TestInfo test) {
    campaign = test.getTestMethod().orElseThrow().getName();
    journal = new JournalFixture(campaign);
  }
}
