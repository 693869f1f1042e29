package io.tombola.training.engine.dense.onednn;

import java.util.Map;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/** A primitive of oneDNN, bound to the memory that it reads and writes. */
final class OneDnnPrimitive implements AutoCloseable {

  private final OneDnnStream stream;
  private final dnnl_primitive primitive = new dnnl_primitive();
  private final dnnl_exec_arg_t arguments;
  private final int count;
  private final String kernel;

  /**
   * Makes the kernel.
   *
   * @param description destroyed here
   * @param memory by oneDNN's number of the argument; the caller closes it after this
   */
  OneDnnPrimitive(
      OneDnnStream stream, dnnl_primitive_desc description, Map<Integer, OneDnnMemory> memory) {
    this.stream = stream;
    kernel = kernel(description);
    OneDnn.check(dnnl.dnnl_primitive_create(primitive, description));
    OneDnn.check(dnnl.dnnl_primitive_desc_destroy(description));
    count = memory.size();
    arguments = new dnnl_exec_arg_t(count);
    int at = 0;
    for (Map.Entry<Integer, OneDnnMemory> argument : memory.entrySet()) {
      arguments.position(at++).arg(argument.getKey()).memory(argument.getValue().memory());
    }
    arguments.position(0);
  }

  /** Copies from one layout to another. */
  static OneDnnPrimitive reorder(OneDnnStream stream, OneDnnMemory from, OneDnnMemory to) {
    dnnl_primitive_desc description = new dnnl_primitive_desc();
    OneDnn.check(
        dnnl.dnnl_reorder_primitive_desc_create(
            description,
            from.layout(),
            stream.engine(),
            to.layout(),
            stream.engine(),
            (dnnl_primitive_attr) null));
    return new OneDnnPrimitive(
        stream, description, Map.of(dnnl.DNNL_ARG_FROM, from, dnnl.DNNL_ARG_TO, to));
  }

  /** What oneDNN calls its kernel, such as {@code jit:avx512_core}. */
  String kernel() {
    return kernel;
  }

  private static String kernel(dnnl_primitive_desc description) {
    try (PointerPointer<BytePointer> name = new PointerPointer<>(1)) {
      OneDnn.check(
          dnnl.dnnl_primitive_desc_query(description, dnnl.dnnl_query_impl_info_str, 0, name));
      return name.get(BytePointer.class, 0).getString();
    }
  }

  /** Computes, and returns when that is done. */
  void run() {
    OneDnn.check(dnnl.dnnl_primitive_execute(primitive, stream.stream(), count, arguments));
    OneDnn.check(dnnl.dnnl_stream_wait(stream.stream()));
  }

  @Override
  public void close() {
    OneDnn.check(dnnl.dnnl_primitive_destroy(primitive));
    arguments.close();
  }
}
