package io.tombola.deploy.torture;

/** A child process of a run. */
enum Bystander {
  /** The embedded broker. */
  BROKER,
  /** A trainer, with {@code trainers.isolation = process}. */
  TRAINER
}
