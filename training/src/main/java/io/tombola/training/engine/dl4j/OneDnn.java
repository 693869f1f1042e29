package io.tombola.training.engine.dl4j;

import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** oneDNN, the library that computes on x86 processors. */
final class OneDnn {

  private static final boolean HERE =
      Nd4j.getEnvironment().isCPU() && Loader.getPlatform().endsWith("-x86_64");

  private OneDnn() {}

  /**
   * Whether oneDNN computes here. Where it does not, ND4J's BLAS does: on GPUs, and on processors
   * that oneDNN has no kernels of its own for.
   */
  static boolean computesHere() {
    return HERE;
  }

  /** Lets the calling thread compute on itself alone: more threads would change sums. */
  static void useOneThread() {
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
  }

  /** What computes products and convolutions here: its version and which instructions it uses. */
  static String description() {
    if (!HERE) {
      return "BLAS, which convolutions are products of, too";
    }
    dnnl_version_t version = dnnl.dnnl_version();
    return "oneDNN %d.%d.%d, instruction set %s"
        .formatted(
            version.major(),
            version.minor(),
            version.patch(),
            dnnl.get_effective_cpu_isa().intern());
  }

  /**
   * Fails unless a call succeeded.
   *
   * @throws OutOfMemoryError if that is what the call failed for
   */
  static void check(int status) {
    if (status == dnnl.dnnl_out_of_memory) {
      throw new OutOfMemoryError("expected memory for what oneDNN computes, found too little");
    }
    if (status != dnnl.dnnl_success) {
      throw new IllegalStateException("expected oneDNN to succeed, found its status " + status);
    }
  }
}
