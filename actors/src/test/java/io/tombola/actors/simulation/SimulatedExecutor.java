package io.tombola.actors.simulation;

import akka.dispatch.DispatcherPrerequisites;
import akka.dispatch.ExecutorServiceConfigurator;
import akka.dispatch.ExecutorServiceFactory;
import com.typesafe.config.Config;
import java.util.concurrent.ThreadFactory;

/** Has a dispatcher run on the {@link Turns} of its actor system. */
final class SimulatedExecutor extends ExecutorServiceConfigurator {

  private final Turns turns;

  /** As Akka makes a configurator. */
  SimulatedExecutor(Config config, DispatcherPrerequisites prerequisites) {
    super(config, prerequisites);
    turns = LifeSetup.of(prerequisites.settings()).turns();
    turns.follow(((SimulatedScheduler) prerequisites.scheduler()).timers());
  }

  @Override
  public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory threads) {
    return () -> turns;
  }
}
