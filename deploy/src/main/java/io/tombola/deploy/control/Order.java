package io.tombola.deploy.control;

/** What a user can have done to a campaign. */
public enum Order {
  /** Trainers stop at their next slice, and nothing is trained until it is resumed. */
  PAUSE,
  /** It goes on; a pause or a cancellation is taken back. */
  RESUME,
  /** It stops for good, unless it is resumed. */
  CANCEL
}
