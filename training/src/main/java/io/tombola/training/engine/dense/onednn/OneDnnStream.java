package io.tombola.training.engine.dense.onednn;

import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.global.dnnl;

/** Where the primitives of one training run: in the calling thread. */
final class OneDnnStream implements AutoCloseable {

  private final dnnl_engine engine = new dnnl_engine();
  private final dnnl_stream stream = new dnnl_stream();

  OneDnnStream() {
    OneDnn.check(dnnl.dnnl_engine_create(engine, dnnl.dnnl_cpu, 0));
    OneDnn.check(dnnl.dnnl_stream_create(stream, engine, dnnl.dnnl_stream_default_flags));
  }

  dnnl_engine engine() {
    return engine;
  }

  dnnl_stream stream() {
    return stream;
  }

  @Override
  public void close() {
    OneDnn.check(dnnl.dnnl_stream_destroy(stream));
    OneDnn.check(dnnl.dnnl_engine_destroy(engine));
  }
}
