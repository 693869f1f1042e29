package io.tombola.deploy.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.deploy.notify.Receiver;
import io.tombola.deploy.notify.Receiver.Received;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Webhook notifications of real runs to a local receiver. */
final class NotifyIT {

  private static final String SECRET = "between us";
  private static final List<String> SMALL =
      List.of(
          "--set", "name=notified",
          "--set", "replicates=1",
          "--set", "network=dense 20, dense 10",
          "--set", "dataset.train-limit=2000",
          "--set", "dataset.test-limit=300",
          "--set", "dataset.validation=300",
          "--set", "training.iterations=60",
          "--set", "pruning.rounds=1",
          "--set", "controls.reinit=0",
          "--set", "kafka.mode=off");

  @TempDir Path folder;

  @Test
  void retriesTheFinalNotificationUntilItIsAcceptedAndSendsItOnce() throws Exception {
    try (Receiver receiver = new Receiver(1)) {
      TombolaProcess.Ended first = run(receiver.url());
      assertEquals(0, first.exitCode(), first.err());
      Received rejected = receiver.next();
      Received accepted = receiver.next();
      assertEquals(503, rejected.status());
      assertEquals(rejected.id(), accepted.id());
      assertEquals(rejected.body(), accepted.body());
      assertEquals("campaign.finished", accepted.json().get("type").asText());
      assertEquals("notified", accepted.json().get("data").get("campaign").asText());
      assertEquals(signature(accepted), accepted.signature());

      assertEquals(0, run(receiver.url()).exitCode());
      assertEquals(0, receiver.unread(), "the notification was sent already");
    }
    assertNoFileHoldsTheSecret();
  }

  private void assertNoFileHoldsTheSecret() throws Exception {
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertFalse(text.contains(SECRET), file.toString());
      }
    }
  }

  @Test
  void theNextRunSendsUndeliveredNotifications() throws Exception {
    String unreachable;
    try (Receiver gone = new Receiver(0)) {
      unreachable = gone.url();
    }
    TombolaProcess.Ended alone = run(unreachable);
    assertEquals(0, alone.exitCode(), "a run does not wait for its receiver: " + alone.err());
    try (Receiver receiver = new Receiver(0)) {
      assertEquals(0, run(receiver.url()).exitCode());
      assertEquals("campaign.finished", receiver.next().json().get("type").asText());
      assertEquals(0, receiver.unread());
    }
  }

  @Test
  void notifiesOfADivergedTrialAndItsConsequences() throws Exception {
    try (Receiver receiver = new Receiver(0)) {
      TombolaProcess.Ended ended =
          run(
              receiver.url(),
              "--set",
              "training.optimizer.type=sgd",
              "--set",
              "training.optimizer.learning-rate=10",
              "--set",
              "training.optimizer.weight-decay=0.5");
      assertEquals(3, ended.exitCode(), ended.err());
      Received diverged = receiver.next();
      assertEquals("trial.diverged", diverged.json().get("type").asText());
      assertEquals(1, diverged.json().get("data").get("replicate").asInt());
      assertEquals(0, diverged.json().get("data").get("round").asInt());
      assertEquals("ticket", diverged.json().get("data").get("arm").asText());
      assertEquals("replicate.failed", receiver.next().json().get("type").asText());
      assertEquals("campaign.failed", receiver.next().json().get("type").asText());
      assertEquals(0, receiver.unread());
    }
  }

  @Test
  void withoutASecretNothingStarts() throws Exception {
    List<String> command =
        new ArrayList<>(List.of("run", "--set", "notify.url=http://127.0.0.1:9"));
    command.addAll(List.of("--store", folder.resolve("store").toString()));
    TombolaProcess.Ended rejected = TombolaCommand.run(command.toArray(String[]::new));
    assertEquals(2, rejected.exitCode());
    assertEquals(1, rejected.err().lines().count(), rejected.err());
    assertTrue(rejected.err().contains("$TOMBOLA_WEBHOOK_SECRET"), rejected.err());
  }

  private TombolaProcess.Ended run(String url, String... more) throws Exception {
    List<String> command = new ArrayList<>(List.of("run"));
    command.addAll(SMALL);
    command.addAll(List.of("--set", "notify.url=" + url));
    command.addAll(List.of(more));
    command.addAll(List.of("--store", folder.resolve("store").toString()));
    return TombolaProcess.run(
        Map.of("TOMBOLA_WEBHOOK_SECRET", SECRET), command.toArray(String[]::new));
  }

  /** By the rule of Standard Webhooks, apart from the program's own code. */
  private static String signature(Received message) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    String signed = message.id() + "." + message.seconds() + "." + message.body();
    return "v1,"
        + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
  }
}
