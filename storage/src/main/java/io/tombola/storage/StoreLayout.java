package io.tombola.storage;

import io.tombola.protocol.ArtifactRef;
import java.nio.file.Path;

/**
 * Where everything lies in a store; the only place that builds paths. Immutable and thread-safe.
 *
 * @param root the store's directory, absolute
 */
public record StoreLayout(Path root) {

  /** Makes the root absolute, so that a later change of directory cannot move the store. */
  public StoreLayout {
    root = root.toAbsolutePath().normalize();
  }

  /** The event log's database. */
  public Path journal() {
    return root.resolve("journal").resolve("tombola.db");
  }

  /** The JDBC address of {@link #journal}. */
  public String journalUrl() {
    // As a URI, because sqlite-jdbc takes a question mark in a plain path for parameters.
    return "jdbc:sqlite:file:" + journal().toUri().getRawPath();
  }

  /** Names the journal's database where that is outside of the store. */
  public Path journalAddress() {
    return journal().resolveSibling("address.json");
  }

  /** Says how many events the journal acknowledged. */
  public Path highWater() {
    return journal().resolveSibling("high-water");
  }

  /** Immutable content, in a directory for each first byte of its name. */
  public Path artifacts() {
    return root.resolve("artifacts");
  }

  /** The file of one artifact, {@code artifacts/ab/ab12...}. */
  public Path artifact(ArtifactRef artifact) {
    return artifacts().resolve(artifact.sha256().substring(0, 2)).resolve(artifact.sha256());
  }

  /** The embedded broker's log. */
  public Path kafka() {
    return root.resolve("kafka");
  }

  /** Names the running embedded broker's bootstrap address. */
  public Path brokerAddress() {
    return kafka().resolve("bootstrap-address");
  }

  /** Reports for reading in a browser. */
  public Path reports() {
    return root.resolve("reports");
  }

  /** The report of one campaign. */
  public Path report(String campaign) {
    return reports().resolve(campaign + ".html");
  }

  /** Logs of this program. */
  public Path logs() {
    return root.resolve("logs");
  }

  /** The log of the process that writes to the store. */
  public Path logFile() {
    return logs().resolve("tombola.log");
  }

  /** The log of the embedded broker. */
  public Path brokerLog() {
    return logs().resolve("broker.log");
  }

  /** The log of the process of a device's trainer, where it has one of its own. */
  public Path trainerLog(String device) {
    return logs().resolve(trainer(device) + ".log");
  }

  /** Where Java describes a crash of that process, whose id is {@code process}. */
  public Path trainerCrash(String device, String process) {
    return logs().resolve(trainer(device) + "-crash-" + process + ".log");
  }

  private static String trainer(String device) {
    return "trainer-" + device.replace(':', '-');
  }

  /** The heartbeat of the process that runs a campaign; not needed to resume. */
  public Path heartbeat() {
    return root.resolve("live.json");
  }

  /** Control commands that the running process has not executed yet. */
  public Path commands() {
    return root.resolve("orders");
  }

  /** The journal positions up to which webhook notifications were sent. */
  public Path webhookOffsets() {
    return root.resolve("told.json");
  }

  /** Names the store. */
  public Path id() {
    return root.resolve("store-id");
  }

  /** Locked by the one process that writes to the store. */
  public Path lock() {
    return root.resolve("lock");
  }

  /** Shared by the trainers that are processes of their own. */
  public Path trainersLock() {
    return root.resolve("trainers-lock");
  }

  /**
   * Makes the directories that are missing, durably.
   *
   * @throws NoSpaceException if the disk is full
   */
  public void create() {
    DurableFiles.createDirectories(journal().getParent());
    DurableFiles.createDirectories(artifacts());
    DurableFiles.createDirectories(kafka());
    DurableFiles.createDirectories(reports());
    DurableFiles.createDirectories(logs());
  }
}
