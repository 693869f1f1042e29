package io.tombola.training.engine.sparse;

import java.lang.reflect.InvocationTargetException;

/** Picks the fastest kernels that this machine and this Java can run; all give the same bytes. */
final class KernelSelector {

  private static final String MODULE = "jdk.incubator.vector";
  private static final String VECTORS = "io.tombola.training.engine.sparse.VectorKernels";

  private KernelSelector() {}

  /** New kernels, for one thread. */
  static Kernels open() {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return new ScalarKernels();
    }
    try {
      return Class.forName(VECTORS)
          .asSubclass(Kernels.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof UnsupportedOperationException) {
        return new ScalarKernels();
      }
      throw new IllegalStateException("cannot start " + VECTORS, e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot start " + VECTORS, e);
    }
  }
}
