package io.tombola.training;

import java.security.SecureRandom;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Runs each property with a seed that no run has tried before and prints it; {@code
 * -Dtombola.property.seed=SEED} runs it with that seed instead.
 */
public final class FreshSeeds implements AroundPropertyHook {

  private static final String ONLY = System.getProperty("tombola.property.seed");

  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) {
    String seed = ONLY == null ? Long.toString(new SecureRandom().nextLong()) : ONLY;
    context.attributes().setSeed(seed);
    System.out.printf(
        "fresh property seed: %s; again: ./mvnw test -pl training -am -Dtest=%s#%s"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dtombola.property.seed=%s%n",
        seed, context.containerClass().getSimpleName(), context.targetMethod().getName(), seed);
    return property.execute();
  }

  @Override
  public PropagationMode propagateTo() {
    return PropagationMode.ALL_DESCENDANTS;
  }

  @Override
  public int aroundPropertyProximity() {
    return -100;
  }
}
