package io.tombola.actors.simulation;

import akka.dispatch.DispatcherPrerequisites;
import akka.dispatch.ExecutorServiceConfigurator;
import akka.dispatch.ExecutorServiceFactory;
import com.typesafe.config.Config;
import java.util.concurrent.ThreadFactory;

/** Lets a dispatcher run its tasks on the {@link TaskQueue} of its actor system. */
final class SimulatedExecutor extends ExecutorServiceConfigurator {

  private final TaskQueue tasks;

  /** Called by Akka. */
  SimulatedExecutor(Config config, DispatcherPrerequisites prerequisites) {
    super(config, prerequisites);
    tasks = SimulatedProcessSetup.of(prerequisites.settings()).tasks();
    tasks.follow(((SimulatedScheduler) prerequisites.scheduler()).timers());
  }

  @Override
  public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory threads) {
    return () -> tasks;
  }
}
