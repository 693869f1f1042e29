package io.tombola.training.engine.dense.onednn;

import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.global.dnnl;

/** The oneDNN library. */
public final class OneDnn {

  private OneDnn() {}

  /** The library's version and the instruction set that its kernels use on this processor. */
  public static String description() {
    dnnl_version_t version = dnnl.dnnl_version();
    return "oneDNN %d.%d.%d, instruction set %s"
        .formatted(
            version.major(),
            version.minor(),
            version.patch(),
            dnnl.get_effective_cpu_isa().intern());
  }

  /**
   * Throws unless a call succeeded.
   *
   * @param status what the call returned
   * @throws OutOfMemoryError if oneDNN could not allocate memory
   */
  public static void check(int status) {
    if (status == dnnl.dnnl_out_of_memory) {
      throw new OutOfMemoryError("expected memory for what oneDNN computes, found too little");
    }
    if (status != dnnl.dnnl_success) {
      throw new IllegalStateException("expected oneDNN to succeed, found its status " + status);
    }
  }
}
