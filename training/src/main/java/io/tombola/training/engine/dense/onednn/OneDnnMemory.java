package io.tombola.training.engine.dense.onednn;

import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.FloatPointer;

/** Values in a layout of oneDNN, in memory that this allocates or at an address of the caller. */
final class OneDnnMemory implements AutoCloseable {

  private final dnnl_memory_desc layout = new dnnl_memory_desc();
  private final dnnl_memory memory = new dnnl_memory();
  private final FloatPointer own;

  private OneDnnMemory(OneDnnStream stream, dnnl_memory_desc layout, FloatPointer own) {
    this.own = own;
    OneDnn.check(dnnl.dnnl_memory_create(memory, layout, stream.engine(), own));
    OneDnn.check(dnnl.dnnl_memory_get_memory_desc(memory, this.layout));
  }

  /** Memory of its own. */
  static OneDnnMemory allocate(OneDnnStream stream, dnnl_memory_desc layout) {
    long floats = dnnl.dnnl_memory_desc_get_size(layout) / Float.BYTES;
    return new OneDnnMemory(stream, layout, new FloatPointer(floats));
  }

  /** Memory that is {@link #at} an address whenever it is used. */
  static OneDnnMemory elsewhere(OneDnnStream stream, dnnl_memory_desc layout) {
    return new OneDnnMemory(stream, layout, new FloatPointer());
  }

  /** Valid until this is closed. */
  dnnl_memory_desc layout() {
    return layout;
  }

  dnnl_memory memory() {
    return memory;
  }

  /** Says where the values are. */
  void at(FloatPointer address) {
    OneDnn.check(dnnl.dnnl_memory_set_data_handle(memory, address));
  }

  @Override
  public void close() {
    OneDnn.check(dnnl.dnnl_memory_destroy(memory));
    own.close();
  }
}
