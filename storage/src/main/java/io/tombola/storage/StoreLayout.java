package io.tombola.storage;

import io.tombola.protocol.ArtifactRef;
import java.nio.file.Path;

/**
 * The paths of all files in a store; the only place that builds them. Immutable and thread-safe.
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
    return journalDirectory().resolve("tombola.db");
  }

  private Path journalDirectory() {
    return root.resolve("journal");
  }

  /** The JDBC address of {@link #journal}. */
  public String journalUrl() {
    // As a URI, because sqlite-jdbc reads parameters after a question mark in a plain path.
    return "jdbc:sqlite:file:" + journal().toUri().getRawPath();
  }

  /** The address of the journal's database if that is outside of the store. */
  public Path journalAddress() {
    return journal().resolveSibling("address.json");
  }

  /** The high watermark: how many events the journal acknowledged. */
  public Path highWater() {
    return journal().resolveSibling("high-water");
  }

  /** Artifacts, in a directory for each first byte of their names. */
  public Path artifacts() {
    return root.resolve("artifacts");
  }

  /** The directory of one artifact and those with the same first byte, {@code artifacts/ab}. */
  public Path artifactDirectory(ArtifactRef artifact) {
    return artifacts().resolve(artifact.sha256().substring(0, 2));
  }

  /** The file of one artifact, {@code artifacts/ab/ab12...}. */
  public Path artifact(ArtifactRef artifact) {
    return artifactDirectory(artifact).resolve(artifact.sha256());
  }

  /** The embedded broker's log. */
  public Path kafka() {
    return root.resolve("kafka");
  }

  /** The bootstrap address of the running embedded broker. */
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

  /** The log of a device's trainer, if that is a process of its own. */
  public Path trainerLog(String device) {
    return logs().resolve(trainer(device) + ".log");
  }

  /** The crash log that the JVM of that process writes; {@code process} is its pid. */
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

  /** The file with the store's id. */
  public Path id() {
    return root.resolve("store-id");
  }

  /** The file that the process that writes to the store locks. */
  public Path lock() {
    return root.resolve("lock");
  }

  /** The file that trainer processes lock, shared among them. */
  public Path trainersLock() {
    return root.resolve("trainers-lock");
  }

  /**
   * Creates the missing directories durably.
   *
   * @throws NoSpaceException if the disk is full
   */
  public void create() {
    DurableFiles.createDirectories(journalDirectory());
    DurableFiles.createDirectories(artifacts());
    DurableFiles.createDirectories(kafka());
    DurableFiles.createDirectories(reports());
    DurableFiles.createDirectories(logs());
  }
}
