package io.tombola.deploy.config;

/** What a message can be sent for. */
public enum NotificationTrigger {
  /** A campaign ended with all its replicates. */
  FINISHED,
  /** A trial, a replicate, or a campaign with one of its replicates, failed. */
  FAILED,
  /** A training's loss became infinite or undefined. */
  DIVERGED,
  /** Nothing was heard of a running campaign for a long time. */
  STUCK
}
