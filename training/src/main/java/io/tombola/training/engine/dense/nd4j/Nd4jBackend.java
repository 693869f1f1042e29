package io.tombola.training.engine.dense.nd4j;

import io.tombola.training.engine.NoDeviceException;
import org.bytedeco.javacpp.Loader;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** The backend of ND4J on the class path: processor cores, or GPUs with the CUDA backend. */
public final class Nd4jBackend {

  private Nd4jBackend() {}

  /**
   * Starts the backend, which takes seconds, unless it is started already.
   *
   * @return whether it computes on processor cores
   * @throws NoDeviceException if it finds no device
   */
  public static boolean startsOnCpu() {
    try {
      return Nd4j.getEnvironment().isCPU();
    } catch (LinkageError e) {
      throw new NoDeviceException(
          "expected a device to train on, found none that ND4J's backend can use: a build with"
              + " -Pcuda needs an NVIDIA GPU and its driver; to train on the processor build with"
              + " './mvnw -DskipTests clean package'",
          e);
    }
  }

  /**
   * Prepares a backend on processor cores: one thread for each product, and the backend's own
   * threads started from the calling thread.
   */
  public static void prepareCores() {
    // A device is one core: with more threads a matrix product of this size only gets slower, and
    // its sums change.
    Nd4j.factory().blas().setMaxThreads(1);
    // Its threads start with it: from a device's thread, they would be kept to that device's core.
    Nd4j.getDeallocatorService();
  }

  /** The model of the processor. */
  public static String processor() {
    return Processor.detect().name();
  }

  /** How many GPUs the CUDA backend has. */
  public static int gpus() {
    return Nd4j.getAffinityManager().getNumberOfDevices();
  }

  /** Lets the calling thread compute on a GPU, counted from 0. */
  public static void useGpu(int index) {
    Nd4j.getAffinityManager().unsafeSetDevice(index);
  }

  /** Lets the calling thread compute on itself alone: more threads would change sums. */
  public static void useOneThread() {
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
  }

  /**
   * Whether oneDNN computes products and convolutions here. Where it does not, ND4J's BLAS does: on
   * GPUs, and on processors that oneDNN has no kernels of its own for.
   */
  public static boolean usesOneDnn() {
    return Holder.ONE_DNN;
  }

  /** Asks the backend once. */
  private static final class Holder {
    static final boolean ONE_DNN =
        Nd4j.getEnvironment().isCPU() && Loader.getPlatform().endsWith("-x86_64");
  }
}
